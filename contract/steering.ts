/** @file Steering: sampling from blends of a run's experts, without training. */
import { z } from 'zod';
import { blendResult, reach } from './blend.ts';
import { byRun, id, seed } from './common.ts';

const goalWeights = z.array(z.number().min(0));

export const steeringMethods = {
  /** Prepares the experts of a run, so that the first blend is as fast as later ones. */
  'steering.open': { params: byRun, result: z.object({ ready: z.boolean() }) },
  'steering.sample': {
    params: z.object({
      runId: id,
      weights: goalWeights,
      reach: reach.optional(),
      n: z.number().int().min(1).max(1000),
      seed: seed.optional(),
    }),
    result: blendResult,
  },
  /** Samples two blends again, with the same number of sequences and the same seed. */
  'steering.compare': {
    params: z.object({ runId: id, blendIds: z.tuple([id, id]), n: z.number().int().min(1).max(2000), seed }),
    result: z.object({ blends: z.tuple([blendResult, blendResult]), shared: z.number().int() }),
  },
} as const;
