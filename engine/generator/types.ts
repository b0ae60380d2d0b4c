/**
 * What the learning code sees of a generator: weights, a sampler and
 * likelihoods. Implementations are in sampler.ts and likelihood.ts.
 */
import type { MakeGuide } from './guide.ts';
import type { Weights } from './parameters.ts';
import type { RandomStream } from './random.ts';

/** One generated sequence. */
export interface Sampled {
  /** Tokens with start and end; no end where the context was full. */
  readonly tokens: Int32Array;
  /** Log-probability of each token after the start under the plain model (temperature 1, no truncation), nats. */
  readonly logProbabilities: Float32Array;
  /** 1 for each token after the start that the guide left no choice in; null without a guide. */
  readonly forced: Uint8Array | null;
  /** False where the context was full before the end token came. */
  readonly ended: boolean;
}

export interface SamplingSettings {
  readonly temperature: number;
  /** Nucleus: smallest set of tokens with at least this probability; 1 for all. */
  readonly topP: number;
}

export interface Sampler {
  /** Weights of all following calls. */
  load(weights: Weights): void | Promise<void>;
  /**
   * Draws `n` sequences. Sequence i depends on the weights, `random(i)` and the
   * settings only, in order i = 0..n-1, whatever the number of slots.
   * @param guide restricts what may be drawn; null for nothing
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
  /** Log-probability of each token after the start, an array a sequence, nats. */
  tokens(sequences: readonly Int32Array[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** Turns text into tokens and back. Id 0 is the start and end token. */
export interface Tokenizer {
  readonly vocabulary: readonly string[];
  /** @throws UnknownTokenError naming the position and what could be done */
  encode(text: string): Int32Array;
  decode(tokens: Int32Array): string;
}
