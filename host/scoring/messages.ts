/** What a scoring worker thread and the pool say to each other; structured-cloneable. */
import type { PinnedFile } from '../../db/index.ts';
import type { ScoredSequence, ScoringRequest } from '../../engine/objectives/types.ts';

/** Given at the thread's start. */
export interface ScoringWorkerData {
  /** Its structures are SMILES by now: workers look no name up. */
  readonly request: ScoringRequest;
  /** Most molecules whose scores are kept; the engine's own number where left out. */
  readonly remembered?: number;
  /** Predictors' files that must be the same as ever. */
  readonly pins: readonly PinnedFile[];
}

/** An error as plain data: a clone would lose its class. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  /** Of a ParameterError. */
  readonly parameter?: string;
}

/** Worker -> pool. The first message says whether the start succeeded. */
export type ScoringAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'scored'; readonly scored: ScoredSequence[] }
  | { readonly type: 'failed'; readonly error: ErrorData };

/** Pool -> worker: a batch to score. The next batch waits for the answer. */
export interface ScoringQuestion {
  readonly sequences: readonly string[];
}
