/** Before this share of the work is done, its pace says little. */
const LEAST_SHARE = 0.02;

/**
 * The seconds that work still takes if it goes on at its pace.
 * @param seconds since its start
 * @param share of it that is done, 0 to 1
 * @param least share from which an estimate is made
 * @returns null where it is too early to tell
 */
export function secondsLeft(seconds: number, share: number, least = LEAST_SHARE): number | null {
  return share === 0 || share < least ? null : (seconds / share) * (1 - share);
}
