/**
 * @file Restricts a sampler: before each token, a guide says which tokens may come, and after it, the guide is told
 * which one came. A generator thus writes what was asked for (a length, flanks, a pattern of bases) without being
 * trained for it.
 *
 * The recorded log-probabilities are those of the unrestricted model, for the policy and the prior alike. What a guide
 * dictates counts on both sides and cancels in their difference. If the guide allows only one token, the policy did not
 * choose it: the token is marked as forced, carries no gradient, and counts neither in the likelihood of the loss nor
 * in the KL divergence.
 */
import type { RandomStream } from './random.ts';

/** The restrictions on one sequence. */
export interface Guide {
  /**
   * One number per vocabulary entry, 1 if the entry may come next, at least one of them; null for everything. Read it
   * before the next call, which may overwrite it.
   */
  allowed(): Uint8Array | null;
  /** Records the token that was drawn, including the end token. */
  push(token: number): void;
}

/** Starts the guide of one sequence. Its own random choices come from the sequence's stream. */
export type MakeGuide = (random: RandomStream) => Guide;

/** Whether exactly one entry is allowed. */
export function isForced(allowed: Uint8Array | null): boolean {
  if (allowed === null) return false;
  const first = allowed.indexOf(1);
  return first >= 0 && allowed.indexOf(1, first + 1) < 0;
}

/**
 * Which tokens a guide forces in a sequence that it did not guide.
 * @param tokens with start and end
 * @returns 1 for each token after the start that is forced; null if the guide does not allow the sequence
 */
export function forcedTokens(guide: Guide, tokens: Int32Array): Uint8Array | null {
  const forced = new Uint8Array(tokens.length - 1);
  for (let t = 1; t < tokens.length; t++) {
    const allowed = guide.allowed();
    if (allowed !== null && allowed[tokens[t]] !== 1) return null;
    forced[t - 1] = Number(isForced(allowed));
    guide.push(tokens[t]);
  }
  return forced;
}

/** The values of the tokens that were not forced, in order. @param forced null if none was */
export function unforced(values: Float32Array, forced: Uint8Array | null): Float32Array {
  return forced === null ? values : values.filter((_, t) => forced[t] === 0);
}

/** The reverse of `unforced`: puts values back at their tokens, with 0 at forced ones. */
export function spreadUnforced(values: Float32Array, forced: Uint8Array | null): Float32Array {
  if (forced === null) return values;
  let next = 0;
  return Float32Array.from(forced, (one) => (one === 1 ? 0 : values[next++]));
}
