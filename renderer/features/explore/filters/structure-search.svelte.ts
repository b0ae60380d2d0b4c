/**
 * @file Candidates by what they contain or resemble: a substructure as a filter, the similarity to a molecule as a
 * quantity of its own.
 */
import { bytesOf } from '../../../lib/base64.ts';
import { count as countText } from '../../../lib/format.ts';
import type { Client } from '../../../link/client.ts';
import { Task } from '../../../state/task.svelte.ts';
import type { Quantity } from '../quantities.ts';
import type { Filters } from './filters.svelte.ts';

/** Candidates a request: about a second on one core. */
const stretch = 4096;
export const SUBSTRUCTURE = 'substructure';
const SIMILARITY = 'similarity';

/** What a search reads of the view, and what it leaves there. */
interface Searched {
  readonly runId: number;
  readonly count: number;
  readonly filters: Pick<Filters, 'external' | 'setExternal'>;
  setExtra(quantity: Quantity): void;
  removeExtra(key: string): void;
}

/** One search at a time, renewed for the candidates that come later. */
abstract class Search {
  readonly task = new Task();
  protected readonly client: Client;
  protected readonly explorer: Searched;
  #wanted = $state('');
  /** Candidates that were looked at for the present search. */
  #looked = 0;

  constructor(client: Client, explorer: Searched) {
    this.client = client;
    this.explorer = explorer;
  }

  /** What is looked for; '' for nothing. */
  get wanted(): string {
    return this.#wanted;
  }

  /** Looks for something else, or for nothing with ''. */
  async look(wanted: string): Promise<void> {
    this.#wanted = wanted.trim();
    this.#looked = 0;
    this.clear();
    if (this.#wanted === '') return this.task.cancel();
    await this.extend();
  }

  /** Looks at the candidates that have come since. */
  async extend(): Promise<void> {
    const { count } = this.explorer;
    if (this.#wanted === '' || this.#looked >= count) return;
    await this.task.run(async (signal) => {
      while (this.#looked < count) {
        this.task.step(`Searching ${countText(count)} structures…`, this.#looked / count);
        const from = this.#looked;
        const limit = Math.min(stretch, count - from);
        await this.read(this.#wanted, from, limit, signal);
        this.#looked = from + limit;
      }
      this.publish(this.#wanted);
    });
  }

  /**
   * @param looked number of candidates already searched
   * @param recall restores the matches
   * @returns a function that resumes the current search, whatever happened since
   */
  protected resumed(looked: number, recall: () => void): () => void {
    const wanted = this.#wanted;
    return () => {
      this.task.cancel();
      this.#wanted = wanted;
      this.#looked = looked;
      recall();
      void this.extend();
    };
  }

  /** Forgets what was found. */
  protected abstract clear(): void;
  /** Reads a part. @throws ContractError if the query cannot be read; AbortError */
  protected abstract read(wanted: string, from: number, limit: number, signal: AbortSignal): Promise<void>;
  /** Shows what was found so far. */
  protected abstract publish(wanted: string): void;
}

export class SubstructureSearch extends Search {
  #mask = new Uint8Array(0);

  protected clear(): void {
    this.#mask = new Uint8Array(0);
    if (this.explorer.filters.external(SUBSTRUCTURE) !== undefined)
      this.explorer.filters.setExternal(SUBSTRUCTURE, undefined);
  }

  protected async read(smarts: string, from: number, limit: number, signal: AbortSignal): Promise<void> {
    const { matches } = await this.client.invoke('space.matches', { runId: this.explorer.runId, smarts, from, limit });
    signal.throwIfAborted();
    this.#mask = extended(this.#mask, new Uint8Array(bytesOf(matches)), from, new Uint8Array(from + limit));
  }

  protected publish(smarts: string): void {
    const mask = this.#mask;
    this.explorer.filters.setExternal(SUBSTRUCTURE, {
      label: `Has ${smarts}`,
      mask,
      resume: this.resumed(mask.length, () => (this.#mask = mask)),
    });
  }
}

export class SimilaritySearch extends Search {
  #values = new Float32Array(0);

  protected clear(): void {
    this.#values = new Float32Array(0);
    this.explorer.removeExtra(SIMILARITY);
  }

  protected async read(reference: string, from: number, limit: number, signal: AbortSignal): Promise<void> {
    const { values } = await this.client.invoke('space.similarity', {
      runId: this.explorer.runId,
      reference,
      from,
      limit,
    });
    signal.throwIfAborted();
    this.#values = extended(this.#values, new Float32Array(bytesOf(values)), from, new Float32Array(from + limit));
  }

  protected publish(reference: string): void {
    const values = this.#values;
    const recall = (): void => {
      this.#values = values;
      this.publish(reference);
    };
    this.explorer.setExtra({
      key: SIMILARITY,
      label: `Similarity to ${reference}`,
      unit: '',
      values,
      resume: this.resumed(values.length, recall),
    });
  }
}

/** The known values with a batch appended, in a longer array. */
function extended<T extends Uint8Array | Float32Array>(known: T, part: T, from: number, whole: T): T {
  whole.set(known.subarray(0, from));
  whole.set(part, from);
  return whole;
}
