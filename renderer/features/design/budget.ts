/** @file Steps that fit into a time. */
import type { Estimate } from '../../../contract/api.ts';

/**
 * As many whole rounds as take no longer, and at least one.
 * @param mergeEvery steps of a round
 * @param most steps that a run may have
 */
export function stepsWithin(
  minutes: number,
  { minutesOnce, minutesARound }: Pick<Estimate, 'minutesOnce' | 'minutesARound'>,
  mergeEvery: number,
  most: number,
): number {
  // A little more than the quotient, so that the minutes of a number of rounds give that number again.
  const rounds = Math.floor((minutes - minutesOnce) / minutesARound + 1e-6);
  return Math.min(Math.max(1, rounds), Math.floor(most / mergeEvery)) * mergeEvery;
}

/** A round number of minutes to begin with. */
export function wholeMinutes(minutes: number): number {
  return minutes < 10 ? Math.max(0.5, Math.round(minutes * 2) / 2) : Math.round(minutes);
}
