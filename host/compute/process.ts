/**
 * The host's side of a compute process. A run is a stream of messages in both directions, not a question with an
 * answer, so this is no RequestProcess; `Channel` asks questions over it.
 */
import type { ExternalScores } from '../external/external-scorers.ts';
import { Child } from '../workers/child.ts';
import { failureData } from '../workers/failure.ts';
import type { AskExternal, FromCompute, ToCompute } from './messages.ts';

export interface ComputeListener {
  message(message: FromCompute): void;
  /** The process has ended unexpectedly. @param why in plain words */
  lost(why: string): void;
}

/** The external scorers of a process; they end with it. */
export interface Scorers {
  readonly score: ExternalScores;
  dispose(): Promise<void>;
}

export class ComputeProcess {
  readonly #scorers: Scorers | null;
  readonly #child: Child;

  constructor(listener: ComputeListener, scorers: Scorers | null = null) {
    this.#scorers = scorers;
    this.#child = new Child({
      script: 'compute.js',
      name: 'The compute process',
      onMessage: (message) => {
        const one = message as FromCompute;
        if (one.type === 'ask-external') void this.#score(one);
        else listener.message(one);
      },
      onEnd: (why, asked) => {
        void this.#scorers?.dispose();
        if (!asked) listener.lost(why);
      },
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** `lost` reports a process that has ended; this does not. */
  send(message: ToCompute): void {
    this.#child.send(message);
  }

  async #score({ id, sequences }: AskExternal): Promise<void> {
    try {
      if (this.#scorers === null) throw new Error('No external scorer is open.');
      this.send({ type: 'external', reply: { id, type: 'answer', answer: await this.#scorers.score(sequences) } });
    } catch (error) {
      this.send({ type: 'external', reply: { id, type: 'failed', error: failureData(error) } });
    }
  }

  /** Ends the process; resolves when it and its scorers are gone. */
  async end(): Promise<void> {
    await this.#child.end();
    await this.#scorers?.dispose();
  }
}
