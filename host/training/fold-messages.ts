/** @file Messages between the training of a predictor and its worker threads. */
import type { Bound } from '../../engine/learn/user-predictor/measurement.ts';
import type { TaskKind } from '../../engine/learn/user-predictor/task.ts';
import type { MessageShape, MessageWeights } from '../../engine/predictor/message-passing.ts';

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
  /** Mean and standard deviation of the training values; 0 and 1 for two classes. */
  readonly mean: number;
  readonly deviation: number;
  /** For each held-out molecule: a value, or log-odds; null for one that is too large. */
  readonly outputs: readonly (number | null)[];
}
