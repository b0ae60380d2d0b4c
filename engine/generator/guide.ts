/**
 * What restricts a sampler: a guide says before each token which ones may come,
 * and hears which one came. So a generator writes what was asked for (a length,
 * flanks, a pattern of bases) without being trained for it.
 *
 * The log-probabilities that are recorded stay those of the plain, unrestricted
 * model, for the policy as for the prior: what a guide dictates then counts on
 * both sides and cancels in their difference. A token that a guide left no choice
 * in was not decided by the policy; it is marked as forced, carries no gradient
 * and counts neither in the likelihood that the loss compares nor in the KL
 * divergence.
 */
import type { RandomStream } from './random.ts';

/** The restrictions on one sequence. */
export interface Guide {
  /**
   * A number a vocabulary entry, 1 where the entry may come next, at least one of
   * them; null for everything. Read before the next call, which may overwrite it.
   */
  allowed(): Uint8Array | null;
  /** Hears the token that was drawn, the end token included. */
  push(token: number): void;
}

/** Begins the guide of one sequence; choices of its own come from the sequence's stream. */
export type MakeGuide = (random: RandomStream) => Guide;

/** Whether exactly one entry is allowed. */
export function isForced(allowed: Uint8Array | null): boolean {
  if (allowed === null) return false;
  const first = allowed.indexOf(1);
  return first >= 0 && allowed.indexOf(1, first + 1) < 0;
}

/** The values of the tokens that were not forced, in order. @param forced null where none was */
export function unforced(values: Float32Array, forced: Uint8Array | null): Float32Array {
  return forced === null ? values : values.filter((_, t) => forced[t] === 0);
}

/** The reverse of `unforced`: values back at their tokens, 0 at the forced ones. */
export function spreadUnforced(values: Float32Array, forced: Uint8Array | null): Float32Array {
  if (forced === null) return values;
  let next = 0;
  return Float32Array.from(forced, (one) => (one === 1 ? 0 : values[next++]));
}
