/**
 * A linear model of words with gaps (Ghandi et al. 2014, "gapped k-mers"): words
 * of 6 bases within 8 positions, on both strands where both mean the same. Words
 * are many and data are few, so it learns what a network of the same data
 * misses, and the other way round.
 */
import { baseCodes } from '../../dna/sequence.ts';

const LETTERS = 6;
const SPAN = 8;
const WORDS = 4 ** LETTERS;

export interface WordModel {
  /** One list of weights a task, as long as `wordCount`. */
  readonly weights: readonly Float32Array[];
  /** What a sequence without words would have, one a task. */
  readonly biases: readonly number[];
}

/**
 * Positions of the letters, the first at 0, for every way to leave gaps. Of two
 * that mirror each other one is enough where both strands are read.
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

/** Number of different words that are told apart. */
export function wordCount(bothStrands: boolean): number {
  return patternsOf(bothStrands).length * WORDS;
}

/** The words of a sequence, each with its number, as often as it occurs. */
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

/** How often each word occurred, all 0 between calls: clearing what was counted is quicker than a new array. */
const counts = new Uint16Array(PATTERNS.one.length * WORDS);

/**
 * Length of the vector of a sequence's word counts; its scores are divided by it,
 * so that length matters little. 1 where there are no words.
 * @param words as wordsOf gives them
 */
export function wordNorm(words: Int32Array): number {
  let squares = 0;
  // The square of a count grows by 2 n + 1 where n becomes n + 1.
  for (let i = 0; i < words.length; i++) squares += 2 * counts[words[i]]++ + 1;
  for (let i = 0; i < words.length; i++) counts[words[i]] = 0;
  return Math.sqrt(squares) || 1;
}

/** The model's value of each task. */
export function wordScores({ weights, biases }: WordModel, sequence: string, bothStrands: boolean): number[] {
  const words = wordsOf(sequence, bothStrands);
  const norm = wordNorm(words);
  return weights.map((weight, task) => {
    let sum = 0;
    for (let i = 0; i < words.length; i++) sum += weight[words[i]];
    return biases[task] + sum / norm;
  });
}
