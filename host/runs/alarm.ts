/**
 * @file Whether a run goes wrong: validity, uniqueness or diversity of fresh samples has fallen by more than chance
 * explains. The mean score cannot show it, because it is a mean over valid sequences.
 */
import type { RoundMetrics } from '../../contract/api.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import { percent } from '../base/percent.ts';

/** 97.5% quantile of the standard normal. */
const Z = 1.959964;
/** Smallest fall that is reported, however certain it is. */
const NOTABLE = 0.15;
/** The same of diversity. A goal such as similarity to a reference narrows what is generated; this much is collapse. */
const COLLAPSE = 0.35;

/** Samples that measured a round: `final_samples` for the prior, at least `measure_samples` for the others. */
export interface SampleSizes {
  readonly final_samples: number;
  readonly measure_samples: number;
}

/**
 * What has fallen since before training, in one sentence; null if nothing has.
 * @param rounds first to last, round 0 being the prior
 */
export function alarmOn(rounds: readonly RoundMetrics[], sizes: SampleSizes, modality: Modality): string | null {
  const [first, last] = [rounds.at(0), rounds.at(-1)];
  if (first === undefined || last === undefined || last.round === 0) return null;
  const validity = share('validity', first.valid, last.valid, sizes.final_samples, sizes.measure_samples);
  const fallen = [
    validity,
    share(
      'uniqueness',
      first.unique,
      last.unique,
      sizes.final_samples * first.valid,
      sizes.measure_samples * last.valid,
    ),
    diversity(rounds),
  ].filter((text) => text !== null);
  if (fallen.length === 0) return null;
  const hidden = ` Mean scores leave out invalid ${modalityWords[modality].many}, so they can rise all the same.`;
  return `The run is going wrong: ${fallen.join(', and ')}.${validity === null ? '' : hidden}`;
}

/** Two shares by the normal approximation of their difference. */
function share(name: string, before: number, now: number, samples: number, newSamples: number): string | null {
  const error = Math.sqrt(variance(before, samples) + variance(now, newSamples));
  return before - now >= Math.max(NOTABLE, Z * error)
    ? `${name} fell from ${percent(before)} to ${percent(now)}`
    : null;
}

function variance(of: number, samples: number): number {
  return samples === 0 ? 0 : (of * (1 - of)) / samples;
}

/** Diversity has no interval of its own: the changes from round to round say how much it varies by chance. */
function diversity(rounds: readonly RoundMetrics[]): string | null {
  const values = rounds.map((round) => round.diversity).filter((value) => value !== null);
  if (values.length < 2) return null;
  const steps = values.slice(1).map((value, i) => value - values[i]);
  const drift = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const squares = steps.reduce((sum, step) => sum + (step - drift) ** 2, 0);
  const error = steps.length < 2 ? 0 : Math.sqrt(squares / (steps.length - 1));
  const [before, now] = [values[0], values[values.length - 1]];
  return before - now >= Math.max(COLLAPSE, Z * error)
    ? `diversity fell from ${before.toFixed(2)} to ${now.toFixed(2)}`
    : null;
}
