/** @file Blends of a run's experts: their samples, and blends that are kept under a name. */
import { z } from 'zod';
import { candidate } from './candidate.ts';
import { byRun, id, score } from './common.ts';
import { meanScore } from './run.ts';

/** Bounds of the reach. */
export const mostReach = 16;
/**
 * Extrapolation factor from the run's merge to the blend; 1 is the plain blend. The default depends on the run's
 * method.
 */
export const reach = z.number().min(0).max(mostReach);

/** A mean with its 95% interval. */
export const meanInterval = z.object({ mean: score, low: score, high: score });

/** The samples of a blend and their figures. */
export const blendResult = z.object({
  blendId: id,
  /** Its name if it is kept, otherwise null. */
  name: z.string().nullable(),
  weights: z.array(z.number()),
  reach,
  seed: z.number().int(),
  sampled: z.number().int(),
  valid: z.number().int(),
  unique: z.number().int(),
  known: z.number().int(),
  /** Seconds of sampling and scoring; null if it was sampled earlier. */
  seconds: z.number().nullable(),
  objectives: z.array(meanScore),
  /** Mean total by the weights of the blend. */
  total: score,
  /** Mean total by the weights of the design, which makes blends comparable. */
  designTotal: meanInterval,
  /** Ordered by total, by the weights of the blend. */
  candidates: z.array(candidate),
});

/** A kept blend without its samples. */
const keptBlend = z.object({
  blendId: id,
  name: z.string(),
  weights: z.array(z.number()),
  reach,
  seed: z.number().int(),
  round: z.number().int(),
  /** Distinct molecules or sequences among its samples. */
  unique: z.number().int(),
  created: z.string(),
});

export const blendMethods = {
  /** Kept blends of a run, newest first. */
  'blend.list': { params: byRun, result: z.array(keptBlend) },
  'blend.open': { params: z.object({ blendId: id }), result: blendResult },
  /** Keeps a blend under a name, or no longer if the name is null. Its samples stay. */
  'blend.keep': {
    params: z.object({ blendId: id, name: z.string().trim().min(1).max(80).nullable() }),
    result: z.array(keptBlend),
  },
} as const;

export type BlendResult = z.output<typeof blendResult>;
export type KeptBlend = z.output<typeof keptBlend>;
export type MeanInterval = z.output<typeof meanInterval>;
