/**
 * @file Jobs over all candidates' fingerprints. They take seconds, so they run in a web worker: each job with its
 * result, and how one is run.
 */
import type { Clustering } from './clusters.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Progress } from './pca.ts';

/** Positions of candidates on a map. */
export interface Placed {
  /** By number; NaN where a candidate is not on the map. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Shares of the total variance along the axes; only for principal components. */
  readonly shares?: readonly [number, number];
}

export interface Jobs {
  /** Principal components of all candidates; null if no two of them differ. */
  readonly pca: { readonly params: { readonly fingerprints: Fingerprints }; readonly result: Placed | null };
  /** UMAP of the given numbers only; null if there are too few. */
  readonly umap: {
    readonly params: { readonly fingerprints: Fingerprints; readonly numbers: Int32Array };
    readonly result: Placed | null;
  };
  /** Clusters of the numbers, given best first. */
  readonly clusters: {
    readonly params: { readonly fingerprints: Fingerprints; readonly numbers: Int32Array; readonly least: number };
    readonly result: Clustering;
  };
}

type JobName = keyof Jobs;

/** To the worker. */
export interface JobRequest {
  readonly name: JobName;
  readonly params: Jobs[JobName]['params'];
}

/** From the worker. */
export type JobNews =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Runs a job; rejects with an AbortError when the signal is aborted.
 * @throws Error with the worker's message
 */
export type RunJob = <N extends JobName>(
  name: N,
  params: Jobs[N]['params'],
  progress: Progress,
  signal: AbortSignal,
) => Promise<Jobs[N]['result']>;

/** Runs a job in its own web worker, which ends with the job. */
export const runInWorker: RunJob = (name, params, progress, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(new DOMException('Cancelled', 'AbortError'))), {
      once: true,
    });
    worker.addEventListener('error', (event) =>
      end(() => reject(new Error(event.message || 'The computation could not be started.'))),
    );
    worker.addEventListener('message', ({ data: news }: MessageEvent<JobNews>) => {
      if (news.type === 'progress') progress(news.share);
      else if (news.type === 'done') end(() => resolve(news.result as never));
      else end(() => reject(new Error(news.message)));
    });
    worker.postMessage({ name, params } satisfies JobRequest);
  });
