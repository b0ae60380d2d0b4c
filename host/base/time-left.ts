/** @file The one estimate of the time that work still takes: the rest of it at the pace so far. */

/** Before this share of the work is done, its pace says little. */
const LEAST_SHARE = 0.02;

/**
 * Seconds left of work whose share is known.
 * @param seconds since its start
 * @param share of it that is done, 0 to 1
 * @param least share from which an estimate is made
 * @returns null if it is too early to tell
 */
export function secondsLeft(seconds: number, share: number, least = LEAST_SHARE): number | null {
  return share === 0 || share < least ? null : secondsAtPace(seconds, share, 1 - share);
}

/**
 * Seconds left of work that is counted, such as steps. Work from before an interruption does not count as done,
 * because its seconds are not known.
 * @param done what took these seconds, above 0
 * @param remaining in the unit of `done`
 */
export function secondsAtPace(seconds: number, done: number, remaining: number): number {
  return (seconds / done) * remaining;
}
