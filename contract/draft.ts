/** @file The draft of the design form. The workspace keeps it, so that closing the window loses nothing. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { constraintEntry, designTable, objectiveEntry } from './design-shape.ts';

/** A design that may lack its name, goals or numbers. */
export const draftDesign = designTable.extend({
  name: z.string().max(120),
  prior: z.string(),
  objective: z.array(objectiveEntry),
  constraint: z.array(constraintEntry),
});

export const draftMethods = {
  /** The last draft and its time; null if there is none, or if a newer version of the program wrote it. */
  'draft.get': { params: nothing, result: z.object({ design: draftDesign, kept: z.string() }).nullable() },
  /** Replaces the draft. null removes it when it is finished or abandoned. */
  'draft.keep': { params: z.object({ design: draftDesign.nullable() }), result: nothing },
} as const;

export type DraftDesign = z.output<typeof draftDesign>;
