/** @file Composition of DNA sequences. Sequences are A, C, G and T in upper case. */
import { kmers } from './kmers.ts';

/** Share of G and C, in [0, 1]. @param sequence at least one base */
export function gcContent(sequence: string): number {
  let strong = 0;
  for (const base of sequence) if (base === 'G' || base === 'C') strong++;
  return strong / sequence.length;
}

/** Numbers of G and C before each position and before the end. */
function strongBefore(sequence: string): Uint32Array {
  const sums = new Uint32Array(sequence.length + 1);
  for (let i = 0; i < sequence.length; i++)
    sums[i + 1] = sums[i] + (sequence[i] === 'G' || sequence[i] === 'C' ? 1 : 0);
  return sums;
}

/**
 * Share of G and C in the window from each position, in [0, 1]. [L - window + 1]; empty if the sequence is shorter than
 * the window or `window` is 0
 */
export function gcWindows(sequence: string, window: number): number[] {
  if (window === 0) return [];
  const sums = strongBefore(sequence);
  return Array.from(
    { length: Math.max(0, sequence.length - window + 1) },
    (_, i) => (sums[i + window] - sums[i]) / window,
  );
}

/**
 * CpG dinucleotides relative to the expectation from the numbers of C and G: CpG x length / (C x G) (Gardiner-Garden
 * and Frommer 1987).
 * @returns null without C or without G
 */
export function cpgRatio(sequence: string): number | null {
  let [c, g, cpg] = [0, 0, 0];
  for (let i = 0; i < sequence.length; i++) {
    if (sequence[i] === 'G') g++;
    if (sequence[i] !== 'C') continue;
    c++;
    if (sequence[i + 1] === 'G') cpg++;
  }
  return c * g === 0 ? null : (cpg * sequence.length) / (c * g);
}

/** Length of the longest run of one base. @param base the only base that counts; all by default */
export function longestRun(sequence: string, base?: string): number {
  let [longest, run] = [0, 0];
  for (let i = 0; i < sequence.length; i++) {
    run = i > 0 && sequence[i] === sequence[i - 1] ? run + 1 : 1;
    if (base === undefined || sequence[i] === base) longest = Math.max(longest, run);
  }
  return longest;
}

/**
 * Linguistic complexity: the product over word lengths of the different words found over the possible number, min(4^k,
 * L - k + 1) (Trifonov 1990).
 * @returns in [0, 1]; null if the sequence is shorter than the longest word
 */
export function linguisticComplexity(sequence: string, shortest: number, longest: number): number | null {
  if (sequence.length < longest) return null;
  let product = 1;
  for (let k = shortest; k <= longest; k++) {
    const words = kmers(sequence, k);
    product *= new Set(words).size / Math.min(4 ** k, words.length);
  }
  return product;
}
