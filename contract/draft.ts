/** @file The design that the form is writing, kept in the workspace so that closing the window loses nothing. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { constraintEntry, designTable, objectiveEntry } from './design-shape.ts';

/** A design that may still lack its name, its goals or numbers of them. */
export const draftDesign = designTable.extend({
  name: z.string().max(120),
  prior: z.string(),
  objective: z.array(objectiveEntry),
  constraint: z.array(constraintEntry),
});

export const draftMethods = {
  /** The design left unfinished last, and when; null where there is none, or a newer version wrote it. */
  'draft.get': { params: nothing, result: z.object({ design: draftDesign, kept: z.string() }).nullable() },
  /** Keeps it in the place of the one before; null where it is finished or given up. */
  'draft.keep': { params: z.object({ design: draftDesign.nullable() }), result: nothing },
} as const;

export type DraftDesign = z.output<typeof draftDesign>;
