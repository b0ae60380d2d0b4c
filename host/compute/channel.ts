/** Questions to a compute process of one's own, one at a time. */
import { ContractError } from '../../contract/api.ts';
import type { Outside } from '../external/external-scorers.ts';
import { revived } from '../workers/failure.ts';
import type { FromCompute } from './messages.ts';
import { type ComputeListener, ComputeProcess } from './process.ts';

export class Channel {
  readonly process: ComputeProcess;
  #waiting: { resolve: (message: FromCompute) => void; reject: (error: Error) => void } | null = null;
  #lost: Error | null = null;

  /** @param outside programs that score for the process */
  constructor(outside: Outside | null = null) {
    const listener: ComputeListener = {
      message: (message) =>
        message.type === 'failed' ? this.#waiting?.reject(revived(message.error)) : this.#waiting?.resolve(message),
      lost: (why) => {
        this.#lost = new ContractError('failed', `${why} Try again.`);
        this.#waiting?.reject(this.#lost);
      },
    };
    this.process = new ComputeProcess(listener, outside);
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  ask(message: Parameters<ComputeProcess['say']>[0]): Promise<FromCompute> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.process.say(message);
    });
  }
}
