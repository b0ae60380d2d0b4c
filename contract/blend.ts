/** @file Blends of a run's experts: what they made, and those that are kept. */
import { z } from 'zod';
import { candidate } from './candidate.ts';
import { byRun, id, score } from './common.ts';
import { meanScore } from './run.ts';

/** How far a blend may go beyond the experts, from the run's merge. */
export const mostReach = 16;
/**
 * How often the way from the run's merge to a blend is gone: 1 is the experts as they are; what suits the run's method
 * where left out.
 */
export const reach = z.number().min(0).max(mostReach);

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
const keptBlend = z.object({
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

export const blendMethods = {
  /** Kept blends of a run, newest first. */
  'blend.list': { params: byRun, result: z.array(keptBlend) },
  'blend.open': { params: z.object({ blendId: id }), result: blendResult },
  /** Keeps a blend under a name, or no longer where it is null; what it made stays. */
  'blend.keep': {
    params: z.object({ blendId: id, name: z.string().trim().min(1).max(80).nullable() }),
    result: z.array(keptBlend),
  },
} as const;

export type BlendResult = z.output<typeof blendResult>;
export type KeptBlend = z.output<typeof keptBlend>;
export type MeanInterval = z.output<typeof meanInterval>;
