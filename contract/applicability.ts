/** @file Whether and how far predictors can be trusted for candidates. */
import { z } from 'zod';
import { byRun, id } from './common.ts';

/** Whether candidates are in the applicability domain of the predictors of a run's goals. */
const applicabilityColumns = z.object({
  /** Indices of the goals whose predictors have an applicability domain. */
  goals: z.array(z.number().int().min(0)),
  /** One byte per candidate and goal, goal after goal for each candidate: 0 outside, 1 inside, 2 unknown. */
  inside: z.base64(),
});

export const applicabilityMethods = {
  /** Computed on demand for candidates by number, in order. Without numbers, it returns only the goals. */
  'applicability.ofRun': {
    params: byRun.extend({ numbers: z.array(z.number().int().min(0)).max(2000) }),
    result: applicabilityColumns,
  },
  /**
   * For each goal of one candidate: whether it is in the predictor's applicability domain, and the standard error in
   * the goal's unit; null if unknown.
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
