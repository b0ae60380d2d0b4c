/**
 * @file A value read from the host, with its loading state and the error of the last read. A later read always
 * overrides an earlier one.
 */
import type { ContractError } from '../../contract/api.ts';
import { asContractError } from '../link/client.ts';

export class Resource<T> {
  #load: () => Promise<T>;
  #value: T | undefined = $state.raw();
  #error: ContractError | undefined = $state.raw();
  #loading = $state(false);
  #latest = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  get value(): T | undefined {
    return this.#value;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Replaces the value by what an event brought. */
  set(value: T): void {
    this.#value = value;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#latest;
    this.#loading = true;
    try {
      const value = await this.#load();
      if (turn === this.#latest) this.#settle(value, undefined);
    } catch (error) {
      if (turn === this.#latest) this.#settle(this.#value, asContractError(error));
    }
  }

  #settle(value: T | undefined, error: ContractError | undefined): void {
    this.#value = value;
    this.#error = error;
    this.#loading = false;
  }
}
