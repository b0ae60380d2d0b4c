/**
 * @file Selects the best k of n candidates with a heap of size k, block by block: one comparison per candidate and few
 * insertions. Equal keys rank by number, the earlier first; NaN ranks last.
 */
import { blockCandidates } from './columns.ts';

/** What candidates are ranked by. */
export interface Ranking {
  /** Writes upper bounds of the keys of one block into `bounds`; NaN if missing. @returns their number */
  boundBlock(block: number, bounds: Float64Array): number;
  /** The key of one candidate. */
  at(number: number): number;
}

/** Which candidates may be chosen. */
export interface Pool {
  /** Number of candidates. */
  readonly count: number;
  /** Numbers to choose from; all by default. */
  readonly among?: Int32Array;
  /** Whether a candidate may be chosen. */
  readonly allowed: (number: number) => boolean;
}

/** Slack of an upper bound for rounding. Keys are of the order of 1. */
const rounding = 1e-9;

/** @returns numbers of the `k` candidates with the largest keys, best first */
export function selectTop(ranking: Ranking, k: number, pool: Pool): number[] {
  if (k === 0) return [];
  const heap = new WorstFirstHeap(k);
  const offer = (number: number) => {
    if (pool.allowed(number)) heap.offer(number, lastIfNaN(ranking.at(number)));
    return heap.threshold;
  };
  if (pool.among) pool.among.forEach(offer);
  else offerAbove(ranking, pool.count, offer);
  if (!pool.among && !heap.full) offerMissing(ranking, pool.count, offer);
  return heap.bestFirst();
}

/** Offers candidates that may be above the threshold. An offer returns the new threshold. */
function offerAbove(ranking: Ranking, count: number, offer: (number: number) => number): void {
  const bounds = new Float64Array(blockCandidates);
  let threshold = -Infinity;
  for (let first = 0; first < count; first += blockCandidates) {
    const inBlock = Math.min(ranking.boundBlock(first / blockCandidates, bounds), count - first);
    for (
      let i = nextAbove(bounds, 0, inBlock, threshold);
      i < inBlock;
      i = nextAbove(bounds, i + 1, inBlock, threshold)
    ) {
      threshold = offer(first + i) - rounding;
    }
  }
}

/**
 * The loop that runs a million times. It is a separate function without calls so that it is compiled early.
 * @returns `to` if there is none
 */
function nextAbove(bounds: Float64Array, from: number, to: number, threshold: number): number {
  let i = from;
  while (i < to && !(bounds[i] > threshold)) i++;
  return i;
}

/** Missing keys exceed no threshold and only fill free places. */
function offerMissing(ranking: Ranking, count: number, offer: (number: number) => number): void {
  const bounds = new Float64Array(blockCandidates);
  for (let first = 0; first < count; first += blockCandidates) {
    const inBlock = Math.min(ranking.boundBlock(first / blockCandidates, bounds), count - first);
    for (let i = 0; i < inBlock; i++) {
      if (Number.isNaN(bounds[i])) offer(first + i);
    }
  }
}

/**
 * @param groups group of each candidate, block by block; -1 without one
 * @returns numbers of the best candidate of each group and of all candidates without a group
 */
export function bestOfGroups(
  ranking: Ranking,
  groups: readonly Int32Array[],
  groupCount: number,
  pool: Pool,
): Int32Array {
  const champions = new Champions(ranking, pool, groupCount);
  if (pool.among)
    for (const number of pool.among)
      champions.challenge(number, groups[Math.floor(number / blockCandidates)][number % blockCandidates]);
  else challengeAll(ranking, pool.count, groups, champions);
  return champions.numbers();
}

function challengeAll(ranking: Ranking, count: number, groups: readonly Int32Array[], champions: Champions): void {
  const bounds = new Float64Array(blockCandidates);
  const { keys } = champions;
  for (let first = 0, block = 0; first < count; first += blockCandidates, block++) {
    const inBlock = Math.min(ranking.boundBlock(block, bounds), count - first);
    const groupOf = groups[block];
    for (let i = 0; i < inBlock; i++) {
      if (groupOf[i] < 0 || !(bounds[i] + rounding <= keys[groupOf[i]])) champions.challenge(first + i, groupOf[i]);
    }
  }
}

/** The best candidate of each group so far; of equal ones the earliest. */
class Champions {
  /** Key of each group's best; NaN while it has none. */
  readonly keys: Float64Array;
  readonly #best: Int32Array;
  readonly #loose: number[] = [];
  readonly #ranking: Ranking;
  readonly #pool: Pool;

  constructor(ranking: Ranking, pool: Pool, groupCount: number) {
    this.keys = new Float64Array(groupCount).fill(NaN);
    this.#best = new Int32Array(groupCount).fill(-1);
    this.#ranking = ranking;
    this.#pool = pool;
  }

  challenge(number: number, group: number): void {
    if (!this.#pool.allowed(number)) return;
    if (group < 0) this.#loose.push(number);
    else this.#compare(number, group, lastIfNaN(this.#ranking.at(number)));
  }

  numbers(): Int32Array {
    return Int32Array.from([...this.#best.filter((number) => number >= 0), ...this.#loose]);
  }

  #compare(number: number, group: number, key: number): void {
    if (key <= this.keys[group]) return;
    this.keys[group] = key;
    this.#best[group] = number;
  }
}

const lastIfNaN = (key: number) => (Number.isNaN(key) ? -Infinity : key);

interface Entry {
  readonly number: number;
  readonly key: number;
}

/** The best `capacity` entries offered so far, with the worst on top. */
class WorstFirstHeap {
  /** The key that an entry must exceed; -Infinity while there is room. */
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
