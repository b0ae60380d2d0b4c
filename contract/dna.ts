/** @file Sequences of DNA: what can be computed of any, and what predictors say of a candidate. */
import { z } from 'zod';
import { id, score } from './common.ts';

/** Bases in upper case; no candidate is longer. */
const bases = z.string().regex(/^[ACGT]+$/, 'A, C, G and T in upper case').max(100_000);

/** What a shipped predictor of activity says of a sequence. */
export const predictedActivity = z.object({
  /** Its objective, as the catalogue names it. */
  objective: z.string(),
  /** In the objective's unit; null where the sequence is too short. */
  value: score,
  /** Standard error against a measurement; 9 of 10 lie within 1.645 of it. */
  error: score,
  /** Whether the predictor has learnt from the like. */
  inside: z.boolean(),
  /** Bases that it reads, from the middle of a longer sequence, and fewer than which it has no value for. */
  reads: z.number().int(),
  fewest: z.number().int(),
});

export const dnaMethods = {
  /** Share of G and C, of the whole and of the window from each position; none where the sequence is shorter than a window. */
  'dna.gc': { params: z.object({ sequence: bases, window: z.number().int().min(2).max(1000) }), result: z.object({ whole: z.number(), windows: z.array(z.number()) }) },
  /** What every shipped predictor of activity says of a candidate of DNA, whatever the goals of its design. */
  'candidate.activities': { params: z.object({ candidateId: id }), result: z.object({ activities: z.array(predictedActivity) }) },
} as const;

export type PredictedActivity = z.output<typeof predictedActivity>;
