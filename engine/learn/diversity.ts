/**
 * Memory of the molecules and scaffolds of a run, which lowers the reward of
 * what comes again and again. Of DNA it remembers the sequences and, in place of
 * scaffolds, families of near relatives (dna/sketch.ts). The idea is REINVENT's
 * identical-Murcko-scaffold filter with buckets of 25 (Blaschke et al. 2020b),
 * with a smooth fall instead of a cliff, and a second count for identical
 * molecules.
 *
 * Every expert of a round starts from the same snapshot and adds its own finds;
 * at the round's end the loop adds all finds in the order of experts. So the
 * memory depends on no worker's speed.
 */
import { finishHash } from '../base/hash.ts';
import type { DiversityState } from './types.ts';

/** How steeply a scaffold's reward falls around the bucket's size. */
const STEEPNESS = 3;

export interface Sighting {
  readonly canonical: string | null;
  readonly scaffold: string | null;
}

/** A memory that has seen nothing. */
export function emptyMemory(): DiversityState {
  return {
    moleculeKeys: new Float64Array(),
    moleculeCounts: new Int32Array(),
    scaffoldKeys: new Float64Array(),
    scaffoldCounts: new Int32Array(),
  };
}

export class DiversityMemory {
  readonly #molecules: Map<number, number>;
  readonly #scaffolds: Map<number, number>;

  constructor(state: DiversityState) {
    this.#molecules = countsOf(state.moleculeKeys, state.moleculeCounts);
    this.#scaffolds = countsOf(state.scaffoldKeys, state.scaffoldCounts);
  }

  /**
   * Counts one valid molecule; invalid sequences are passed over.
   * A scaffold counts its distinct molecules.
   * @returns whether the molecule is new to the run
   */
  add({ canonical, scaffold }: Sighting): boolean {
    if (canonical === null || scaffold === null) return false;
    const seen = increment(this.#molecules, textKey(canonical));
    if (seen === 1) increment(this.#scaffolds, textKey(scaffold));
    return seen === 1;
  }

  /** Whether a molecule was counted. */
  has(canonical: string): boolean {
    return this.#molecules.has(textKey(canonical));
  }

  /**
   * What a reward is multiplied with before this sighting is counted: halved
   * for each former time the molecule came, and 1 / (1 + (k / bucket)^3) for k
   * other molecules of its scaffold.
   */
  factor({ canonical, scaffold }: Sighting, bucket: number): number {
    if (canonical === null || scaffold === null) return 1;
    const times = this.#molecules.get(textKey(canonical)) ?? 0;
    return 0.5 ** times * this.#scaffoldFactor(scaffold, times > 0, bucket);
  }

  /** What a remembered molecule's reward is multiplied with now: the scaffold's part of `factor`. */
  scaffoldFactor({ canonical, scaffold }: { readonly canonical: string; readonly scaffold: string }, bucket: number) {
    return this.#scaffoldFactor(scaffold, this.#molecules.has(textKey(canonical)), bucket);
  }

  #scaffoldFactor(scaffold: string, seen: boolean, bucket: number): number {
    const others = (this.#scaffolds.get(textKey(scaffold)) ?? 0) - (seen ? 1 : 0);
    return 1 / (1 + (others / bucket) ** STEEPNESS);
  }

  get molecules(): number {
    return this.#molecules.size;
  }

  get scaffolds(): number {
    return this.#scaffolds.size;
  }

  state(): DiversityState {
    return {
      moleculeKeys: Float64Array.from(this.#molecules.keys()),
      moleculeCounts: Int32Array.from(this.#molecules.values()),
      scaffoldKeys: Float64Array.from(this.#scaffolds.keys()),
      scaffoldCounts: Int32Array.from(this.#scaffolds.values()),
    };
  }
}

function countsOf(keys: Float64Array, counts: Int32Array): Map<number, number> {
  const map = new Map<number, number>();
  keys.forEach((key, i) => map.set(key, counts[i]));
  return map;
}

function increment(map: Map<number, number>, key: number): number {
  const count = (map.get(key) ?? 0) + 1;
  map.set(key, count);
  return count;
}

/**
 * A text as a whole number below 2^53: two 32-bit FNV-1a hashes with different
 * offsets, mixed by murmur3's finaliser. Among a million molecules two share a
 * key with a chance of 6 in 100,000; then one reward is a little too low.
 */
export function textKey(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return (finishHash(a ^ text.length) >>> 11) * 4294967296 + (finishHash(b) >>> 0);
}
