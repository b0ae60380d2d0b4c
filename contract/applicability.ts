/** @file Whether predictors can be trusted for candidates, and how far. */
import { z } from 'zod';
import { byRun, id } from './common.ts';

/** Whether candidates are in the applicability domain of the predictors that a run's goals use. */
const applicabilityColumns = z.object({
  /** Places of the goals whose predictor can tell. */
  goals: z.array(z.number().int().min(0)),
  /**
   * One byte a candidate and goal, goal after goal for each candidate: 0 outside, 1 inside, 2 where it can't be told.
   */
  inside: z.base64(),
});

export const applicabilityMethods = {
  /** Computed when asked, by the candidates' numbers, in order; none tell which goals there are. */
  'applicability.ofRun': {
    params: byRun.extend({ numbers: z.array(z.number().int().min(0)).max(2000) }),
    result: applicabilityColumns,
  },
  /**
   * What is known of the predictions of one candidate: whether their predictors know the like, and their standard
   * errors in the goals' units; null where that can't be told.
   */
  'applicability.ofCandidate': {
    params: z.object({ candidateId: id }),
    result: z.object({
      goals: z.array(
        z.object({ goal: z.number().int().min(0), inside: z.boolean().nullable(), error: z.number().nullable() }),
      ),
    }),
  },
} as const;
