/**
 * @file Groups DNA sequences into families: sequences with the same two smallest hashes of their 10-mers (MinHash,
 * Broder 1997). Each 10-mer counts together with its reverse complement, so a sequence and its reverse complement are
 * in one family. Two sequences agree in one such hash with a probability equal to their Jaccard index of 10-mers. For
 * 200 bases, one substitution leaves an index of 0.90, so 81% of such pairs agree in both hashes; with three
 * substitutions about half do. Unrelated sequences practically never agree. A single hash would put all sequences that
 * share an adapter into one family if the adapter had the smallest hash.
 */
import { finishHash } from '../base/hash.ts';
import { BASES } from './sequence.ts';

const K = 10;
const MASK = 4 ** K - 1;
const SEEDS = [0x9e3779b9, 0x85ebca6b];

/**
 * The key of a sequence's family. A sequence that is too short is its own family.
 * @param sequence A, C, G and T in upper case
 */
export function familyKey(sequence: string): string {
  if (sequence.length < K) return sequence;
  const smallest = SEEDS.map(() => ({ hash: Infinity, word: 0 }));
  eachWord(sequence, (word) => {
    smallest.forEach((one, i) => {
      const hash = finishHash(word ^ SEEDS[i]) >>> 0;
      if (hash < one.hash) [one.hash, one.word] = [hash, word];
    });
  });
  return smallest.map(({ word }) => text(word)).join(' ');
}

/** Each 10-mer as a number: the smaller one of its two strands. */
function eachWord(sequence: string, take: (word: number) => void): void {
  let [forward, backward] = [0, 0];
  for (let i = 0; i < sequence.length; i++) {
    const code = BASES.indexOf(sequence[i]);
    forward = ((forward << 2) | code) & MASK;
    backward = (backward >>> 2) | ((3 - code) << (2 * (K - 1)));
    if (i >= K - 1) take(Math.min(forward, backward));
  }
}

function text(word: number): string {
  return Array.from({ length: K }, (_, i) => BASES[(word >>> (2 * (K - 1 - i))) & 3]).join('');
}
