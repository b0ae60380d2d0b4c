/** @file Every model of this machine with what there is to say of it, and the user guide: texts in Markdown. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { documentText } from './document.ts';

/** `predictor`: shipped; `own-predictor`: trained by the user. */
export const modelKinds = ['generator', 'predictor', 'own-predictor'] as const;
const modelKind = z.enum(modelKinds);

const installedModel = z.object({
  kind: modelKind,
  name: z.string(),
  file: z.string(),
  /** Not part of the program. */
  own: z.boolean(),
  /** Null where the file cannot be used. */
  modality: z.enum(['molecule', 'dna']).nullable(),
  bytes: z.number().int(),
  /** Of a generator; null for others. */
  parameters: z.number().int().nullable(),
  /** What it is good for, with its main figures; '' where nothing is known. */
  headline: z.string(),
  /** Of a predictor: what it predicts, with its unit; '' for a pure number. Objectives have an id. */
  predicts: z.array(z.object({ id: z.string().optional(), label: z.string(), unit: z.string() })),
  hasCard: z.boolean(),
  /** Why it cannot be used. */
  problem: z.string().nullable(),
});

export const modelMethods = {
  'model.list': { params: nothing, result: z.array(installedModel) },
  'model.card': { params: z.object({ kind: modelKind, name: z.string() }), result: documentText },
} as const;

export type InstalledModel = z.output<typeof installedModel>;
export type ModelKind = z.output<typeof modelKind>;
