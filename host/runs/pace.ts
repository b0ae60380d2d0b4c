/** How fast this computer processes a design's sequences, measured on rounds that it computed. */
import { z } from 'zod';
import type { RoundMetrics } from '../../contract/api.ts';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import { plannedSequences, planOf } from '../../engine/soup/schedule.ts';
import type { ResolvedDesign } from '../design/resolved.ts';
import { threadsFor, workersFor } from './setup.ts';

export const paceSchema = z.object({
  /** Seconds per training sequence, with all workers busy. */
  trained: z.number().min(0),
  /** Seconds per sequence that is only sampled and scored, for a measurement or a search. */
  sampled: z.number().min(0),
  /** Seconds for compiling and loading, once per run. */
  start: z.number().min(0),
});
export type Pace = z.infer<typeof paceSchema>;

type Sized = Pick<ResolvedDesign, 'settings'> & {
  readonly objectives: readonly Pick<ResolvedDesign['objectives'][number], 'goal' | 'weight'>[];
};

/** @throws RangeError if all weights are 0 */
function requestOf({ settings, objectives }: Sized): Parameters<typeof plannedSequences>[0] {
  const weights = normaliseWeights(objectives.map(({ weight }) => weight));
  return {
    settings,
    seed: 0,
    objectives: objectives.map(({ goal }, i) => ({ goal, weight: weights[i] })),
    constraints: [],
    prior: new Float32Array(),
  };
}

/** Sequences of a design over the whole run. */
export function sequencesOf(design: Sized): number {
  const { trained, measured, searched } = plannedSequences(requestOf(design));
  return trained + measured + searched;
}

/** @returns seconds of computing */
export function secondsOf(design: Sized, { trained, sampled, start }: Pace): number {
  const planned = plannedSequences(requestOf(design));
  return start + trained * planned.trained + sampled * (planned.measured + planned.searched);
}

/** Seconds per additional round of a design. */
export function secondsARound(design: Sized, pace: Pace): number {
  const longer = {
    ...design,
    settings: { ...design.settings, steps: design.settings.steps + design.settings.merge_every },
  };
  return secondsOf(longer, pace) - secondsOf(design, pace);
}

/**
 * The pace of a run's rounds. The first trained round compiles, so the others count if
 * there are any. The median is robust against other work on the computer. Rounds of the method ric differ, because only
 * some of them learn, so their mean counts.
 * @param rounds first to last, round 0 being the prior
 * @param workers that trained in parallel; by default the number on this computer
 * @returns null before the first trained round
 */
export function paceOf(
  rounds: readonly RoundMetrics[],
  design: Sized,
  workers = workersFor(design.settings, threadsFor(design.settings)),
): Pace | null {
  const [before, first] = rounds;
  if (first === undefined) return null;
  const { M, m } = planOf(requestOf(design));
  const learnt = m * M * design.settings.batch;
  const steady = rounds.length > 2 ? rounds.slice(2) : rounds.slice(1);
  const only = (round: RoundMetrics): number =>
    Math.max(0, round.scored - rounds[rounds.indexOf(round) - 1].scored - learnt);
  const sampled = median(
    steady.map(({ experts }) => samplingSeconds(experts) / learnt / Math.min(workers, Math.max(1, experts.length))),
  );
  const middle = design.settings.method === 'ric' ? mean : median;
  const trained = middle(steady.map((round) => Math.max(0, round.seconds - sampled * only(round)) / learnt));
  const late = (seconds: number, expected: number): number => Math.max(0, seconds - expected);
  const start =
    late(before.seconds, sampled * before.scored) + late(first.seconds, trained * learnt + sampled * only(first));
  return { trained, sampled, start };
}

function samplingSeconds(experts: RoundMetrics['experts']): number {
  return experts.reduce((sum, { secondsSampling, secondsScoring }) => sum + secondsSampling + secondsScoring, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
