/** @file Whether and how far predictors can be trusted for candidates. */
import { z } from 'zod';
import { byRun, id, score, weights } from './common.ts';

/** Whether candidates are in the applicability domain of the predictors of a run's goals. */
const applicabilityColumns = z.object({
  /** Indices of the goals whose predictors have an applicability domain. */
  goals: z.array(z.number().int().min(0)),
  /** One byte per candidate and goal, goal after goal for each candidate: 0 outside, 1 inside, 2 unknown. */
  inside: z.base64(),
});

const totalInterval = z.object({
  id,
  /** Nine of ten totals lie between them, by the errors of the predicted values; null if no error is known. */
  low: score,
  high: score,
  /** Indices of the goals for which the candidate is outside the predictor's applicability domain. */
  outside: z.array(z.number().int().min(0)),
});

export const applicabilityMethods = {
  /** Computed on demand for candidates by number, in order. Without numbers, it returns only the goals. */
  'applicability.ofRun': {
    params: byRun.extend({ numbers: z.array(z.number().int().min(0)).max(2000) }),
    result: applicabilityColumns,
  },
  /**
   * Intervals of candidates' totals with the given weights, in no particular order. Empty if no goal of the run has a
   * predictor that states an error or an applicability domain.
   */
  'applicability.intervals': {
    params: byRun.extend({ ids: z.array(id).min(1).max(500), weights }),
    result: z.object({ intervals: z.array(totalInterval) }),
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

export type TotalInterval = z.output<typeof totalInterval>;
