/** @file Lower bounds of all totals, computed when the user sorts by them. */
import type { Client } from '../../link/client.ts';
import { Task } from '../../state/task.svelte.ts';
import type { Quantity } from './quantities.ts';

/** Key of the quantity. */
export const LOWER_BOUND = 'lower-bound';

export interface LowerBoundSource {
  readonly runId: number;
  readonly count: number;
  readonly weights: readonly number[];
  readonly totals: Float32Array;
  readonly table: { readonly ids: Int32Array };
  setExtra(quantity: Quantity): void;
  removeExtra(key: string): void;
  sortBy(key: string): void;
}

/** Candidates per request, by the contract. */
const batch = 500;

export class LowerBounds {
  readonly task = new Task();
  #client: Client;
  #of: LowerBoundSource;
  #offered: boolean | undefined = $state();

  constructor(client: Client, of: LowerBoundSource) {
    this.#client = client;
    this.#of = of;
  }

  /** Whether the run has predicted values with errors. */
  get offered(): boolean {
    return this.#offered === true;
  }

  /** Asks once, about the first candidate. A failure is retried at the next look. */
  async learn(): Promise<void> {
    if (this.#offered !== undefined || this.#of.count === 0) return;
    const [one] = await this.#lows([this.#of.table.ids[0]]);
    this.#offered = one !== undefined;
  }

  /** Computes the bounds with the present weights, then sorts by them. Totals without an interval count as they are. */
  async sort(): Promise<void> {
    await this.task.run(async (signal) => {
      const values = Float32Array.from(this.#of.totals);
      const { ids } = this.#of.table;
      for (let at = 0; at < values.length; at += batch) {
        this.task.step('Computing lower bounds', at / values.length);
        const lows = new Map(await this.#lows([...ids.subarray(at, Math.min(at + batch, values.length))]));
        signal.throwIfAborted();
        for (let i = at; i < Math.min(at + batch, values.length); i++) values[i] = lows.get(ids[i]) ?? values[i];
      }
      this.#of.setExtra({ key: LOWER_BOUND, label: 'Total, lower bound', unit: '', values });
      this.#of.sortBy(LOWER_BOUND);
    });
  }

  /** Bounds with other weights are others. */
  forget(): void {
    this.task.cancel();
    this.#of.removeExtra(LOWER_BOUND);
  }

  async #lows(ids: number[]): Promise<(readonly [number, number])[]> {
    const { runId, weights } = this.#of;
    const { intervals } = await this.#client.invoke('applicability.intervals', { runId, ids, weights: [...weights] });
    return intervals.flatMap(({ id, low }) => (low === null ? [] : [[id, low] as const]));
  }
}
