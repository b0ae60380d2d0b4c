/**
 * @file The best candidates of a run, read page by page as they become visible. While the user is looking (`holding`),
 * better candidates wait until requested, so that nothing moves under the pointer.
 */
import type { Candidate, ContractError } from '../../../contract/api.ts';
import { asContractError, type Client } from '../../link/client.ts';

export interface TopQuery {
  readonly runId: number;
  readonly by: 'total' | number;
  readonly weights?: number[];
  readonly distinctScaffolds: boolean;
  readonly starredOnly: boolean;
}

interface Listing {
  readonly count: number;
  readonly pages: ReadonlyMap<number, readonly Candidate[]>;
}

/** The candidate in the detail panel, and its index in the list when it was opened. */
interface Opened {
  readonly index: number;
  readonly candidate: Candidate;
}

export const pageSize = 60;
const empty: Listing = { count: 0, pages: new Map() };

export class TopList {
  #client: Client;
  #query: TopQuery;
  #shown: Listing = $state.raw(empty);
  #waiting: Listing | undefined = $state.raw();
  #ready = $state(false);
  #error: ContractError | undefined = $state.raw();
  /** A copy, so that the open candidate does not change with the list. */
  #opened: Opened | undefined = $state.raw();
  #holding = false;
  #range: readonly [number, number] = [0, pageSize - 1];
  #version = 0;
  #fetching = new Set<number>();
  #news: number = $derived.by(() => countNews(this.#shown, this.#waiting));

  constructor(client: Client, query: TopQuery) {
    this.#client = client;
    this.#query = query;
  }

  get count(): number {
    return this.#shown.count;
  }

  /** False until the first answer. */
  get ready(): boolean {
    return this.#ready;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  /** Number of visible candidates that would change if the waiting answer were shown. */
  get news(): number {
    return this.#news;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** Opens the candidate at an index. Without a loaded candidate there, nothing changes. */
  open(index: number): void {
    const candidate = this.at(index);
    if (candidate !== undefined) this.#opened = { index, candidate };
  }

  close(): void {
    this.#opened = undefined;
  }

  at(index: number): Candidate | undefined {
    return this.#shown.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Reports which cards are visible. Missing pages are read. */
  look(first: number, last: number): void {
    this.#range = [first, last];
    if (this.#ready) for (const page of pagesOf(first, last)) void this.#fill(page);
  }

  hold(holding: boolean): void {
    this.#holding = holding;
  }

  /** Shows the waiting candidates. */
  show(): void {
    if (this.#waiting === undefined) return;
    this.#shown = this.#waiting;
    this.#waiting = undefined;
    this.look(...this.#range);
  }

  async ask(query: TopQuery): Promise<void> {
    this.#query = query;
    this.#waiting = undefined;
    await this.#read(false);
  }

  async refresh(): Promise<void> {
    await this.#read(this.#holding);
  }

  /** @throws ContractError if the host did not store the star; it is not shown then */
  async star(candidate: Candidate, starred: boolean): Promise<void> {
    await this.#client.invoke('candidate.star', { candidateId: candidate.id, starred });
    this.#shown = withStar(this.#shown, candidate.id, starred);
    if (this.#waiting !== undefined) this.#waiting = withStar(this.#waiting, candidate.id, starred);
    if (this.#opened?.candidate.id === candidate.id)
      this.#opened = { ...this.#opened, candidate: { ...this.#opened.candidate, starred } };
  }

  async #read(wait: boolean): Promise<void> {
    const version = ++this.#version;
    this.#fetching.clear();
    try {
      const listing = await this.#listing();
      if (version !== this.#version) return;
      this.#error = undefined;
      if (wait && this.#ready) this.#waiting = listing;
      else this.#replace(listing);
    } catch (error) {
      if (version === this.#version) this.#error = asContractError(error);
    }
  }

  #replace(listing: Listing): void {
    this.#shown = listing;
    this.#waiting = undefined;
    this.#ready = true;
  }

  async #listing(): Promise<Listing> {
    const wanted = pagesOf(...this.#range);
    const answers = await Promise.all(wanted.map((page) => this.#page(page)));
    const pages = new Map(wanted.map((page, i) => [page, answers[i].candidates]));
    return { count: answers[0].count, pages };
  }

  #page(page: number): Promise<{ count: number; candidates: Candidate[] }> {
    return this.#client.invoke('run.top', { ...this.#query, limit: pageSize, offset: page * pageSize });
  }

  async #fill(page: number): Promise<void> {
    if (this.#shown.pages.has(page) || this.#fetching.has(page) || page * pageSize >= this.#shown.count) return;
    const version = this.#version;
    this.#fetching.add(page);
    try {
      const { count, candidates } = await this.#page(page);
      if (version === this.#version) this.#shown = { count, pages: new Map(this.#shown.pages).set(page, candidates) };
    } catch (error) {
      this.#error = asContractError(error);
    } finally {
      this.#fetching.delete(page);
    }
  }
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / pageSize);
  const to = Math.floor(Math.max(0, last) / pageSize);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function withStar(listing: Listing, id: number, starred: boolean): Listing {
  const mark = (candidate: Candidate): Candidate => (candidate.id === id ? { ...candidate, starred } : candidate);
  return { ...listing, pages: new Map([...listing.pages].map(([page, list]) => [page, list.map(mark)])) };
}

function countNews(shown: Listing, waiting: Listing | undefined): number {
  if (waiting === undefined) return 0;
  const known = new Set([...shown.pages.values()].flat().map(({ id }) => id));
  return [...waiting.pages.values()].flat().filter(({ id }) => !known.has(id)).length;
}
