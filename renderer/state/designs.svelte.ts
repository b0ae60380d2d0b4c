/** @file The designs of the workspace with their runs, kept current by the host's events. */
import type { Result, RunSummary } from '../../contract/api.ts';
import type { Client } from '../client.ts';
import { Resource } from './resource.svelte.ts';

export type DesignItem = Result<'design.list'>[number];

export class DesignList {
  #client: Client;
  #list: Resource<DesignItem[]>;
  #items: DesignItem[] = $derived.by(() => newestFirst(this.#list.value ?? []));

  constructor(client: Client) {
    this.#client = client;
    this.#list = new Resource(() => client.invoke('design.list', {}));
  }

  get resource(): Resource<DesignItem[]> {
    return this.#list;
  }

  get items(): readonly DesignItem[] {
    return this.#items;
  }

  /** Reads the list and follows every run. @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('runs', {}, (summary) => this.#take(summary));
    void this.#list.refresh();
    return end;
  }

  async delete(designId: number): Promise<void> {
    await this.#client.invoke('design.delete', { designId });
    this.#list.set((this.#list.value ?? []).filter(({ id }) => id !== designId));
  }

  /** Starts the design once more with the next unused seed. */
  async runAgain(design: DesignItem): Promise<RunSummary> {
    const seed = 1 + Math.max(0, ...design.runs.map((run) => run.seed));
    return this.#client.invoke('run.start', { designId: design.id, seed });
  }

  #take(summary: RunSummary): void {
    const list = this.#list.value;
    if (list === undefined) return;
    const known = list.some(({ id }) => id === summary.designId);
    if (known) this.#list.set(list.map((design) => (design.id === summary.designId ? withRun(design, summary) : design)));
    else void this.#list.refresh();
  }
}

function withRun(design: DesignItem, summary: RunSummary): DesignItem {
  const others = design.runs.filter(({ id }) => id !== summary.id);
  return { ...design, runs: [...others, summary] };
}

function newestFirst(list: readonly DesignItem[]): DesignItem[] {
  const runs = (design: DesignItem): RunSummary[] => design.runs.toSorted((a, b) => b.id - a.id);
  return list.map((design) => ({ ...design, runs: runs(design) })).toSorted((a, b) => b.id - a.id);
}
