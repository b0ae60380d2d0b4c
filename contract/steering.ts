/** @file Steering: blends of a run's experts, sampled, kept and compared; the surface that they span. */
import { z } from 'zod';
import { candidate } from './candidates.ts';
import { byRun, id, score } from './common.ts';
import { meanScore } from './runs.ts';

const goalWeights = z.array(z.number().min(0));
const seed = z.number().int().min(0);
/** How far a blend may go beyond the experts, from the run's merge. */
export const mostReach = 16;
/**
 * How often the way from the run's merge to a blend is gone: 1 is the experts as they are; what suits the run's method
 * where left out.
 */
const reach = z.number().min(0).max(mostReach);

/** A mean with its 95% interval. */
export const meanInterval = z.object({ mean: score, low: score, high: score });

/** What a blend made. */
export const blendResult = z.object({
  blendId: id,
  /** Under which it is kept; null where it is not. */
  name: z.string().nullable(),
  weights: z.array(z.number()),
  reach,
  seed: z.number().int(),
  sampled: z.number().int(),
  valid: z.number().int(),
  unique: z.number().int(),
  known: z.number().int(),
  /** It took to make; null where that was earlier. */
  seconds: z.number().nullable(),
  objectives: z.array(meanScore),
  /** Mean total by the blend's own weights. */
  total: score,
  /** Mean total by the weights of the design, by which blends can be compared. */
  designTotal: meanInterval,
  /** Best total by the blend's own weights first. */
  candidates: z.array(candidate),
});

/** A blend that is kept, without what it made. */
export const keptBlend = z.object({
  blendId: id,
  name: z.string(),
  weights: z.array(z.number()),
  reach,
  seed: z.number().int(),
  round: z.number().int(),
  /** Different molecules or sequences that it made. */
  unique: z.number().int(),
  created: z.string(),
});

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

export const surface = z.object({
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

export const surfaceState = z.object({
  /** Measured last; null before the first. */
  surface: surface.nullable(),
  /** The measurement under way, of which a host has one at a time. */
  job: z.object({ done: z.number().int(), settings: z.number().int(), secondsLeft: z.number().nullable() }).nullable(),
  /** Why the last measurement ended before its end; null where it did not, or was cancelled. */
  problem: z.string().nullable(),
});

export const steeringMethods = {
  /** Gets a run's experts ready, so that the first blend comes as fast as the next. */
  'steer.open': { params: byRun, result: z.object({ ready: z.boolean() }) },
  'steer.sample': {
    params: z.object({
      runId: id,
      weights: goalWeights,
      reach: reach.optional(),
      n: z.number().int().min(1).max(1000),
      seed: seed.optional(),
    }),
    result: blendResult,
  },
  /** Samples two blends anew, as many sequences with the same seed. */
  'steer.compare': {
    params: z.object({ runId: id, blendIds: z.tuple([id, id]), n: z.number().int().min(1).max(2000), seed }),
    result: z.object({ blends: z.tuple([blendResult, blendResult]), shared: z.number().int() }),
  },
  /** Kept blends of a run, newest first. */
  'blend.list': { params: byRun, result: z.array(keptBlend) },
  'blend.open': { params: z.object({ blendId: id }), result: blendResult },
  /** Keeps a blend under a name, or no longer where it is null; what it made stays. */
  'blend.keep': {
    params: z.object({ blendId: id, name: z.string().trim().min(1).max(80).nullable() }),
    result: z.array(keptBlend),
  },
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

export const steeringTopics = {
  /** The surface of a run, whenever a setting has been measured. */
  surface: { params: byRun, event: surfaceState },
} as const;

export type BlendResult = z.output<typeof blendResult>;
export type KeptBlend = z.output<typeof keptBlend>;
export type Surface = z.output<typeof surface>;
export type SurfaceSetting = z.output<typeof surfaceSetting>;
export type SurfaceState = z.output<typeof surfaceState>;
export type MeanInterval = z.output<typeof meanInterval>;
