/** @file The surface of a run: mean scores measured over a grid of merge weights. */
import { z } from 'zod';
import { meanInterval, reach } from './blend.ts';
import { byRun, id, seed } from './common.ts';
import { meanScore } from './run.ts';

/** Figures of one setting of the surface. */
export const surfaceSetting = z.object({
  number: z.number().int(),
  weights: z.array(z.number()),
  sampled: z.number().int(),
  /** Validity and uniqueness: shares of all sequences, and of the valid ones. */
  valid: z.number(),
  unique: z.number(),
  /** By the weights of the design. */
  total: meanInterval,
  objectives: z.array(meanScore),
  /** Whether no other measured setting is at least as good in every goal and better in one. */
  front: z.boolean(),
});

const surface = z.object({
  /** Round whose experts are merged. */
  round: z.number().int(),
  /** Whether the run has trained further rounds since. */
  outdated: z.boolean(),
  settings: z.number().int(),
  samples: z.number().int(),
  seed: z.number().int(),
  reach,
  created: z.string(),
  /** Hypervolume of the measured mean scores, with reference point 0 in every goal, and its standard error. */
  hypervolume: z.object({ value: z.number(), error: z.number() }),
  measured: z.array(surfaceSetting),
});

const surfaceState = z.object({
  /** The last surface; null before the first. */
  surface: surface.nullable(),
  /** The measurement in progress; a host runs one at a time. */
  job: z.object({ done: z.number().int(), settings: z.number().int(), secondsLeft: z.number().nullable() }).nullable(),
  /** Why the last measurement ended early; null if it did not, or if it was cancelled. */
  problem: z.string().nullable(),
});

export const surfaceMethods = {
  'surface.get': { params: byRun, result: surfaceState },
  /** Measures the surface, or continues an unfinished measurement. */
  'surface.measure': {
    params: z.object({
      runId: id,
      /** By default, the number that suits the number of goals. */
      settings: z.number().int().min(2).max(200).optional(),
      /** Sequences per setting. */
      samples: z.number().int().min(20).max(10_000).default(256),
      seed: seed.default(1),
      reach: reach.optional(),
    }),
    result: surfaceState,
  },
  /** Cancels the measurement in progress. What is measured is kept. */
  'surface.cancel': { params: byRun, result: surfaceState },
} as const;

export const surfaceTopics = {
  /** The surface of a run, after each measured setting. */
  surface: { params: byRun, event: surfaceState },
} as const;

export type Surface = z.output<typeof surface>;
export type SurfaceSetting = z.output<typeof surfaceSetting>;
export type SurfaceState = z.output<typeof surfaceState>;
