/**
 * @file Worker threads that train the folds of a predictor side by side; which thread trains a fold changes nothing.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { programFolder } from '../base/paths.ts';
import { revived } from '../workers/failure.ts';
import type { FoldAnswer, FoldQuestion, FoldWorkerData, FromFold } from './fold-messages.ts';

export interface FoldPoolOptions {
  readonly data: FoldWorkerData;
  readonly questions: readonly FoldQuestion[];
  /** Threads. */
  readonly workers: number;
  /** Hears of the share of all folds that is done. */
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * @returns an answer for each question, in order
 * @throws the abort's reason, or what the first failure threw; no thread is left then
 */
export async function trainFolds({
  data,
  questions,
  workers,
  onProgress,
  signal,
}: FoldPoolOptions): Promise<FoldAnswer[]> {
  const answers: FoldAnswer[] = [];
  const shares = new Array<number>(questions.length).fill(0);
  const waiting = [...questions.keys()];
  const threads = Array.from({ length: Math.min(workers, questions.length) }, () => new FoldThread(data));
  const work = async (thread: FoldThread): Promise<void> => {
    await thread.ready;
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const at = i;
      answers[at] = await thread.ask(questions[at], (share) => {
        shares[at] = share;
        onProgress(shares.reduce((sum, one) => sum + one, 0) / shares.length);
      });
      shares[at] = 1;
    }
  };
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    signal?.throwIfAborted();
    await Promise.race([Promise.all(threads.map(work)), stopped]);
    return answers;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

interface Waiting {
  readonly resolve: (message: FromFold) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (share: number) => void;
}

/** One thread; questions and answers alternate. */
class FoldThread {
  readonly ready: Promise<FromFold>;
  readonly #worker: Worker;
  #waiting: Waiting | null = null;

  constructor(workerData: FoldWorkerData) {
    this.#worker = new Worker(join(programFolder, 'dist', 'host', 'fold-worker.js'), { workerData });
    this.#worker.on('message', (message: FromFold) => this.#take(message));
    this.#worker.on('error', (error: Error) => this.#waiting?.reject(error));
    this.#worker.on('exit', (code) => this.#waiting?.reject(new Error(`A training thread ended with code ${code}.`)));
    this.ready = this.#answer(() => undefined);
    // Whoever waits hears of it; a thread that is ended before it is ready is no failure.
    this.ready.catch(() => undefined);
  }

  async ask(question: FoldQuestion, onProgress: (share: number) => void): Promise<FoldAnswer> {
    const answer = this.#answer(onProgress);
    this.#worker.postMessage(question);
    const message = await answer;
    if (message.type !== 'trained') throw new Error('A training thread answered out of turn.');
    return message.answer;
  }

  #answer(onProgress: (share: number) => void): Promise<FromFold> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, onProgress };
    });
  }

  #take(message: FromFold): void {
    if (message.type === 'progress') this.#waiting?.onProgress(message.share);
    else if (message.type === 'failed') this.#waiting?.reject(revived(message.error));
    else this.#waiting?.resolve(message);
  }

  async end(): Promise<void> {
    this.#waiting = null;
    await this.#worker.terminate();
  }
}
