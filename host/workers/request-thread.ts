/** A worker thread that answers questions. */
import { resolve } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import { programFolder } from '../base/paths.ts';
import { type Port, type Question, type Reply, type RequestOptions, Requests, type StartQuestion } from './requests.ts';

export interface ThreadOptions {
  /** Under dist/host, or a whole path. */
  readonly script: string;
  /** Given to the thread at its start; structured-cloneable. */
  readonly data: unknown;
  /** As it starts a sentence: "A scoring worker". */
  readonly name: string;
  /** The error for a thread that is lost; by default an Error. */
  readonly lost?: (why: string) => Error;
  /** Gets messages of the thread that are no replies. */
  readonly onMessage?: (message: unknown) => void;
  /** Called when the thread has ended, for whatever reason. */
  readonly onEnd?: () => void;
}

export class RequestThread<Q, Answer, Progress = never> {
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  readonly #requests = new Requests<Answer, Progress>();

  constructor(options: ThreadOptions) {
    const { script, data, name, onMessage, onEnd } = options;
    this.#options = options;
    this.#worker = new Worker(resolve(programFolder, 'dist', 'host', script), { workerData: data });
    this.#worker.on('message', (message: object) => {
      if ('id' in message && 'type' in message) this.#requests.take(message as Reply<Answer, Progress>);
      else onMessage?.(message);
    });
    this.#worker.on('error', (error: Error) => this.lose(`${name} crashed: ${error.message}`));
    this.#worker.on('exit', (code) => {
      onEnd?.();
      this.lose(`${name} ended with code ${code}`);
    });
  }

  /** Questions without an answer. */
  get open(): number {
    return this.#requests.size;
  }

  /** Resolves when the thread is ready. @throws what its start failed with */
  async ready(options?: RequestOptions<Progress>): Promise<void> {
    await this.#requests.ask((id) => this.send({ id, start: true } satisfies StartQuestion), options);
  }

  /** @throws what the answer failed with, or why the thread was lost */
  ask(question: Q, options?: RequestOptions<Progress>): Promise<Answer> {
    return this.#requests.ask((id) => this.send({ id, question } satisfies Question<Q>), options);
  }

  /** A message that asks for no answer. */
  send(message: unknown): void {
    this.#worker.postMessage(message);
  }

  /** All open questions fail, and all later ones. The thread itself goes on until `end`. */
  lose(why: string): void {
    this.#requests.lose(this.#options.lost?.(why) ?? new Error(why));
  }

  /** At once, whatever is under way. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The thread's side of its channel. */
export const threadPort: Port = {
  on: (hear) => parentPort?.on('message', hear),
  post: (reply, transfer) => parentPort?.postMessage(reply, transfer),
};
