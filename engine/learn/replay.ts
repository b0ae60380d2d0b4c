/**
 * An expert's memory of its best sequences ("inception" in REINVENT, Blaschke
 * et al. 2020), learnt again beside each rollout so that a rare find is not
 * forgotten. Bounded, one entry a molecule, ties broken by the older one.
 */
import type { RandomStream } from '../generator/random.ts';
import type { ReplayEntry } from './types.ts';

export class Replay {
  readonly #capacity: number;
  #entries: ReplayEntry[];

  /** @param entries as `entries` gave them, best first */
  constructor(capacity: number, entries: readonly ReplayEntry[]) {
    this.#capacity = capacity;
    this.#entries = entries.slice(0, capacity);
  }

  /** Takes new sequences in, each molecule at the best reward it ever had. Rewards of 0 are never kept. */
  add(fresh: readonly ReplayEntry[]): void {
    const best = new Map<string, ReplayEntry>();
    for (const entry of [...this.#entries, ...fresh]) {
      const known = best.get(entry.canonical);
      if (entry.reward > 0 && (known === undefined || entry.reward > known.reward)) best.set(entry.canonical, entry);
    }
    // Array.prototype.sort is stable: among equals the older entry stays ahead.
    this.#entries = [...best.values()].sort((a, b) => b.reward - a.reward).slice(0, this.#capacity);
  }

  /** Up to `n` different entries, uniformly (a partial Fisher-Yates shuffle). */
  draw(n: number, random: RandomStream): ReplayEntry[] {
    const pool = [...this.#entries];
    const count = Math.min(n, pool.length);
    for (let i = 0; i < count; i++) {
      const j = i + random.below(pool.length - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, count);
  }

  /** Best first. */
  get entries(): readonly ReplayEntry[] {
    return this.#entries;
  }
}
