/** @file A process of the host's own that answers questions in their order, and may tell how far it is. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { programFolder } from '../base/paths.ts';
import type { FailureData } from './failure.ts';

/** What such a process may say beside its answers. */
export type Said = { readonly type: 'progress' } | { readonly type: 'failed'; readonly error: FailureData };

interface Waiting<From> {
  readonly resolve: (message: From) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((message: From) => void) | undefined;
}

export class AskedProcess<To extends object, From extends { readonly type: string }> {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting: Waiting<From>[] = [];
  #gone = false;

  /** @param script under dist/host @param what it is called, as "The training process" */
  constructor(script: string, what: string) {
    this.#child = fork(join(programFolder, 'dist', 'host', script), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message) => this.#take(message as From | Said));
    this.#ended = new Promise((resolve) => {
      const gone = (why: string) => {
        this.#gone = true;
        for (const waiting of this.#waiting.splice(0)) waiting.reject(new Error(why));
        resolve();
      };
      this.#child.once('exit', (code, signal) =>
        gone(`${what} ${signal === null ? `ended with code ${code}` : `was ended by ${signal}`}. Try again.`),
      );
      this.#child.once(
        'error',
        (error) => this.#child.pid === undefined && gone(`${what} could not be started: ${error.message}`),
      );
    });
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** @throws Error with the name and message of what went wrong there, or that it ended */
  ask(message: To, onProgress?: (message: From) => void): Promise<From> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, onProgress });
      this.#child.send(message, (error) => error && reject(error));
    });
  }

  #take(message: From | Said): void {
    if (message.type === 'progress') return this.#waiting[0]?.onProgress?.(message as From);
    const waiting = this.#waiting.shift();
    if (message.type === 'failed') {
      const { error } = message as Extract<Said, { type: 'failed' }>;
      waiting?.reject(Object.assign(new Error(error.message), { name: error.name }));
    } else waiting?.resolve(message as From);
  }

  /** At once, whatever is under way. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

/** What the process's side does with questions: one after another, however fast they come. */
export function answerInTurn<To>(answer: (message: To) => Promise<void>, failed: (error: unknown) => void): void {
  let tail = Promise.resolve();
  process.on('message', (message: To) => {
    tail = tail.then(() => answer(message)).catch(failed);
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGINT', () => undefined);
}
