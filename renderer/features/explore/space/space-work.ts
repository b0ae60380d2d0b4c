/** @file The input and the tools for maps and clusters of candidates. */
import type { Fingerprints } from './fingerprints.ts';
import type { RunJob } from './jobs.ts';
import type { Progress } from './pca.ts';

/** The candidates that are loaded, and those of them that pass the filters. */
export interface SpaceSource {
  readonly runId: number;
  readonly count: number;
  readonly shown: Int32Array;
}

export interface SpaceWork {
  readonly runJob: RunJob;
  /**
   * Fingerprints of all loaded candidates. Missing ones are read.
   * @throws ContractError, AbortError; what was read is kept
   */
  fingerprints(progress: Progress, signal: AbortSignal): Promise<Fingerprints>;
}
