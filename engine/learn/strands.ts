/**
 * @file Several spellings of one DNA sequence to learn from: both strands are equivalent, and where the first k-mer
 * begins is arbitrary.
 */
import { iupacReverseComplement } from '../dna/iupac.ts';

export interface DnaReading {
  /** Whether to learn each sequence from both strands, which then count as duplicates. */
  readonly bothStrands: boolean;
  /**
   * Number of spellings per strand: 1 for the sequence itself, more to learn it also without its first base, its first
   * two, ...
   */
  readonly phases: number;
}

/** All spellings of a sequence, in upper case. The first is the same for all equivalent lines. */
export function spellings(line: string, { bothStrands, phases }: DnaReading): string[] {
  const text = line.toUpperCase();
  const strands = bothStrands && /^[ACGT]+$/.test(text) ? [text, iupacReverseComplement(text)].sort() : [text];
  return strands.flatMap((strand) => Array.from({ length: phases }, (_, phase) => strand.slice(phase)));
}
