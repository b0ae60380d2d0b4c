/**
 * How much a set of candidates differs within itself: 1 less the mean Tanimoto
 * similarity over all pairs (internal diversity: Benhenda 2017, arXiv:1708.08227;
 * MOSES counts a sequence's pair with itself too, which this does not). What was drawn
 * twice is a pair of similarity 1, so repeats lower it.
 */

/** Bits set in a byte. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Of packed fingerprints of one length; 0 where both are empty. @returns 0 to 1 */
export function tanimotoPacked(a: Uint8Array, b: Uint8Array): number {
  let [shared, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    shared += BITS[a[i] & b[i]];
    either += BITS[a[i] | b[i]];
  }
  return either === 0 ? 0 : shared / either;
}

/** Of counts by place, sum of minima over sum of maxima; 0 where both are empty. @returns 0 to 1 */
export function tanimotoPlaces(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [shared, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    shared += Math.min(a[i], b[i]);
    either += Math.max(a[i], b[i]);
  }
  return either === 0 ? 0 : shared / either;
}

/** @returns 0 to 1; null below two members, which have no pair */
export function internalDiversity<T>(members: readonly T[], similarity: (a: T, b: T) => number): number | null {
  if (members.length < 2) return null;
  let sum = 0;
  for (let i = 1; i < members.length; i++) for (let j = 0; j < i; j++) sum += similarity(members[i], members[j]);
  return 1 - sum / ((members.length * (members.length - 1)) / 2);
}
