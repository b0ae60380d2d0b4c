/**
 * The scoring pool over worker threads, so that RDKit never blocks the process
 * that trains or answers the interface.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PinnedFile } from '../../db/index.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { ScoringPool, type ScoringWorker, WorkerLostError } from '../../engine/objectives/pool.ts';
import type { ScoredSequence, ScoringRequest } from '../../engine/objectives/types.ts';
import { programFolder } from '../base/paths.ts';
import type { ErrorData, ScoringAnswer, ScoringQuestion, ScoringWorkerData } from './messages.ts';

/** A batch of hundreds takes a second or two; beyond this a molecule hangs RDKit. */
const LONGEST_BATCH_MS = 120_000;

export interface ScoringPoolOptions {
  readonly request: ScoringRequest;
  /** Most sequences whose scores are kept; by default those of a long run. */
  readonly remembered?: number;
  /** Predictors' files that must be the same as ever; none where left out. */
  readonly pins?: readonly PinnedFile[];
  /** Threads; by default half the cores, at most 4. */
  readonly workers?: number;
  readonly onWorkerLost?: (error: WorkerLostError) => void;
  /** The bundled host/scoring-worker.ts; by default the one of the build. */
  readonly script?: string;
}

/**
 * Resolves when all threads are ready.
 * @throws ParameterError, or an Error with the worker's message, where the request cannot be prepared
 */
export async function startScoringPool(options: ScoringPoolOptions): Promise<ScoringPool> {
  const { request, remembered, onWorkerLost, pins = [], workers = defaultWorkers() } = options;
  const script = options.script ?? join(programFolder, 'dist', 'host', 'scoring-worker.js');
  const pool = new ScoringPool({
    request,
    workers,
    remembered,
    onWorkerLost,
    startWorker: () => ThreadWorker.start(script, { request, remembered, pins }),
  });
  try {
    await pool.ready();
    return pool;
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

function defaultWorkers(): number {
  return Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
}

interface Waiting {
  readonly resolve: (answer: ScoringAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One thread. Questions and answers alternate, so an answer is always to the last question. */
class ThreadWorker implements ScoringWorker {
  readonly #thread: Worker;
  #waiting: Waiting | null = null;
  /** Why the thread can no longer be asked; it may end between two questions. */
  #lost: WorkerLostError | null = null;

  private constructor(thread: Worker) {
    this.#thread = thread;
    thread.on('message', (answer: ScoringAnswer) =>
      this.#settle((waiting) =>
        answer.type === 'failed' ? waiting.reject(revive(answer.error)) : waiting.resolve(answer),
      ),
    );
    thread.on('error', (error: Error) => this.#lose(`crashed: ${error.message}`));
    thread.on('exit', (code) => this.#lose(`ended with code ${code}`));
  }

  static async start(script: string, workerData: ScoringWorkerData): Promise<ThreadWorker> {
    const worker = new ThreadWorker(new Worker(script, { workerData }));
    try {
      await worker.#answer();
      return worker;
    } catch (error) {
      await worker.dispose();
      throw error;
    }
  }

  async score(sequences: readonly string[]): Promise<ScoredSequence[]> {
    const question: ScoringQuestion = { sequences };
    this.#thread.postMessage(question);
    const answer = await this.#answer();
    if (answer.type !== 'scored') throw new WorkerLostError('A scoring worker answered out of turn');
    return answer.scored;
  }

  #answer(): Promise<ScoringAnswer> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(`gave no answer for ${LONGEST_BATCH_MS / 1000} s`), LONGEST_BATCH_MS);
      this.#waiting = { resolve, reject, timer };
    });
  }

  #lose(what: string): void {
    const lost = (this.#lost ??= new WorkerLostError(`A scoring worker ${what}`));
    this.#settle((waiting) => waiting.reject(lost));
  }

  #settle(end: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    clearTimeout(waiting.timer);
    end(waiting);
  }

  async dispose(): Promise<void> {
    await this.#thread.terminate();
  }
}

function revive({ name, message, parameter }: ErrorData): Error {
  if (name === 'RdkitCrash') return new WorkerLostError(message);
  if (name === 'ParameterError' && parameter !== undefined) return new ParameterError(parameter, message);
  return Object.assign(new Error(message), { name });
}
