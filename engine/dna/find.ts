/** Where a short sequence with IUPAC codes occurs in another, on both strands. */
import { iupacMasks, iupacReverseComplement } from './iupac.ts';

export interface Occurrence {
  /** From 0 on the given strand, whichever strand it is on. */
  readonly start: number;
  readonly end: number;
  /** Null where both strands read the same there. */
  readonly strand: '+' | '-' | null;
}

/**
 * All occurrences, overlapping ones too, in order of their start.
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

/** Whether every base is one that its code stands for. */
function fits(bases: Uint8Array, codes: Uint8Array, start: number): boolean {
  for (let i = 0; i < codes.length; i++) if ((bases[start + i] & codes[i]) === 0) return false;
  return true;
}
