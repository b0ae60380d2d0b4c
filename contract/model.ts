/** @file Generators and predictors of this machine, with their cards in Markdown. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { documentText } from './document.ts';

/** `predictor`: shipped; `user-predictor`: a user predictor. */
export const modelKinds = ['generator', 'predictor', 'user-predictor'] as const;
const modelKind = z.enum(modelKinds);

const installedModel = z.object({
  kind: modelKind,
  name: z.string(),
  file: z.string(),
  /** Not part of the program. */
  own: z.boolean(),
  /** null if the file cannot be used. */
  modality: z.enum(['molecule', 'dna']).nullable(),
  bytes: z.number().int(),
  /** Number of parameters of a generator; null for others. */
  parameters: z.number().int().nullable(),
  /** What it is good for, with its main figures; '' if there is no card. */
  headline: z.string(),
  /** What a predictor predicts, with the unit; '' for a pure number. Objectives have an id. */
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
