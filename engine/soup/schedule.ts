/**
 * Who trains when. All methods learn from the same number of sequences,
 * T x M x batch, spread evenly over T / m rounds, so that runs compare at equal
 * budget, round by round.
 */
import { permutation, Purpose, randomStream } from '../generator/random.ts';
import { ALL_WEIGHTS_ZERO } from '../objectives/aggregate.ts';
import { type PlannedSequences, sequencesWith } from './budget.ts';
import type { RunSettings } from './settings.ts';
import type { RunRequest } from './types.ts';

export interface Plan {
  /** T, m, and the number of rounds T / m. */
  readonly T: number;
  readonly m: number;
  readonly rounds: number;
  /** Objectives that train: those that weigh more than 0. */
  readonly trained: readonly number[];
  /** Experts a round, at most the number of those. */
  readonly M: number;
  /** Rounds at the start in which one policy learns the total; at least one round is left for experts. */
  readonly warmRounds: number;
}

/** Rounds of the warm start; 0 where the method or the settings have none. */
export function warmRoundsOf({ steps, merge_every, warm_start }: RunSettings): number {
  const rounds = steps / merge_every;
  return Math.min(rounds - 1, Math.round(warm_start * rounds));
}

/** @throws RangeError where no objective weighs more than 0 */
export function planOf({ settings, objectives }: RunRequest): Plan {
  const trained = objectives.flatMap(({ weight }, i) => (weight > 0 ? [i] : []));
  if (trained.length === 0) throw new RangeError(ALL_WEIGHTS_ZERO);
  const { steps: T, merge_every: m } = settings;
  const rounds = T / m;
  const M = Math.min(settings.experts_a_round, trained.length);
  return { T, m, rounds, trained, M, warmRounds: warmRoundsOf(settings) };
}

/** S: M of the trained objectives, uniformly without replacement, in ascending order. */
export function drawExperts({ trained, M }: Plan, seed: number, round: number): number[] {
  const order = permutation(trained.length, randomStream(seed, Purpose.objectives, round));
  return order
    .slice(0, M)
    .map((k) => trained[k])
    .sort((a, b) => a - b);
}

/** A round's place in the stages of ric. */
export interface Stage {
  /** From 0, the offline stage. */
  readonly number: number;
  /** Rounds of the stage, if this is the last of them; otherwise 0. */
  readonly rounds: number;
}

/** Stages share the rounds evenly. There are no more stages than rounds. */
export function stageOf({ rounds }: Pick<Plan, 'rounds'>, onlineStages: number, round: number): Stage {
  const stages = Math.min(rounds, 1 + onlineStages);
  const number = Math.floor(((round - 1) * stages) / rounds);
  const [first, next] = [number, number + 1].map((stage) => Math.ceil((stage * rounds) / stages));
  return { number, rounds: round === next ? next - first : 0 };
}

/** Steps of the one policy of morlhf and ric: all the experts' in turn. */
export function morlhfSteps({ T, m, M }: Plan): { readonly total: number; readonly aRound: number } {
  return { total: T * M, aRound: m * M };
}

/**
 * Steps of the k-th of soups' experts after `round` rounds. T M steps are dealt
 * like cards, so experts differ by one step at most and the budget is exact.
 */
export function soupsSteps({ trained, m, M }: Plan, k: number, round: number): number {
  const dealt = round * m * M;
  return Math.floor((dealt + trained.length - 1 - k) / trained.length);
}

/** Sequences scored by a whole run; under a budget, redraws come on top. */
export function plannedSequences(request: RunRequest): PlannedSequences {
  return sequencesWith(request.settings, planOf(request).M);
}
