/** @file What the training of a predictor and its worker threads say to each other. */
import type { Bound } from '../../engine/learn/user-predictor/measurement.ts';
import type { TaskKind } from '../../engine/learn/user-predictor/task.ts';
import type { MessageShape, MessageWeights } from '../../engine/predictor/message-passing.ts';
import type { FailureData } from '../workers/failure.ts';

export interface FoldWorkerData {
  readonly kind: TaskKind;
  readonly shape: MessageShape;
  readonly norm: number;
  readonly molecules: readonly { readonly smiles: string; readonly value: number; readonly bound: Bound }[];
  readonly epochs: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly seed: number;
}

/** Trains on some molecules and predicts others, by their index. */
export interface FoldQuestion {
  readonly fold: number;
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

export interface FoldAnswer {
  readonly weights: MessageWeights;
  /** Of the training's values; 0 and 1 for two classes. */
  readonly mean: number;
  readonly deviation: number;
  /** Of each held-out molecule: amounts, or log-odds; null for one that is too large. */
  readonly outputs: readonly (number | null)[];
}

export type FromFold =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'trained'; readonly answer: FoldAnswer }
  | { readonly type: 'failed'; readonly error: FailureData };
