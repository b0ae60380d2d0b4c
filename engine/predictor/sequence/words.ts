/**
 * A linear model of words with gaps (Ghandi et al. 2014, "gapped k-mers"): words of 6 bases within 8 positions, on both
 * strands if both mean the same. It has many words for few data, so it learns what a network of the same data misses,
 * and the reverse.
 */
import { baseCodes } from '../../dna/sequence.ts';

const LETTERS = 6;
const SPAN = 8;
const WORDS = 4 ** LETTERS;

export interface WordModel {
  /** One list of weights per task, each of length `wordCount`. */
  readonly weights: readonly Float32Array[];
  /** The value of a sequence without words, one per task. */
  readonly biases: readonly number[];
}

/**
 * Positions of the letters, starting at 0, for each pattern of gaps. If both strands are read, one of two patterns that
 * mirror each other is enough.
 */
function patterns(bothStrands: boolean): number[][] {
  const found = choose(SPAN - 1, LETTERS - 1).map((rest) => [0, ...rest.map((position) => position + 1)]);
  if (!bothStrands) return found;
  const mirrored = (pattern: readonly number[]) =>
    [...pattern].reverse().map((position) => pattern[LETTERS - 1] - position);
  return found.filter((pattern) => pattern.join() <= mirrored(pattern).join());
}

/** All ascending lists of `count` numbers below `n`. */
function choose(n: number, count: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: n }, (_, last) => last).flatMap((last) =>
    choose(last, count - 1).map((rest) => [...rest, last]),
  );
}

const PATTERNS = { both: patterns(true), one: patterns(false) };
const patternsOf = (bothStrands: boolean) => (bothStrands ? PATTERNS.both : PATTERNS.one);

/** Number of distinct words. */
export function wordCount(bothStrands: boolean): number {
  return patternsOf(bothStrands).length * WORDS;
}

/** The words of a sequence as numbers; a word that occurs several times is repeated. */
export function wordsOf(sequence: string, bothStrands: boolean): Int32Array {
  const codes = baseCodes(sequence);
  const strands = bothStrands ? [codes, codes.map((code) => 3 - code).reverse()] : [codes];
  const all = patternsOf(bothStrands);
  const words = new Int32Array(
    strands.length * all.reduce((sum, pattern) => sum + Math.max(0, codes.length - pattern[LETTERS - 1]), 0),
  );
  let next = 0;
  all.forEach(([a, b, c, d, e, f], p) => {
    for (const strand of strands) {
      for (let at = 0; at + f < strand.length; at++) {
        const front = (strand[at + a] << 10) | (strand[at + b] << 8) | (strand[at + c] << 6);
        words[next++] = p * WORDS + (front | (strand[at + d] << 4) | (strand[at + e] << 2) | strand[at + f]);
      }
    }
  });
  return words;
}

/** Counts of each word, all 0 between calls. Clearing the counted entries is faster than a new array. */
const counts = new Uint16Array(PATTERNS.one.length * WORDS);

/**
 * Length of the vector of a sequence's word counts. Scores are divided by it, so that the length of the sequence
 * matters little. 1 if there are no words.
 * @param words from wordsOf
 */
export function wordNorm(words: Int32Array): number {
  let squares = 0;
  // If a count grows from n to n + 1, its square grows by 2 n + 1.
  for (let i = 0; i < words.length; i++) squares += 2 * counts[words[i]]++ + 1;
  for (let i = 0; i < words.length; i++) counts[words[i]] = 0;
  return Math.sqrt(squares) || 1;
}

/** The value of the model for each task. */
export function wordScores({ weights, biases }: WordModel, sequence: string, bothStrands: boolean): number[] {
  const words = wordsOf(sequence, bothStrands);
  const norm = wordNorm(words);
  return weights.map((weight, task) => {
    let sum = 0;
    for (let i = 0; i < words.length; i++) sum += weight[words[i]];
    return biases[task] + sum / norm;
  });
}
