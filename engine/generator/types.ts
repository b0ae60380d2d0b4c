/**
 * @file What the learning code sees of a generator: weights, a sampler and likelihoods. Implementations are in
 * sampler.ts and likelihood.ts.
 */
import type { MakeGuide } from './guide.ts';
import type { Weights } from './parameters.ts';
import type { RandomStream } from './random.ts';

/** One generated sequence. */
export interface Sampled {
  /** Tokens with start and end; without end if the context was full. */
  readonly tokens: Int32Array;
  /** Log-probability of each token after the start under the plain model (temperature 1, no truncation), nats. */
  readonly logProbabilities: Float32Array;
  /** 1 for each token after the start that the guide forced; null without a guide. */
  readonly forced: Uint8Array | null;
  /** False if the context was full before the end token came. */
  readonly ended: boolean;
}

export interface SamplingSettings {
  readonly temperature: number;
  /** Nucleus: smallest set of tokens with at least this probability; 1 for all. */
  readonly topP: number;
}

export interface Sampler {
  /** Sets the weights of all following calls. */
  load(weights: Weights): void | Promise<void>;
  /**
   * Draws `n` sequences in order. Sequence i depends only on the weights, `random(i)` and the settings, whatever the
   * number of slots.
   * @param guide restricts what may be drawn; null for no restriction
   */
  sample(
    n: number,
    settings: SamplingSettings,
    random: (index: number) => RandomStream,
    guide?: MakeGuide | null,
  ): Promise<Sampled[]>;
  dispose(): Promise<void>;
}

export interface Likelihood {
  load(weights: Weights): void | Promise<void>;
  /** Log-probability of each token after the start, one array per sequence, nats. */
  tokens(sequences: readonly Int32Array[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** Turns text into tokens and back. Id 0 is the start and end token. */
export interface Tokenizer {
  readonly vocabulary: readonly string[];
  /** @throws UnknownTokenError, which names the position and a remedy */
  encode(text: string): Int32Array;
  decode(tokens: Int32Array): string;
}
