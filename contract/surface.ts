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
  /** Shares of all sequences, and of the valid ones. */
  valid: z.number(),
  unique: z.number(),
  /** By the weights of the design. */
  total: meanInterval,
  objectives: z.array(meanScore),
  /** No other setting measured is as good in every goal and better in one. */
  front: z.boolean(),
});

const surface = z.object({
  /** Round whose experts are blended. */
  round: z.number().int(),
  /** The run has gone on since. */
  outdated: z.boolean(),
  settings: z.number().int(),
  samples: z.number().int(),
  seed: z.number().int(),
  reach,
  created: z.string(),
  /** Of the mean scores measured so far, against 0 in every goal, with its standard error. */
  hypervolume: z.object({ value: z.number(), error: z.number() }),
  measured: z.array(surfaceSetting),
});

const surfaceState = z.object({
  /** Measured last; null before the first. */
  surface: surface.nullable(),
  /** The measurement under way, of which a host has one at a time. */
  job: z.object({ done: z.number().int(), settings: z.number().int(), secondsLeft: z.number().nullable() }).nullable(),
  /** Why the last measurement ended before its end; null where it did not, or was cancelled. */
  problem: z.string().nullable(),
});

export const surfaceMethods = {
  'surface.get': { params: byRun, result: surfaceState },
  /** Measures the surface, or goes on with what is measured of it. */
  'surface.measure': {
    params: z.object({
      runId: id,
      /** What suits the number of goals where left out. */
      settings: z.number().int().min(2).max(200).optional(),
      /** Sequences of each setting. */
      samples: z.number().int().min(20).max(10_000).default(256),
      seed: seed.default(1),
      reach: reach.optional(),
    }),
    result: surfaceState,
  },
  /** Ends the measurement under way; what is measured is kept. */
  'surface.cancel': { params: byRun, result: surfaceState },
} as const;

export const surfaceTopics = {
  /** The surface of a run, whenever a setting has been measured. */
  surface: { params: byRun, event: surfaceState },
} as const;

export type Surface = z.output<typeof surface>;
export type SurfaceSetting = z.output<typeof surfaceSetting>;
export type SurfaceState = z.output<typeof surfaceState>;
