/**
 * @file Edit distance of two sequences: global alignment with unit costs (Needleman and Wunsch 1970; Levenshtein 1966).
 */

export interface Alignment {
  /** Fewest insertions, deletions and replacements. */
  readonly distance: number;
  /** Most matching bases in an alignment of that distance. */
  readonly matches: number;
}

/**
 * Rows of the dynamic program hold distance x SHIFT - matches. Their minimum is the smallest distance with the most
 * matches.
 */
const SHIFT = 65_536;

/** @param a @param b up to 60,000 bases */
export function align(a: string, b: string): Alignment {
  let above = Float64Array.from({ length: b.length + 1 }, (_, j) => j * SHIFT);
  let current = new Float64Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    current[0] = i * SHIFT;
    for (let j = 1; j <= b.length; j++) {
      const paired = above[j - 1] + (a[i - 1] === b[j - 1] ? -1 : SHIFT);
      current[j] = Math.min(paired, above[j] + SHIFT, current[j - 1] + SHIFT);
    }
    [above, current] = [current, above];
  }
  const best = above[b.length];
  const distance = Math.max(0, Math.ceil(best / SHIFT));
  return { distance, matches: distance * SHIFT - best };
}

/** Matches over the columns of the alignment, in [0, 1]. A column is a match, a replacement or a gap. */
export function identity({ distance, matches }: Alignment): number {
  return matches / (matches + distance);
}
