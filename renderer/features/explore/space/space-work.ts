/** @file What maps and groups of candidates are made with. */
import type { Fingerprints } from './fingerprints.ts';
import type { RunJob } from './jobs.ts';
import type { Progress } from './pca.ts';

/** What is laid out: the candidates that are read, and those of them that pass the filters. */
export interface SpaceSource {
  readonly runId: number;
  readonly count: number;
  readonly shown: Int32Array;
}

export interface SpaceWork {
  readonly runJob: RunJob;
  /**
   * Of all candidates that the window has, reading what is missing.
   * @throws ContractError, AbortError; what was read is kept
   */
  fingerprints(progress: Progress, signal: AbortSignal): Promise<Fingerprints>;
}
