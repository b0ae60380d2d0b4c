/**
 * @file Internal diversity of a set of candidates: 1 minus the mean Tanimoto similarity over all pairs (Benhenda 2017,
 * arXiv:1708.08227). MOSES also counts the pair of a sequence with itself; this does not. Repeated candidates are pairs
 * of similarity 1 and lower the diversity.
 */

/** Number of bits set in each byte. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Tanimoto similarity of two packed fingerprints of the same length. @returns 0 to 1; 0 if both are empty */
export function tanimotoPacked(a: Uint8Array, b: Uint8Array): number {
  let [shared, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    shared += BITS[a[i] & b[i]];
    either += BITS[a[i] | b[i]];
  }
  return either === 0 ? 0 : shared / either;
}

/**
 * Tanimoto similarity of two count vectors of the same length: sum of minima over sum of maxima. @returns 0 to 1; 0 if
 * both are empty
 */
export function tanimotoPlaces(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [shared, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    shared += Math.min(a[i], b[i]);
    either += Math.max(a[i], b[i]);
  }
  return either === 0 ? 0 : shared / either;
}

/** @returns 0 to 1; null for fewer than two members, which have no pair */
export function internalDiversity<T>(members: readonly T[], similarity: (a: T, b: T) => number): number | null {
  if (members.length < 2) return null;
  let sum = 0;
  for (let i = 1; i < members.length; i++) for (let j = 0; j < i; j++) sum += similarity(members[i], members[j]);
  return 1 - sum / ((members.length * (members.length - 1)) / 2);
}
