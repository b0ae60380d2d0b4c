/**
 * @file The choices of rewards in context (RiC: Yang et al. 2024, arXiv 2402.10207, and its code,
 * github.com/YangRui2015/RiC): which rewards to ask for, and which sequences to learn from. Rewards are lists with a
 * number in [0, 1] per goal.
 */
import type { RandomStream } from '../base/random-stream.ts';
import { quantile } from '../objectives/distribution.ts';

/** Rewards of one goal that were reached so far. */
export interface RewardRange {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest reward of each goal. @param rewards at least one list */
export function rangesOf(rewards: readonly (readonly number[])[]): RewardRange[] {
  return rewards[0].map((_, goal) => {
    const own = rewards.map((one) => one[goal]);
    return { low: own.reduce((a, b) => Math.min(a, b)), high: own.reduce((a, b) => Math.max(a, b)) };
  });
}

/**
 * From weights to desired rewards (the paper's mapping for the maximum norm): a goal with at least the equal share of
 * the weight gets the highest reward, one with less a proportional part of its range.
 * @param weights sum to 1
 */
export function desiredRewards(weights: readonly number[], ranges: readonly RewardRange[]): number[] {
  return ranges.map(({ low, high }, i) => low + Math.min(1, ranges.length * weights[i]) * (high - low));
}

/**
 * Rewards to ask for in an online stage, on the border of what is possible: a draw for each goal, and all but the
 * smallest raised to the highest reward.
 */
export function drawDesired(ranges: readonly RewardRange[], random: RandomStream): number[] {
  const shares = ranges.map(() => random.uniform());
  const least = shares.indexOf(Math.min(...shares));
  return ranges.map(({ low, high }, i) => (i === least ? low + shares[i] * (high - low) : high));
}

/** What a goal's reward must reach, as a quantile of the sequences (the paper's code: 0.7). */
const KEPT_FROM = 0.7;

/**
 * Multi-objective rejection: a sequence is kept if it is among the best of at least one goal.
 * @returns whether each is kept
 */
export function keptByRejection(rewards: readonly (readonly number[])[]): boolean[] {
  if (rewards.length === 0) return [];
  const thresholds = rewards[0].map((_, goal) =>
    quantile(
      rewards.map((one) => one[goal]).sort((a, b) => a - b),
      KEPT_FROM,
    ),
  );
  return rewards.map((one) => one.some((reward, goal) => reward >= thresholds[goal]));
}
