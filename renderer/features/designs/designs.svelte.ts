/** @file The designs of the workspace with their runs, updated by the host's events. */
import type { Problem, Result, RunSummary } from '../../../contract/api.ts';
import { modalityWords } from '../../lib/modalities.ts';
import type { Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

export type DesignItem = Result<'design.list'>[number];
export type Shelf = 'current' | 'archived';
export type DesignOrder = 'newest' | 'used' | 'best' | 'name';

export class DesignList {
  #client: Client;
  #list: Resource<DesignItem[]>;
  #items: DesignItem[] = $derived.by(() => newestFirst(this.#list.value ?? []));
  text = $state('');
  shelf: Shelf = $state('current');
  order: DesignOrder = $state('newest');
  #shown: DesignItem[] = $derived.by(() =>
    this.#items
      .filter((item) => item.archived === (this.shelf === 'archived') && matches(item, this.text))
      .sort(comparers[this.order]),
  );

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

  /** Designs of the current list that match the search, in order. */
  get shown(): readonly DesignItem[] {
    return this.#shown;
  }

  /** Whether the other list has any designs. */
  get hasArchived(): boolean {
    return this.#items.some(({ archived }) => archived);
  }

  /**
   * Reads the list and follows every run.
   * @returns a function that stops following
   */
  follow(): () => void {
    const end = this.#client.subscribe('run.summary', {}, (summary) => this.#take(summary));
    void this.#list.refresh();
    return end;
  }

  /** @returns a function that restores the design with all its runs */
  async delete(designId: number): Promise<() => Promise<void>> {
    await this.#client.invoke('design.delete', { designId });
    this.#list.set((this.#list.value ?? []).filter(({ id }) => id !== designId));
    return async () => {
      await this.#client.invoke('design.restore', { designId });
      await this.#list.refresh();
    };
  }

  async archive(designId: number, archived: boolean): Promise<void> {
    await this.#client.invoke('design.archive', { designId, archived });
    this.#list.set((this.#list.value ?? []).map((item) => (item.id === designId ? { ...item, archived } : item)));
    if (!this.hasArchived) this.shelf = 'current';
  }

  /** The design as a design file. */
  async file(designId: number): Promise<string> {
    return (await this.#client.invoke('design.get', { designId })).toml;
  }

  /**
   * Adds the design of a file.
   * @returns its problems; if there are any, nothing was added
   */
  async add(toml: string): Promise<{ readonly name: string; readonly problems: readonly Problem[] }> {
    const { ok, design, problems } = await this.#client.invoke('design.check', { toml });
    if (!ok || design === undefined) return { name: design?.name ?? '', problems };
    await this.#client.invoke('design.create', { design });
    await this.#list.refresh();
    this.shelf = 'current';
    return { name: design.name, problems: [] };
  }

  /** Starts another run of the design with the next unused seed. */
  async runAgain(design: DesignItem): Promise<RunSummary> {
    const seed = 1 + Math.max(0, ...design.runs.map((run) => run.seed));
    return this.#client.invoke('run.start', { designId: design.id, seed });
  }

  #take(summary: RunSummary): void {
    const list = this.#list.value;
    if (list === undefined) return;
    const known = list.some(({ id }) => id === summary.designId);
    if (known)
      this.#list.set(list.map((design) => (design.id === summary.designId ? withRun(design, summary) : design)));
    else void this.#list.refresh();
  }
}

/** Searches the name, the modality, and the states and methods of its runs. */
function matches({ name, modality, runs }: DesignItem, text: string): boolean {
  const words = [name, modalityWords[modality].label, ...runs.flatMap(({ state, method }) => [state, method])];
  return words.some((word) => word.toLowerCase().includes(text.trim().toLowerCase()));
}

const bestOf = ({ runs }: DesignItem): number => Math.max(-1, ...runs.map(({ best }) => best ?? -1));
const lastUse = ({ created, runs }: DesignItem): string =>
  runs.reduce((latest, { updated }) => (updated > latest ? updated : latest), created);

/** The list is newest first already. */
const comparers: Readonly<Record<DesignOrder, (a: DesignItem, b: DesignItem) => number>> = {
  newest: () => 0,
  used: (a, b) => lastUse(b).localeCompare(lastUse(a)),
  best: (a, b) => bestOf(b) - bestOf(a),
  name: (a, b) => a.name.localeCompare(b.name),
};

function withRun(design: DesignItem, summary: RunSummary): DesignItem {
  const others = design.runs.filter(({ id }) => id !== summary.id);
  return { ...design, runs: [...others, summary] };
}

function newestFirst(list: readonly DesignItem[]): DesignItem[] {
  const runs = (design: DesignItem): RunSummary[] => design.runs.toSorted((a, b) => b.id - a.id);
  return list.map((design) => ({ ...design, runs: runs(design) })).toSorted((a, b) => b.id - a.id);
}
