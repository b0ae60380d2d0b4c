/**
 * @file Rows with sequences and exact values, read in batches as candidates become visible, and kept in a bounded
 * cache.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Candidate } from '../../../contract/api.ts';
import type { Client } from '../../link/client.ts';

/** Maximum number of rows per request, and in the cache (about 8 MB). */
const batchLimit = 200;
const cacheLimit = 8000;

type IdOf = (number: number) => number;

export class Rows {
  #client: Client;
  #rows = new SvelteMap<number, Candidate>();
  #asked = new Set<number>();
  #queue: number[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  get(number: number): Candidate | undefined {
    return this.#rows.get(number);
  }

  /** Requests rows that are neither known nor already requested. A failure is retried at the next look. */
  look(numbers: Iterable<number>, idOf: IdOf): void {
    const idle = this.#queue.length === 0;
    for (const number of numbers) {
      if (this.#rows.has(number) || this.#asked.has(number)) continue;
      this.#asked.add(number);
      this.#queue.push(number);
    }
    // Deferred by one turn, so that all panels that look at the same time share a request.
    if (idle && this.#queue.length > 0) setTimeout(() => this.#flush(idOf));
  }

  /** Rows of all the numbers, in their order. @throws ContractError */
  async all(numbers: readonly number[], idOf: IdOf): Promise<Candidate[]> {
    const rows: Candidate[] = [];
    for (let at = 0; at < numbers.length; at += batchLimit) {
      const ids = numbers.slice(at, at + batchLimit).map(idOf);
      rows.push(...(await this.#client.invoke('explore.rows', { ids })).candidates);
    }
    return rows;
  }

  #flush(idOf: IdOf): void {
    const queue = this.#queue.splice(0);
    for (let at = 0; at < queue.length; at += batchLimit) void this.#read(queue.slice(at, at + batchLimit), idOf);
  }

  async #read(numbers: readonly number[], idOf: IdOf): Promise<void> {
    try {
      const rows = await this.all(numbers, idOf);
      rows.forEach((row, i) => this.#rows.set(numbers[i], row));
      this.#forget();
    } catch {
      // The connection's banner shows the problem. Rows that are still visible are requested again.
    }
    for (const number of numbers) this.#asked.delete(number);
  }

  #forget(): void {
    for (const number of this.#rows.keys()) {
      if (this.#rows.size <= cacheLimit) return;
      this.#rows.delete(number);
    }
  }
}
