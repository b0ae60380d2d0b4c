/**
 * The best k of n candidates by a heap of size k, block by block: one comparison
 * each and few insertions. Equal keys rank by number, the earlier first; NaN
 * ranks last.
 */
import { blockCandidates } from './columns.ts';

/** What candidates are ranked by. */
export interface Ranking {
  /** Upper bounds of the keys of one block, NaN where missing, into `bounds`. @returns how many */
  boundBlock(block: number, bounds: Float64Array): number;
  /** The key of one candidate. */
  at(number: number): number;
}

/** Which candidates may be chosen. */
export interface Pool {
  /** How many there are in all. */
  readonly count: number;
  /** Numbers to choose from; all where left out. */
  readonly among?: Int32Array;
  /** Whether a candidate may be chosen. */
  readonly allowed: (number: number) => boolean;
}

/** Slack of an upper bound for rounding; keys are of the order of 1. */
const rounding = 1e-9;

/** @returns numbers of the `k` candidates with the largest keys, best first */
export function selectTop(ranking: Ranking, k: number, pool: Pool): number[] {
  if (k === 0) return [];
  const heap = new WorstFirstHeap(k);
  visit(ranking, pool, (number, bound) => {
    if (bound + rounding > heap.threshold && pool.allowed(number)) heap.offer(number, lastIfNaN(ranking.at(number)));
  });
  // Those with a missing key are not above any threshold: they fill what is left.
  if (!heap.full) visit(ranking, pool, (number, bound) => {
    if (Number.isNaN(bound) && pool.allowed(number)) heap.offer(number, -Infinity);
  });
  return heap.bestFirst();
}

/** @returns numbers of the best candidate of each group and of all without one (group -1) */
export function bestOfGroups(ranking: Ranking, groupOf: (number: number) => number, groups: number, pool: Pool): Int32Array {
  const best = new Int32Array(groups).fill(-1);
  const keys = new Float64Array(groups).fill(-Infinity);
  const loose: number[] = [];
  visit(ranking, pool, (number, bound) => {
    const group = groupOf(number);
    if (group >= 0 && best[group] >= 0 && !(bound + rounding > keys[group])) return;
    if (!pool.allowed(number)) return;
    if (group < 0) loose.push(number);
    else challenge(best, keys, group, number, lastIfNaN(ranking.at(number)));
  });
  return Int32Array.from([...best.filter((number) => number >= 0), ...loose]);
}

function challenge(best: Int32Array, keys: Float64Array, group: number, number: number, key: number): void {
  if (best[group] >= 0 && key <= keys[group]) return;
  best[group] = number;
  keys[group] = key;
}

/** Calls `see` with each number of the pool and a bound of its key. */
function visit(ranking: Ranking, { count, among }: Pool, see: (number: number, bound: number) => void): void {
  if (among) {
    for (const number of among) see(number, ranking.at(number));
    return;
  }
  const bounds = new Float64Array(blockCandidates);
  for (let first = 0, block = 0; first < count; first += blockCandidates, block++) {
    const inBlock = Math.min(ranking.boundBlock(block, bounds), count - first);
    for (let i = 0; i < inBlock; i++) see(first + i, bounds[i]);
  }
}

const lastIfNaN = (key: number) => (Number.isNaN(key) ? -Infinity : key);

interface Entry {
  readonly number: number;
  readonly key: number;
}

/** The best `capacity` entries offered so far, the worst of them on top. */
class WorstFirstHeap {
  /** What a key must exceed to get in; -Infinity while there is room. */
  threshold = -Infinity;
  readonly #capacity: number;
  readonly #entries: Entry[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get full(): boolean {
    return this.#entries.length >= this.#capacity;
  }

  offer(number: number, key: number): void {
    const entry = { number, key };
    if (!this.full) {
      this.#entries.push(entry);
      this.#rise(this.#entries.length - 1);
    } else if (isWorse(this.#entries[0], entry)) {
      this.#entries[0] = entry;
      this.#sink(0);
    }
    if (this.full) this.threshold = this.#entries[0].key;
  }

  bestFirst(): number[] {
    return this.#entries.sort((a, b) => (isWorse(a, b) ? 1 : -1)).map(({ number }) => number);
  }

  #rise(at: number): void {
    const parent = (at - 1) >> 1;
    if (at > 0 && isWorse(this.#entries[at], this.#entries[parent])) {
      this.#swap(at, parent);
      this.#rise(parent);
    }
  }

  #sink(at: number): void {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < this.#entries.length && isWorse(this.#entries[child], this.#entries[worst])) worst = child;
    }
    if (worst !== at) {
      this.#swap(at, worst);
      this.#sink(worst);
    }
  }

  #swap(a: number, b: number): void {
    [this.#entries[a], this.#entries[b]] = [this.#entries[b], this.#entries[a]];
  }
}

function isWorse(a: Entry, b: Entry): boolean {
  return a.key < b.key || (a.key === b.key && a.number > b.number);
}
