/**
 * @file Tanimoto similarities of one molecule to many references: an index from identifiers to references, so that a
 * hundred thousand references take milliseconds per molecule.
 */
import type { CountFingerprint } from './morgan.ts';

export const measures = ['bits', 'counts'] as const;
/** What is compared: which identifiers occur, or also how often. */
export type Measure = (typeof measures)[number];

const NONE = new Uint32Array();

/** At least one reference. The set does not change. */
export class ReferenceSet {
  readonly #measure: Measure;
  /** By identifier: the references that have it, each followed by its count. */
  readonly #index: ReadonlyMap<number, Uint32Array>;
  /** [references] sum of the counts of each. */
  readonly #totals: Float64Array;

  constructor(fingerprints: readonly CountFingerprint[], measure: Measure) {
    this.#measure = measure;
    this.#totals = Float64Array.from(fingerprints, (counts) => this.#total(counts));
    const index = new Map<number, number[]>();
    fingerprints.forEach((counts, reference) => {
      for (const [id, count] of counts) {
        const entries = index.get(id);
        if (entries) entries.push(reference, this.#weigh(count));
        else index.set(id, [reference, this.#weigh(count)]);
      }
    });
    this.#index = new Map([...index].map(([id, entries]) => [id, Uint32Array.from(entries)]));
  }

  /** [references] 0 to 1; 0 if both fingerprints are empty, as in RDKit. */
  similarities(counts: CountFingerprint): Float64Array {
    const similar = this.#shared(counts);
    const total = this.#total(counts);
    for (let r = 0; r < similar.length; r++) {
      const either = total + this.#totals[r] - similar[r];
      similar[r] = either === 0 ? 0 : similar[r] / either;
    }
    return similar;
  }

  /** [references] sum of the smaller counts. */
  #shared(counts: CountFingerprint): Float64Array {
    const shared = new Float64Array(this.#totals.length);
    for (const [id, count] of counts) {
      const entries = this.#index.get(id) ?? NONE;
      const own = this.#weigh(count);
      for (let e = 0; e < entries.length; e += 2) shared[entries[e]] += Math.min(own, entries[e + 1]);
    }
    return shared;
  }

  #weigh(count: number): number {
    return this.#measure === 'bits' ? 1 : count;
  }

  #total(counts: CountFingerprint): number {
    if (this.#measure === 'bits') return counts.size;
    let sum = 0;
    for (const count of counts.values()) sum += count;
    return sum;
  }
}

export function largest(similarities: Float64Array): number {
  return similarities.reduce((best, one) => Math.max(best, one), 0);
}

/** Mean of the `count` largest values, or of all if there are fewer. */
export function meanOfLargest(similarities: Float64Array, count: number): number {
  const top = similarities.slice().sort().slice(-count);
  return top.reduce((sum, one) => sum + one, 0) / top.length;
}

/** Index of the largest value; -1 if none is a number. */
export function placeOfLargest(values: ArrayLike<number>): number {
  let best = -1;
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]) && (best < 0 || values[i] > values[best])) best = i;
  return best;
}
