/**
 * Several spellings of one DNA sequence to learn from: the opposite strand means
 * the same, and where the first k-mer begins is arbitrary.
 */
import { iupacReverseComplement } from '../dna/iupac.ts';

export interface DnaReading {
  /** Learn each sequence from both strands; the two count as duplicates then. */
  readonly bothStrands: boolean;
  /**
   * Learn each sequence also without its first base, its first two, ...: this many spellings a strand, 1 for none but
   * itself.
   */
  readonly phases: number;
}

/** All spellings of a sequence, in upper case; the first is the same for all lines that mean the same. */
export function spellings(line: string, { bothStrands, phases }: DnaReading): string[] {
  const text = line.toUpperCase();
  const strands = bothStrands && /^[ACGT]+$/.test(text) ? [text, iupacReverseComplement(text)].sort() : [text];
  return strands.flatMap((strand) => Array.from({ length: phases }, (_, phase) => strand.slice(phase)));
}
