/** @file Folds sparse fingerprints to a fixed length, by the remainder of their identifiers, as RDKit does. */
import type { Molecule } from './molecule.ts';
import type { CountFingerprint } from './morgan.ts';
import type { BitFingerprint } from './similarity.ts';

/** [size] 1 at the positions of the identifiers. */
export function foldedBits(ids: BitFingerprint, size: number): Uint8Array {
  const bits = new Uint8Array(size);
  for (const id of ids.keys()) bits[id % size] = 1;
  return bits;
}

/** Position -> total count of its identifiers, for positions that have any. */
export function foldedCounts(counts: CountFingerprint, size: number): CountFingerprint {
  const folded = new Map<number, number>();
  for (const [id, count] of counts) folded.set(id % size, (folded.get(id % size) ?? 0) + count);
  return folded;
}

const ECFP4_1024 = JSON.stringify({ radius: 2, nBits: 1024 });

/**
 * [128] ECFP4 folded to 1,024 bits and packed; the first bit is the lowest of the first byte. RDKit's own, in half the
 * time that unfolded environments take.
 */
export function packedEcfp4(molecule: Molecule): Uint8Array {
  return molecule.use('the fingerprint', (mol) => mol.get_morgan_fp_as_uint8array(ECFP4_1024) as Uint8Array);
}
