/**
 * @file Says that a run goes wrong. The mean score cannot show it, because it is a mean over valid sequences.
 */
import type { RoundMetrics } from '../../contract/api.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import { percent } from '../base/percent.ts';
import { type Ailment, ailmentsOf, type SampleSizes } from './health.ts';

/**
 * What has fallen since before training, in one or two sentences; null if the run does not go wrong.
 * @param rounds first to last, round 0 being the prior
 */
export function alarmOn(rounds: readonly RoundMetrics[], sizes: SampleSizes, modality: Modality): string | null {
  const fallen = ailmentsOf(rounds, sizes).filter(({ grave }) => grave);
  if (fallen.length === 0) return null;
  const hidden = ` Mean scores leave out invalid ${modalityWords[modality].many}, so they can rise all the same.`;
  const invalid = fallen.some(({ what }) => what === 'validity');
  return `The run is going wrong: ${fallen.map(fallText).join(', and ')}.${invalid ? hidden : ''}`;
}

function fallText({ what, before, now }: Ailment): string {
  const shown = (value: number) => (what === 'diversity' ? value.toFixed(2) : percent(value));
  return `${what} fell from ${shown(before)} to ${shown(now)}`;
}
