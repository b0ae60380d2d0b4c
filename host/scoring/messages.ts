/** What a scoring worker thread and the pool say to each other; structured-cloneable. */
import type { PinnedFile } from '../../db/index.ts';
import type { ScoredSequence, ScoringRequest } from '../../engine/objectives/types.ts';

/** Given at the thread's start. */
export interface ScoringWorkerData {
  /** Its structures are SMILES by now: workers look no name up. */
  readonly request: ScoringRequest;
  /** Most molecules whose scores are kept; the engine's own number when omitted. */
  readonly remembered?: number;
  /** Files of predictors whose content must be unchanged. */
  readonly pins: readonly PinnedFile[];
}

/** A batch to score. */
export type ScoringQuestion = readonly string[];

/** One entry per sequence, in order. */
export type ScoringAnswer = ScoredSequence[];
