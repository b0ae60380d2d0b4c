/**
 * @file Reward tokens: they tell a generator which reward of each goal to write for (rewards in context, Yang et al.
 * 2024, arXiv 2402.10207).
 *
 * The paper writes the rounded rewards as text before the sequence. Here the vocabulary and the positions of a
 * generator are fixed, so a reward token is a learned vector that is added to the embedding of the start token, which
 * every later token sees. A generator that is asked for certain rewards is then an ordinary generator with another
 * embedding of its start token: the sampler, likelihoods and files need to know nothing of rewards.
 *
 * The vector of a level is the sum of learned steps up to it. Levels so share what they learn, and a level that was
 * never seen means the highest one seen below it. All steps begin at 0, where the generator is the prior.
 */
import type { DecoderShape, ParameterSpec } from './decoder.ts';
import type { Weights } from './parameters.ts';

/** Steps above the lowest level. Rewards are rounded to tenths, as in the paper's code. */
export const LEVELS = 10;

/** @param reward in [0, 1] @returns a whole number from 0 to LEVELS */
export function rewardLevel(reward: number): number {
  return Math.round(LEVELS * reward);
}

/** The learned steps of all goals, goal by goal from the lowest level up. @param goals that have reward tokens */
export function rewardTokenParameters({ width }: DecoderShape, goals: number): ParameterSpec[] {
  return [{ name: 'reward.tokens', shape: [goals * LEVELS, width], init: 0 }];
}

/** Which steps levels take, 1 for each. @param levels one per goal @returns [goals * LEVELS] */
export function stepsTaken(levels: readonly number[]): Float32Array {
  return Float32Array.from({ length: levels.length * LEVELS }, (_, at) =>
    Number(at % LEVELS < levels[Math.floor(at / LEVELS)]),
  );
}

/**
 * The ordinary generator that writes for these rewards.
 * @param plain with the prior's start token, to which the steps are added
 * @param tokens as `rewardTokenParameters` lays them out
 */
export function askedFor(plain: Weights, tokens: Float32Array, rewards: readonly number[]): Weights {
  const width = tokens.length / (rewards.length * LEVELS);
  const asked = plain.slice();
  stepsTaken(rewards.map(rewardLevel)).forEach((taken, step) => {
    if (taken === 1) for (let d = 0; d < width; d++) asked[d] += tokens[step * width + d];
  });
  return asked;
}

/**
 * The reverse of `askedFor`: the same generator with the prior's start token, whose embedding is the first row of the
 * first parameter.
 */
export function plainOf(asked: Weights, prior: Weights, tokens: Float32Array, goals: number): Weights {
  const plain = asked.slice();
  plain.set(prior.subarray(0, tokens.length / (goals * LEVELS)));
  return plain;
}
