/** @file Which candidates the predictors of a run's goals know the like of: asked of the host when the user wants to filter by it. */
import type { Client } from '../client.ts';
import { bytesOf } from '../lib/explore/table.ts';
import type { ExternalFilter } from './explore-filters.svelte.ts';
import { Task } from './task.svelte.ts';

/** Key of the filter. */
export const DOMAIN = 'domain';

export interface DomainSource {
  readonly runId: number;
  readonly count: number;
  /** What a goal is called. */
  goalName(goal: number): string;
  readonly filters: { external(key: string): ExternalFilter | undefined; setExternal(key: string, filter: ExternalFilter | undefined): void };
}

/** Candidates a request. */
const batch = 500;
/** What the host answers for a candidate that is like the training data. */
const INSIDE = 1;

export class SpaceDomain {
  readonly task = new Task();
  #client: Client;
  #of: DomainSource;
  #goals: readonly number[] | undefined = $state.raw();
  #chosen: ReadonlySet<number> = $state.raw(new Set());
  #outside = $state(0);
  /** Goal after goal for each candidate checked so far. */
  #rows: number[] = [];

  constructor(client: Client, of: DomainSource) {
    this.#client = client;
    this.#of = of;
  }

  /** Places of the goals whose predictor can tell; undefined until it is known. */
  get goals(): readonly number[] | undefined {
    return this.#goals;
  }

  /** Candidates that the filter leaves out. */
  get outside(): number {
    return this.#outside;
  }

  /** Whether only what the predictor of a goal knows the like of is let through, or soon will be. */
  has(goal: number): boolean {
    return this.#chosen.has(goal);
  }

  /** Learns which goals can tell; nothing is computed. A failure is tried again at the next look. */
  async learn(): Promise<void> {
    if (this.#goals !== undefined) return;
    await this.task.run(async () => {
      this.task.step('Asking the predictors', 0);
      this.#goals = (await this.#client.invoke('space.domain', { runId: this.#of.runId, numbers: [] })).goals;
    });
  }

  async choose(goal: number, on: boolean): Promise<void> {
    const chosen = new Set(this.#chosen);
    if (on) chosen.add(goal);
    else chosen.delete(goal);
    this.#chosen = chosen;
    await this.extend();
  }

  /** Ends the filter. */
  clear(): void {
    this.task.cancel();
    this.#chosen = new Set();
    this.#of.filters.setExternal(DOMAIN, undefined);
  }

  /** Checks the candidates that are not checked yet, and renews the filter. */
  async extend(): Promise<void> {
    if (this.#chosen.size === 0) return this.clear();
    await this.task.run(async (signal) => {
      const width = this.#goals?.length ?? 0;
      for (let from = this.#rows.length / width; from < this.#of.count; from = this.#rows.length / width) {
        this.task.step('Asking the predictors', from / this.#of.count);
        const numbers = Array.from({ length: Math.min(batch, this.#of.count - from) }, (_, i) => from + i);
        const { inside } = await this.#client.invoke('space.domain', { runId: this.#of.runId, numbers });
        signal.throwIfAborted();
        this.#rows.push(...new Uint8Array(bytesOf(inside)));
      }
      this.#filter(width);
    });
  }

  #filter(width: number): void {
    const places = (this.#goals ?? []).flatMap((goal, place) => (this.#chosen.has(goal) ? [place] : []));
    const mask = Uint8Array.from({ length: this.#rows.length / width }, (_, number) => Number(places.every((place) => this.#rows[number * width + place] === INSIDE)));
    this.#outside = mask.reduce((sum, bit) => sum + 1 - bit, 0);
    const chosen = this.#chosen;
    const resume = (): void => {
      this.#chosen = chosen;
      void this.extend();
    };
    this.#of.filters.setExternal(DOMAIN, { label: `Known to the predictor of ${[...chosen].map((goal) => this.#of.goalName(goal)).join(' and ')}`, mask, resume });
  }
}
