/**
 * @file Worker threads that train the folds of a predictor in parallel; results do not depend on which thread trains
 * which fold.
 */
import { WorkerPool } from '../workers/queue.ts';
import { RequestThread } from '../workers/request-thread.ts';
import type { FoldAnswer, FoldQuestion, FoldWorkerData } from './fold-messages.ts';

export interface FoldPoolOptions {
  readonly data: FoldWorkerData;
  readonly questions: readonly FoldQuestion[];
  /** Threads. */
  readonly workers: number;
  /** Gets the share of all folds that is done. */
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
  signal?.throwIfAborted();
  const shares = questions.map(() => 0);
  const tell = (i: number, share: number) => {
    shares[i] = share;
    onProgress(shares.reduce((sum, one) => sum + one, 0) / shares.length);
  };
  const pool = new WorkerPool(Array.from({ length: Math.min(workers, questions.length) }, () => foldThread(data)));
  try {
    return await Promise.all(
      questions.map((question, i) =>
        pool.use((thread) =>
          thread.ask(question, { onProgress: (share) => tell(i, share), ...(signal && { signal }) }),
        ),
      ),
    );
  } finally {
    await Promise.all(pool.workers.map((thread) => thread.end()));
  }
}

const foldThread = (data: FoldWorkerData) =>
  new RequestThread<FoldQuestion, FoldAnswer, number>({ script: 'fold-worker.js', data, name: 'A training thread' });
