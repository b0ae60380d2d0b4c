/**
 * @file Whether the samples of a run are still sound: their validity, uniqueness and diversity beside those before
 * training. The alarm and the advice on a run both speak by this judgement.
 */
import type { RoundMetrics } from '../../contract/api.ts';

/** 97.5% quantile of the standard normal. */
const Z = 1.959964;
/** Smallest fall that counts, however certain it is. */
const NOTABLE = 0.15;
/** Fall of diversity from which a run goes wrong. A goal such as similarity to a reference narrows what is written. */
const COLLAPSE = 0.35;
/** A share of valid or unique sequences below this is low, even if it has not fallen. */
const LOW_SHARE = 0.7;

/** Samples that measured a round: `final_samples` for the prior, at least `measure_samples` for the others. */
export interface SampleSizes {
  readonly final_samples: number;
  readonly measure_samples: number;
}

/** Something that is low or has fallen. */
export interface Ailment {
  readonly what: 'validity' | 'uniqueness' | 'diversity';
  /** Before training, and now. */
  readonly before: number;
  readonly now: number;
  /** Whether it is so low that it would count without a fall. */
  readonly low: boolean;
  /** Whether the run goes wrong: it has fallen, by more than chance and the goals explain. */
  readonly grave: boolean;
}

/**
 * The most urgent first; empty before training.
 * @param rounds first to last, round 0 being the prior
 */
export function ailmentsOf(rounds: readonly RoundMetrics[], sizes: SampleSizes): Ailment[] {
  const [first, last] = [rounds.at(0), rounds.at(-1)];
  if (first === undefined || last === undefined || last.round === 0) return [];
  const { final_samples: before, measure_samples: now } = sizes;
  return [
    ...share('validity', first.valid, last.valid, shareError(first.valid, before, last.valid, now)),
    ...share(
      'uniqueness',
      first.unique,
      last.unique,
      shareError(first.unique, before * first.valid, last.unique, now * last.valid),
    ),
    ...diversity(rounds),
  ];
}

function share(what: Ailment['what'], before: number, now: number, error: number): Ailment[] {
  const grave = before - now >= Math.max(NOTABLE, Z * error);
  const low = now < LOW_SHARE;
  return grave || low ? [{ what, before, now, low, grave }] : [];
}

/** Standard error of the difference of two shares, by the normal approximation. */
function shareError(before: number, samples: number, now: number, newSamples: number): number {
  return Math.sqrt(variance(before, samples) + variance(now, newSamples));
}

function variance(of: number, samples: number): number {
  return samples === 0 ? 0 : (of * (1 - of)) / samples;
}

/** Diversity has no interval of its own: the changes from round to round say how much it varies by chance. */
function diversity(rounds: readonly RoundMetrics[]): Ailment[] {
  const values = rounds.map((round) => round.diversity).filter((value) => value !== null);
  if (values.length < 2) return [];
  const steps = values.slice(1).map((value, i) => value - values[i]);
  const drift = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const squares = steps.reduce((sum, step) => sum + (step - drift) ** 2, 0);
  const error = steps.length < 2 ? 0 : Math.sqrt(squares / (steps.length - 1));
  const [before, now] = [values[0], values[values.length - 1]];
  const fall = before - now;
  if (fall < Math.max(NOTABLE, Z * error)) return [];
  return [{ what: 'diversity', before, now, low: false, grave: fall >= COLLAPSE }];
}
