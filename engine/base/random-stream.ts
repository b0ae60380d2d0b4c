/** @file What every room draws random numbers from. The streams come from engine/generator/random.ts. */

export interface RandomStream {
  /** Uniform in [0, 1) with 32 random bits. */
  uniform(): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** Integer in [0, n). */
  below(n: number): number;
}

/** A permutation of 0..n-1 (Fisher and Yates). */
export function permutation(n: number, random: RandomStream): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
