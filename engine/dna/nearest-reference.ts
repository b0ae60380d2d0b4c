/** @file Which of many references is nearest to a sequence, on either strand. */
import { align } from './alignment.ts';
import { iupacReverseComplement } from './iupac.ts';
import { jensenShannon, kmerShares } from './kmers.ts';

export interface NearestReference {
  /** Index among the references. */
  readonly index: number;
  /** Whether the reference as given is the nearest, or its reverse complement. */
  readonly strand: '+' | '-';
}

/**
 * With more references, edits are counted only for those that share most words with the sequence. Long references allow
 * fewer, so that the search takes about a second.
 */
const MOST_ALIGNED = 200;
const MOST_CELLS = 100_000_000;
const words = { k: 4, bothStrands: true } as const;

/** Fewest edits to any reference or its reverse complement; the first of equals. @param references at least one */
export function nearestReference(sequence: string, references: readonly string[]): NearestReference {
  const other = iupacReverseComplement(sequence);
  const tried = promising(sequence, references).flatMap((index) => [
    { index, strand: '+' as const, distance: align(sequence, references[index]).distance },
    { index, strand: '-' as const, distance: align(other, references[index]).distance },
  ]);
  const { index, strand } = tried.reduce((best, one) => (one.distance < best.distance ? one : best));
  return { index, strand };
}

function promising(sequence: string, references: readonly string[]): number[] {
  const places = references.map((_, i) => i);
  const own = kmerShares([sequence], words);
  const longest = references.reduce((most, { length }) => Math.max(most, length), 1);
  const most = Math.max(1, Math.min(MOST_ALIGNED, Math.floor(MOST_CELLS / (2 * sequence.length * longest))));
  if (references.length <= most || own === null) return places.slice(0, most);
  const distances = references.map((reference) => {
    const shares = kmerShares([reference], words);
    return shares === null ? Infinity : jensenShannon(own, shares);
  });
  return places.sort((a, b) => distances[a] - distances[b]).slice(0, most);
}
