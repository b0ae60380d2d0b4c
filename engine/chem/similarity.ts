/**
 * @file Tanimoto similarity of sparse fingerprints, on counts (RDKit's TanimotoSimilarity of SparseIntVect: sum of
 * minima over sum of maxima) and on bits (presence only).
 */
import type { CountFingerprint } from './morgan.ts';

function total(counts: CountFingerprint): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/** @returns 0 to 1; 0 if both fingerprints are empty, as in RDKit */
export function tanimotoCounts(a: CountFingerprint, b: CountFingerprint): number {
  let shared = 0;
  for (const [id, count] of a) shared += Math.min(count, b.get(id) ?? 0);
  const either = total(a) + total(b) - shared;
  return either === 0 ? 0 : shared / either;
}

/** Which identifiers occur. A CountFingerprint can be used as one. */
export interface BitFingerprint {
  readonly size: number;
  has(id: number): boolean;
  keys(): Iterable<number>;
}

/** @returns 0 to 1; 0 if both fingerprints are empty */
export function tanimotoBits(a: BitFingerprint, b: BitFingerprint): number {
  let shared = 0;
  for (const id of a.keys()) if (b.has(id)) shared++;
  const either = a.size + b.size - shared;
  return either === 0 ? 0 : shared / either;
}
