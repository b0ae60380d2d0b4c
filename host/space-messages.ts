/** @file What the threads that look at many candidates' structures and the host say to each other; structured-cloneable. */
import type { Domain } from '../engine/objectives/types.ts';
import type { FailureData } from './compute-messages.ts';

/** Given at the thread's start. */
export interface SpaceWorkerData {
  readonly domain: Domain;
}

export interface SpaceQuestion {
  readonly type: 'fingerprints';
  readonly sequences: readonly string[];
}

/** One answer a question, in order. */
export type SpaceAnswer =
  /** Row after row, all zeros for a sequence that cannot be read. */
  | { readonly type: 'fingerprints'; readonly rows: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly error: FailureData };
