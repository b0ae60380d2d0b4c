/**
 * @file Sequence logos: the frequency of each base at each position and its information in bits, corrected for small
 * numbers of sequences (Schneider and Stephens, Nucleic Acids Res. 1990, 18, 6097, eqs. 1 to 4 with the approximate
 * correction (s - 1) / (2 ln 2 n) of s = 4 bases).
 */
import { BASES } from './sequence.ts';

export interface LogoPosition {
  /** Number of sequences with a base at this position. */
  readonly counts: [number, number, number, number];
  /** Information, 0 to 2 bits; 0 if chance would explain it. */
  readonly bits: number;
}

/**
 * @param sequences A, C, G and T; shorter ones have no base at further positions
 * @param from the end at which sequences are aligned: position 0 is the first base, or the last column is the last base
 * @returns one per position of the longest sequence
 */
export function sequenceLogo(sequences: readonly string[], from: 'start' | 'end'): LogoPosition[] {
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, position) => {
    const counts: [number, number, number, number] = [0, 0, 0, 0];
    for (const sequence of sequences) {
      const base = sequence[from === 'start' ? position : position - longest + sequence.length];
      if (base !== undefined) counts[BASES.indexOf(base)]++;
    }
    return { counts, bits: informationOf(counts) };
  });
}

/** @param counts at least one of them above 0 */
function informationOf(counts: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const entropy = counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / n) * Math.log2(count / n)), 0);
  return Math.max(0, 2 - entropy - 3 / (2 * Math.LN2 * n));
}
