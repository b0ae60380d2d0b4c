/**
 * Monte Carlo search of merge weights: draws from the simplex, each merged and
 * tried on fresh sequences, the best mean reward on the weighted total wins.
 * The given weights are the first draw, so the search never does worse by its
 * own measure; the winner is measured again on other sequences.
 */
import { Purpose, type RandomStream, randomStream } from '../generator/random.ts';
import { rewardOf, TOTAL } from '../learn/judge.ts';
import { renormalised } from './merge.ts';
import type { Merger } from './operators.ts';
import { type Run, sampleFresh } from './run.ts';
import type { RunState, SampleRecord } from './types.ts';

/** Merged candidates that are in memory at a time. */
const SIDE_BY_SIDE = 4;

export interface SearchResult {
  /** Best weights, in the order of the experts. */
  readonly lambda: readonly number[];
  /** Everything sampled on the way. */
  readonly samples: readonly SampleRecord[];
}

/**
 * @param state that the round starts from
 * @param members the experts' objectives
 * @param merge the experts with given weights
 */
export async function searchWeights(
  run: Run,
  state: RunState,
  members: readonly number[],
  merge: Merger,
): Promise<SearchResult> {
  const { settings, objectives, seed } = run.request;
  const round = state.round + 1;
  const given = renormalised(
    objectives.map(({ weight }) => weight),
    members,
  );
  const draws = Array.from({ length: settings.search_draws }, (_, d) =>
    d === 0 ? given : simplexDraw(members.length, randomStream(seed, Purpose.search, round, d)),
  );
  const tries: SampleRecord[][] = [];
  for (let from = 0; from < draws.length; from += SIDE_BY_SIDE) {
    const few = draws.slice(from, from + SIDE_BY_SIDE);
    tries.push(
      ...(await Promise.all(
        few.map((lambda, k) =>
          sampleFresh(run, {
            source: 'search',
            round,
            step: round * run.plan.m,
            draw: from + k,
            weights: merge(lambda),
            n: settings.search_samples,
          }),
        ),
      )),
    );
  }
  const values = tries.map((samples) => meanReward(run, state, samples));
  return { lambda: draws[values.indexOf(Math.max(...values))], samples: tries.flat() };
}

/** Uniform on the simplex: Dirichlet(1, ..., 1) as normalised exponentials. */
export function simplexDraw(n: number, random: RandomStream): number[] {
  const exponentials = Array.from({ length: n }, () => -Math.log(1 - random.uniform()));
  const sum = exponentials.reduce((total, e) => total + e, 0);
  return exponentials.map((e) => e / sum);
}

/**
 * Mean reward on the total: 0 where invalid or outside a constraint; missing ones left out; -Infinity where all are
 * missing.
 */
function meanReward({ judgement }: Run, { multipliers }: RunState, samples: readonly SampleRecord[]): number {
  const rewards = samples.flatMap((sample) => rewardOf(sample, judgement, TOTAL, multipliers) ?? []);
  return rewards.length === 0 ? -Infinity : rewards.reduce((sum, r) => sum + r, 0) / rewards.length;
}
