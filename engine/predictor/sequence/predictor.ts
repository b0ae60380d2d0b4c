/**
 * A predictor of DNA: several networks of one shape that were trained with different seeds, a linear model of words,
 * and the figures from which errors and the applicability domain follow.
 */
import type { Weights } from '../../generator/parameters.ts';
import type { SequenceNetwork } from './network.ts';
import type { WordModel } from './words.ts';

/** One predicted quantity. */
export interface PredictedTask {
  readonly name: string;
  /** Mean and standard deviation of the training values. Networks and words predict in standardised units. */
  readonly mean: number;
  readonly deviation: number;
  readonly blend: Blend;
  /**
   * The part of the error that the spread of the members does not show, in the unit of the task, at the mean
   * prediction; see calibration.ts.
   */
  readonly residual: number;
  /**
   * Increase of the residual's logarithm per standard deviation of the prediction; absent if the residual is constant.
   */
  readonly rise?: number;
  /** Absent for a pure number of which more is wanted. */
  readonly unit?: string;
  readonly wanted?: 'higher' | 'lower';
}

/** Coefficients of the prediction: network * its value + words * theirs + offset. */
export interface Blend {
  readonly network: number;
  readonly words: number;
  readonly offset: number;
}

/** The applicability domain; see applicability.ts. */
export interface ApplicabilityDomain {
  readonly k: number;
  /** Frequency of each k-mer in the training sequences. [4^k] */
  readonly shares: Float32Array;
  /** A sequence with a larger divergence is outside. */
  readonly limit: number;
}

export interface Predictor {
  readonly network: SequenceNetwork;
  readonly tasks: readonly PredictedTask[];
  /** Whether both strands mean the same; if so, predictions are the mean over both. */
  readonly bothStrands: boolean;
  readonly members: readonly Weights[];
  readonly words: WordModel;
  /** Bases of the shortest training sequence. Shorter sequences are not predicted. */
  readonly shortest: number;
  readonly applicability: ApplicabilityDomain;
  /** Its history: data, hashes, settings, metrics. */
  readonly history: Readonly<Record<string, unknown>>;
}
