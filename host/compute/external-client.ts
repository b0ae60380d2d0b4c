/** The compute process's questions to the host's external programs; answers come by number, in any order. */
import type { RawScores } from '../../engine/objectives/types.ts';
import type { OutsideScores } from '../external/external-scorers.ts';
import type { FailureData } from '../workers/failure.ts';
import { revived } from '../workers/failure.ts';
import type { FromCompute } from './messages.ts';

interface Waiting {
  readonly resolve: (columns: RawScores[]) => void;
  readonly reject: (error: Error) => void;
}

export class OutsideClient {
  readonly #say: (message: FromCompute) => Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(say: (message: FromCompute) => Promise<void>) {
    this.#say = say;
  }

  score: OutsideScores = (sequences) =>
    new Promise((resolve, reject) => {
      const ask = ++this.#last;
      this.#waiting.set(ask, { resolve, reject });
      this.#say({ type: 'ask-outside', ask, sequences }).catch(reject);
    });

  answered(ask: number, columns: readonly RawScores[]): void {
    this.#take(ask)?.resolve([...columns]);
  }

  failed(ask: number, error: FailureData): void {
    this.#take(ask)?.reject(revived(error));
  }

  #take(ask: number): Waiting | undefined {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    return waiting;
  }
}
