/**
 * A replay memory of the best sequences ("inception" in REINVENT, Blaschke et
 * al. 2020), learnt again beside each rollout so that a rare find is not
 * forgotten. Bounded, one entry per molecule, ties broken by the older one.
 */
import { drawByShare } from '../base/pick.ts';
import type { RandomStream } from '../generator/random.ts';
import type { LearnSettings } from './types.ts';

type ReplayDraw = LearnSettings['replay_draw'];

/** How flat the chances of the best are: a share of all entries that is added to each rank. */
const RANK_SHARE = 0.01;

export class Replay<Entry extends { readonly canonical: string }> {
  readonly #capacity: number;
  readonly #rank: (entry: Entry) => number;
  #entries: Entry[];

  /**
   * @param entries as `entries` gave them, best first
   * @param rank what makes an entry good; the same for the same entry at each call
   */
  constructor(capacity: number, entries: readonly Entry[], rank: (entry: Entry) => number) {
    this.#capacity = capacity;
    this.#rank = rank;
    this.#entries = entries.slice(0, capacity);
  }

  /** Adds new sequences, each molecule at the best rank it ever had. Ranks of 0 are never kept. */
  add(fresh: readonly Entry[]): void {
    const best = new Map<string, { readonly entry: Entry; readonly rank: number }>();
    for (const entry of [...this.#entries, ...fresh]) {
      const rank = this.#rank(entry);
      const known = best.get(entry.canonical);
      if (rank > 0 && (known === undefined || rank > known.rank)) best.set(entry.canonical, { entry, rank });
    }
    // Array.prototype.sort is stable: among equals the older entry stays ahead.
    const sorted = [...best.values()].sort((a, b) => b.rank - a.rank);
    this.#entries = sorted.slice(0, this.#capacity).map(({ entry }) => entry);
  }

  /** Up to `n` different entries. */
  draw(n: number, how: ReplayDraw, random: RandomStream): Entry[] {
    return how === 'rank' ? this.#drawByRank(n, random) : this.#drawUniformly(n, random);
  }

  /** One after another, each time from those that are left. */
  #drawByRank(n: number, random: RandomStream): Entry[] {
    const shares = this.#shares();
    const count = Math.min(n, shares.length);
    return Array.from({ length: count }, () => {
      const drawn = drawByShare(shares, random);
      shares.splice(shares.indexOf(drawn), 1);
      return drawn.entry;
    });
  }

  /** A partial Fisher-Yates shuffle. */
  #drawUniformly(n: number, random: RandomStream): Entry[] {
    const pool = [...this.#entries];
    const count = Math.min(n, pool.length);
    for (let i = 0; i < count; i++) {
      const j = i + random.below(pool.length - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, count);
  }

  /** Pairs of different entries, drawn by rank. None from fewer than two entries. */
  pairs(count: number, random: RandomStream): [Entry, Entry][] {
    const shares = this.#shares();
    if (shares.length < 2) return [];
    return Array.from({ length: count }, () => {
      const first = drawByShare(shares, random);
      const others = shares.filter((one) => one !== first);
      return [first.entry, drawByShare(others, random).entry];
    });
  }

  /**
   * The chance of an entry of rank r, from 0, is proportional to 1 / (0.01 n + r) among n, as in Genetic GFN (Kim et
   * al., arXiv 2402.05961).
   */
  #shares(): { readonly entry: Entry; readonly share: number }[] {
    const entries = this.#entries;
    return entries.map((entry, r) => ({ entry, share: 1 / (RANK_SHARE * entries.length + r) }));
  }

  /** Best first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }
}
