/**
 * The scoring pool over worker threads, so that RDKit never blocks the process
 * that trains or answers the interface.
 */
import { availableParallelism } from 'node:os';
import type { PinnedFile } from '../../db/index.ts';
import { ScoringPool, type ScoringWorker, WorkerLostError } from '../../engine/objectives/pool.ts';
import type { ScoredSequence, ScoringRequest } from '../../engine/objectives/types.ts';
import { RequestThread } from '../workers/request-thread.ts';
import type { ScoringAnswer, ScoringQuestion, ScoringWorkerData } from './messages.ts';

/** A batch of hundreds takes a second or two; beyond this a molecule hangs RDKit. */
const LONGEST_BATCH_MS = 120_000;

const NAME = 'A scoring worker';

export interface ScoringPoolOptions {
  readonly request: ScoringRequest;
  /** Most sequences whose scores are kept; by default those of a long run. */
  readonly remembered?: number;
  /** Files of predictors whose content must be unchanged; none when omitted. */
  readonly pins?: readonly PinnedFile[];
  /** Threads; by default half the cores, at most 4. */
  readonly workers?: number;
  readonly onWorkerLost?: (error: WorkerLostError) => void;
  /** The bundled worker under dist/host; by default the one of the build. */
  readonly script?: string;
}

/**
 * Resolves when all threads are ready.
 * @throws ParameterError, or an Error with the worker's message, where the request cannot be prepared
 */
export async function startScoringPool(options: ScoringPoolOptions): Promise<ScoringPool> {
  const {
    request,
    remembered,
    onWorkerLost,
    pins = [],
    workers = defaultWorkers(),
    script = 'scoring-worker.js',
  } = options;
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

/** One thread, which is lost when a batch takes too long. */
class ThreadWorker implements ScoringWorker {
  readonly #thread: RequestThread<ScoringQuestion, ScoringAnswer>;
  readonly #options = {
    limit: {
      ms: LONGEST_BATCH_MS,
      passed: () => this.#thread.lose(`${NAME} gave no answer for ${LONGEST_BATCH_MS / 1000} s`),
    },
  };

  private constructor(script: string, data: ScoringWorkerData) {
    this.#thread = new RequestThread({ script, data, name: NAME, lost: (why) => new WorkerLostError(why) });
  }

  static async start(script: string, data: ScoringWorkerData): Promise<ThreadWorker> {
    const worker = new ThreadWorker(script, data);
    try {
      await worker.#thread.ready(worker.#options);
      return worker;
    } catch (error) {
      await worker.dispose();
      throw error;
    }
  }

  /** A crash of RDKit takes its memory with it, so it loses the worker. */
  async score(sequences: readonly string[]): Promise<ScoredSequence[]> {
    try {
      return await this.#thread.ask(sequences, this.#options);
    } catch (error) {
      if (error instanceof Error && error.name === 'RdkitCrash') throw new WorkerLostError(error.message);
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await this.#thread.end();
  }
}
