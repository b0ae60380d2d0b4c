/** @file The preflight of the design being edited, repeated as it changes. */
import type { ContractError, Result } from '../../../contract/api.ts';
import type { Design } from '../../../contract/design-shape.ts';
import { asContractError, type Client } from '../../link/client.ts';

export type Findings = Result<'design.preflight'>;

/** A preflight takes seconds, so it waits until the user pauses. */
const debounceMs = 1200;

export class Preflight {
  #client: Client;
  #findings: Findings | undefined = $state.raw();
  #error: ContractError | undefined = $state.raw();
  #trying = $state(false);
  #turn = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Findings of the current design; undefined before its preflight. */
  get findings(): Findings | undefined {
    return this.#findings;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  get trying(): boolean {
    return this.#trying;
  }

  /**
   * @param design null if it cannot run
   * @returns a function that cancels the preflight
   */
  trySoon(design: Design | null): () => void {
    this.#settle(++this.#turn, undefined, undefined);
    if (design === null) return () => undefined;
    const timer = setTimeout(() => void this.try(design), debounceMs);
    return () => clearTimeout(timer);
  }

  async try(design: Design): Promise<void> {
    const turn = ++this.#turn;
    this.#trying = true;
    try {
      this.#settle(turn, await this.#client.invoke('design.preflight', { design }), undefined);
    } catch (error) {
      this.#settle(turn, undefined, asContractError(error));
    }
  }

  #settle(turn: number, findings: Findings | undefined, error: ContractError | undefined): void {
    if (turn !== this.#turn) return;
    this.#findings = findings;
    this.#error = error;
    this.#trying = false;
  }
}
