/** @file The runs of a comparison: available runs, chosen runs, and their results. */
import type { ComparableRun, Result } from '../../../contract/api.ts';
import { groupsOf, refusal, type RunGroup } from '../../lib/compare.ts';
import type { Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

/** The maximum that the host compares. */
const mostCompared = 12;

export class Comparison {
  #client: Client;
  readonly list: Resource<ComparableRun[]>;
  readonly compared: Resource<Result<'comparison.get'> | null>;
  #ids: readonly number[] = $state.raw([]);
  #chosen: ComparableRun[] = $derived.by(() =>
    this.#ids.flatMap((id) => (this.list.value ?? []).find(({ summary }) => summary.id === id) ?? []),
  );
  #groups: RunGroup[] = $derived.by(() => groupsOf(this.compared.value?.runs ?? []));

  /** @param ids of the runs selected at first */
  constructor(client: Client, ids: readonly number[]) {
    this.#client = client;
    this.#ids = ids.slice(0, mostCompared);
    this.list = new Resource(() => client.invoke('comparison.runs', {}));
    this.compared = new Resource(() => this.#read());
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  get groups(): readonly RunGroup[] {
    return this.#groups;
  }

  /** Why a run cannot be added; null if it can, or if it is already chosen. */
  refusal(run: ComparableRun): string | null {
    if (this.#ids.includes(run.summary.id)) return null;
    return this.#ids.length >= mostCompared ? `${mostCompared} runs are the most` : refusal(run, this.#chosen);
  }

  /** Adds a run or removes it. */
  async toggle(id: number): Promise<void> {
    this.#ids = this.#ids.includes(id) ? this.#ids.filter((one) => one !== id) : [...this.#ids, id];
    await this.compared.refresh();
  }

  async #read(): Promise<Result<'comparison.get'> | null> {
    return this.#ids.length === 0 ? null : this.#client.invoke('comparison.get', { runIds: [...this.#ids] });
  }
}
