/**
 * What a trained predictor is: several networks of one shape that were trained
 * from different seeds, a linear model of words beside them, and what is known of
 * their errors and of the sequences they were trained on.
 */
import type { Weights } from '../../generator/parameters.ts';
import type { SequenceNetwork } from './network.ts';
import type { WordModel } from './words.ts';

/** One predicted quantity. */
export interface PredictedTask {
  readonly name: string;
  /** Mean and standard deviation of the training values: networks and words predict in these units. */
  readonly mean: number;
  readonly deviation: number;
  readonly blend: Blend;
  /**
   * Error that the members don't show by their spread, in the task's unit, of predictions at the mean; see
   * calibration.ts.
   */
  readonly residual: number;
  /** How much the residual's logarithm rises with the prediction, a deviation; left out where it does not. */
  readonly rise?: number;
  /** Left out where nothing was said of them: a pure number, of which more is wanted. */
  readonly unit?: string;
  readonly wanted?: 'higher' | 'lower';
}

/** How a network's value and the words' value make the prediction: network * its value + words * theirs + offset. */
export interface Blend {
  readonly network: number;
  readonly words: number;
  readonly offset: number;
}

/** Which sequences are like those of the training; see applicability.ts. */
export interface ApplicabilityDomain {
  readonly k: number;
  /** Share of each k-mer in the training sequences. [4^k] */
  readonly shares: Float32Array;
  /** A sequence whose distance is larger lies outside. */
  readonly limit: number;
}

export interface Predictor {
  readonly network: SequenceNetwork;
  readonly tasks: readonly PredictedTask[];
  /** Whether both strands mean the same: predictions are then the mean over both. */
  readonly bothStrands: boolean;
  readonly members: readonly Weights[];
  readonly words: WordModel;
  /** Bases of the shortest training sequence; shorter ones are not predicted. */
  readonly shortest: number;
  readonly applicability: ApplicabilityDomain;
  /** What is known of its making: data, hashes, settings, metrics. */
  readonly history: Readonly<Record<string, unknown>>;
}
