/** @file Calculates the steps that fit into a given time. */
import type { Estimate } from '../../../contract/api.ts';

/**
 * The largest number of whole rounds that takes no longer, but at least one.
 * @param mergeEvery steps per round
 * @param most maximum number of steps of a run
 */
export function stepsWithin(
  minutes: number,
  { minutesOnce, minutesARound }: Pick<Estimate, 'minutesOnce' | 'minutesARound'>,
  mergeEvery: number,
  most: number,
): number {
  // The small addition compensates for rounding, so that the minutes of n rounds give n rounds again.
  const rounds = Math.floor((minutes - minutesOnce) / minutesARound + 1e-6);
  return Math.min(Math.max(1, rounds), Math.floor(most / mergeEvery)) * mergeEvery;
}

/** A round number of minutes to start with. */
export function wholeMinutes(minutes: number): number {
  return minutes < 10 ? Math.max(0.5, Math.round(minutes * 2) / 2) : Math.round(minutes);
}
