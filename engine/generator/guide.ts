/**
 * Restricts what a sampler may draw: the masks of a DNA design, a scaffold to
 * keep. Likelihoods stay those of the unrestricted model, under the policy and
 * the prior alike, so that what a guide dictates cancels between them.
 */
import type { RandomStream } from './random.ts';

/** The guide of one sequence that grows. */
export interface Guide {
  /** One number a vocabulary entry, 1 where it may come next; null where everything may. At least one is allowed. */
  allowed(): Uint8Array | null;
  /** Called with each token drawn, the end token included. */
  push(token: number): void;
}

/** Makes the guide of a new sequence; choices of its own come from the sequence's stream. */
export type MakeGuide = (random: RandomStream) => Guide;
