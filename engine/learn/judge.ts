/**
 * From raw scores to what is learnt: transform, total, constraints. A score
 * that failed stays missing and teaches nothing; an invalid sequence has reward 0.
 */
import { aggregate } from '../objectives/aggregate.ts';
import { breaksHardLimit, constrainedReward } from '../objectives/constraints.ts';
import { makeTransform, transformScores } from '../objectives/transforms.ts';
import type { RawScores, ScoredSequence } from '../objectives/types.ts';
import type { Judgement } from './types.ts';

export interface Judged {
  readonly canonical: string | null;
  readonly scaffold: string | null;
  readonly raw: RawScores;
  readonly constraints: RawScores;
  /** Transformed, in [0, 1]. */
  readonly scores: RawScores;
  /** Aggregate under the run's weights, whatever the constraints say. */
  readonly total: number | null;
}

/** @returns a function of what scoring gave; null for a sequence that did not end, which counts as invalid */
export function makeJudge({
  objectives,
  constraints,
  aggregate: kind,
}: Judgement): (scored: ScoredSequence | null) => Judged {
  const transforms = objectives.map(({ goal }) => makeTransform(goal));
  const weights = objectives.map(({ weight }) => weight);
  const nothing = objectives.map(() => null);
  const invalid: Judged = {
    canonical: null,
    scaffold: null,
    raw: nothing,
    constraints: constraints.map(() => null),
    scores: nothing,
    total: null,
  };
  return (scored) => {
    if (scored === null || scored.canonical === null) return invalid;
    const scores = transformScores(transforms, scored.raw);
    return {
      canonical: scored.canonical,
      scaffold: scored.scaffold,
      raw: scored.raw,
      constraints: scored.constraints,
      scores,
      total: aggregate(kind, scores, weights),
    };
  };
}

/** Whose reward it is: an expert's or, with objective null, that of one policy on the total. */
export interface Learner {
  /** Index of the goal that rewards; null for the total. */
  readonly objective: number | null;
  /** Share of the goal in the reward of an expert; the rest is the total. */
  readonly ownShare: number;
}

/** What ranks a memory that all experts share. */
export const TOTAL: Learner = { objective: null, ownShare: 0 };

/**
 * Reward before diversity lowers it: 0 where invalid, the score as far as
 * constraints leave it, null where the score or a constraint's value is missing.
 * A sequence that breaks a hard limit has reward 0 even if its score is missing, since nothing expensive is asked then.
 * @param learner whose reward it is
 * @param multipliers of the learned constraints now, one a constraint
 */
export function rewardOf(
  judged: Pick<Judged, 'canonical' | 'scores' | 'total' | 'constraints'>,
  { constraints }: Judgement,
  { objective, ownShare }: Learner,
  multipliers: readonly number[],
): number | null {
  if (judged.canonical === null) return 0;
  const score = objective === null ? judged.total : mixed(judged.scores[objective], judged.total, ownShare);
  if (breaksHardLimit(constraints, judged.constraints)) return 0;
  return score === null ? null : constrainedReward(score, constraints, judged.constraints, multipliers);
}

/** ownShare own + (1 - ownShare) total, as in Bone Soups (Xie et al. 2025); null where one that counts is missing. */
function mixed(own: number | null, total: number | null, ownShare: number): number | null {
  if (own === null || ownShare === 1) return own;
  return total === null ? null : ownShare * own + (1 - ownShare) * total;
}
