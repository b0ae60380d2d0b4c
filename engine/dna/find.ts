/** @file Occurrences of a short sequence with IUPAC codes in another, on both strands. */
import { iupacMasks, iupacReverseComplement } from './iupac.ts';

export interface Occurrence {
  /** From 0 on the given strand, whatever the strand of the match. */
  readonly start: number;
  readonly end: number;
  /** Null if both strands match there. */
  readonly strand: '+' | '-' | null;
}

/**
 * All occurrences, including overlapping ones, sorted by start.
 * @param sequence A, C, G and T @param pattern IUPAC codes in upper case, at least one
 */
export function findBases(sequence: string, pattern: string): Occurrence[] {
  const bases = iupacMasks(sequence);
  const other = iupacReverseComplement(pattern);
  const [forward, reverse] = [iupacMasks(pattern), iupacMasks(other)];
  const found: Occurrence[] = [];
  for (let start = 0; start + pattern.length <= sequence.length; start++) {
    const [plus, minus] = [fits(bases, forward, start), fits(bases, reverse, start)];
    if (plus || minus)
      found.push({ start, end: start + pattern.length, strand: plus && minus ? null : plus ? '+' : '-' });
  }
  return found;
}

/** Whether every base is one that its code allows. */
function fits(bases: Uint8Array, codes: Uint8Array, start: number): boolean {
  for (let i = 0; i < codes.length; i++) if ((bases[start + i] & codes[i]) === 0) return false;
  return true;
}
