/** @file The stars of a run's candidates, given and taken by the hundred, with a way back. */
import type { Client } from '../../link/client.ts';

/** Takes the last change of stars back. */
export type Undo = () => Promise<void>;

export class Stars {
  #client: Client;
  #idOf: (number: number) => number;
  #numbers: ReadonlySet<number> = $state.raw(new Set());

  /** @param idOf the id of a candidate's number */
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

  /** Stars those that are not starred. @throws ContractError where the host did not keep them */
  async add(numbers: readonly number[]): Promise<Undo> {
    const fresh = numbers.filter((number) => !this.has(number));
    await this.#client.invoke('explore.star', {
      stars: fresh.map((number) => ({ candidateId: this.#idOf(number), note: '' })),
    });
    this.#numbers = new Set([...this.#numbers, ...fresh]);
    return async () => void (await this.remove(fresh));
  }

  /** Takes stars away; the way back gives their notes back too. @throws ContractError where the host did not */
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
