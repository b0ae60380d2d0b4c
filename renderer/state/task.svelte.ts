/** @file A task of several seconds that a panel shows: in progress, failed, or done. It can be cancelled. */
import { ContractError } from '../../contract/api.ts';
import { asContractError } from '../link/client.ts';

export class Task {
  #running: AbortController | undefined = $state.raw();
  #share = $state(0);
  #what = $state('');
  #error: ContractError | undefined = $state.raw();

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** How far the present step is, from 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** The present step in words. */
  get what(): string {
    return this.#what;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  /** Names the step that starts or continues. */
  step(what: string, share: number): void {
    this.#what = what;
    this.#share = share;
  }

  /** Cancels the current task, then starts. A failure is kept for the panel; cancelling is not a failure. */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel();
    const mine = new AbortController();
    this.#running = mine;
    this.#error = undefined;
    try {
      await work(mine.signal);
    } catch (error) {
      if (!mine.signal.aborted) this.#error = asContractError(error);
    }
    if (this.#running === mine) this.#running = undefined;
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
  }
}
