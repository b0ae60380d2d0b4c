/**
 * @file Intervals of totals from the errors of predicted values, for candidates that somebody looks at. They are an
 * addition to a list: where they cannot be read, the list stays as it is, and the next look asks again.
 */
import type { TotalInterval } from '../../contract/api.ts';
import type { Client } from '../link/client.ts';

/** Long enough for scrolling to end. */
const restMs = 250;
/** Candidates per request, by the contract. */
const most = 500;

export class Intervals {
  #client: Client;
  #runId: number;
  #weights = '';
  #known: ReadonlyMap<number, TotalInterval> = $state.raw(new Map());
  /** A run without predictors that state errors or domains has no intervals. */
  #none = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, runId: number) {
    this.#client = client;
    this.#runId = runId;
  }

  /** Undefined where there is none, or where it is not known yet. */
  of(candidateId: number): TotalInterval | undefined {
    return this.#known.get(candidateId);
  }

  /** Reports which candidates are visible, and the weights of their totals. After a pause, unknown ones are asked. */
  look(ids: readonly number[], weights: readonly number[]): void {
    const written = JSON.stringify(weights);
    if (written !== this.#weights) this.#known = new Map();
    this.#weights = written;
    clearTimeout(this.#resting);
    const missing = ids.filter((id) => !this.#known.has(id)).slice(0, most);
    if (this.#none || missing.length === 0) return;
    this.#resting = setTimeout(() => void this.#ask(missing, weights).catch(() => undefined), restMs);
  }

  stop(): void {
    clearTimeout(this.#resting);
  }

  async #ask(ids: number[], weights: readonly number[]): Promise<void> {
    const { intervals } = await this.#client.invoke('applicability.intervals', {
      runId: this.#runId,
      ids,
      weights: [...weights],
    });
    this.#none = intervals.length === 0;
    if (JSON.stringify(weights) !== this.#weights) return;
    this.#known = new Map([...this.#known, ...intervals.map((one) => [one.id, one] as const)]);
  }
}
