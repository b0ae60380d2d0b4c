/**
 * The applicability domain of a user predictor of molecules. A molecule is inside if the Tanimoto similarity of its
 * folded Morgan bits to the nearest training molecule reaches a limit. 95% of the molecules with held-out scaffolds
 * reach it.
 */
import type { CountFingerprint } from '../../chem/morgan.ts';

/** Bits of a fingerprint. Half-precision numbers represent every position exactly. */
const BITS = 2048;
const WORDS = BITS / 32;
const KEPT_BY = 0.95;
/** If there are more training molecules than this, an evenly spaced subset represents them. */
const MOST_KEPT = 5000;

/**
 * The bits of the training molecules: the positions of all, one molecule after another, and the number per molecule.
 */
export interface ApplicabilityData {
  readonly places: Float32Array;
  readonly counts: Float32Array;
}

export class Applicability {
  readonly data: ApplicabilityData;
  readonly #bits: Uint32Array;

  constructor(data: ApplicabilityData) {
    this.data = data;
    this.#bits = new Uint32Array(data.counts.length * WORDS);
    let at = 0;
    data.counts.forEach((count, row) => {
      for (const place of data.places.subarray(at, (at += count))) setBit(this.#bits, row * WORDS, place);
    });
  }

  /** @param fingerprints Morgan counts of radius 2 of the training molecules */
  static of(fingerprints: readonly CountFingerprint[]): Applicability {
    const step = Math.max(1, fingerprints.length / MOST_KEPT);
    const kept = Array.from({ length: Math.min(fingerprints.length, MOST_KEPT) }, (_, i) =>
      placesOf(fingerprints[Math.floor(i * step)]),
    );
    return new Applicability({
      places: Float32Array.from(kept.flat()),
      counts: Float32Array.from(kept, ({ length }) => length),
    });
  }

  /** Similarity to the nearest training molecule, 0 to 1. */
  nearest(counts: CountFingerprint): number {
    const own = new Uint32Array(WORDS);
    const places = placesOf(counts);
    for (const place of places) setBit(own, 0, place);
    let best = 0;
    this.data.counts.forEach((size, row) => {
      // The similarity never exceeds the ratio of the numbers of bits.
      if (Math.min(size, places.length) <= best * Math.max(size, places.length)) return;
      const shared = sharedBits(own, this.#bits, row * WORDS);
      best = Math.max(best, shared / (size + places.length - shared));
    });
    return best;
  }
}

/** @param nearest similarities of molecules with held-out scaffolds to the nearest training molecule */
export function applicabilityLimit(nearest: readonly number[]): number {
  const sorted = [...nearest].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * (1 - KEPT_BY))] ?? 0;
}

function placesOf(counts: CountFingerprint): number[] {
  return [...new Set([...counts.keys()].map((id) => id % BITS))].sort((a, b) => a - b);
}

function setBit(bits: Uint32Array, from: number, place: number): void {
  bits[from + (place >>> 5)] |= 1 << (place & 31);
}

function sharedBits(own: Uint32Array, all: Uint32Array, from: number): number {
  let shared = 0;
  for (let i = 0; i < WORDS; i++) {
    let x = own[i] & all[from + i];
    for (; x !== 0; x &= x - 1) shared++;
  }
  return shared;
}

/** Whether numbers from a file are such data. */
export function isApplicabilityData({ places, counts }: ApplicabilityData): boolean {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const whole = (n: number, most: number) => Number.isInteger(n) && n >= 0 && n < most;
  return (
    counts.length > 0 &&
    total === places.length &&
    counts.every((count) => whole(count, BITS + 1)) &&
    places.every((place) => whole(place, BITS))
  );
}
