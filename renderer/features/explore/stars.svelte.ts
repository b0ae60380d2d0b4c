/** @file The stars of a run's candidates, set and removed in bulk, with undo. */
import type { Client } from '../../link/client.ts';

/** Undoes the last change of stars. */
export type Undo = () => Promise<void>;

export class Stars {
  #client: Client;
  #idOf: (number: number) => number;
  #numbers: ReadonlySet<number> = $state.raw(new Set());

  /** @param idOf returns a candidate's id for its number */
  constructor(client: Client, idOf: (number: number) => number) {
    this.#client = client;
    this.#idOf = idOf;
  }

  get numbers(): ReadonlySet<number> {
    return this.#numbers;
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  set(numbers: Iterable<number>): void {
    this.#numbers = new Set(numbers);
  }

  /**
   * Stars those that are not starred.
   * @throws ContractError if the host did not store them
   */
  async add(numbers: readonly number[]): Promise<Undo> {
    const fresh = numbers.filter((number) => !this.has(number));
    await this.#client.invoke('explore.star', {
      stars: fresh.map((number) => ({ candidateId: this.#idOf(number), note: '' })),
    });
    this.#numbers = new Set([...this.#numbers, ...fresh]);
    return async () => void (await this.remove(fresh));
  }

  /**
   * Removes stars. Undo restores their notes too.
   * @throws ContractError if the host did not store the change
   */
  async remove(numbers: readonly number[]): Promise<Undo> {
    const gone = new Set(numbers.filter((number) => this.has(number)));
    const { removed } = await this.#client.invoke('explore.unstar', { candidateIds: [...gone].map(this.#idOf) });
    this.#numbers = new Set([...this.#numbers].filter((number) => !gone.has(number)));
    return async () => {
      await this.#client.invoke('explore.star', { stars: removed });
      this.#numbers = new Set([...this.#numbers, ...gone]);
    };
  }
}
