/**
 * @file DNA as non-overlapping k-mers: k bases per token. If the length is not a multiple of k, the last token is
 * shorter. Each sequence has exactly one spelling, and decoding reverses encoding. With k = 4, as in IterativeRS (arXiv
 * 2511.00220), 200 bases take 50 tokens.
 */
import { BASES } from '../dna/sequence.ts';
import { BOUNDARY, UnknownTokenError } from './tokens.ts';
import type { Tokenizer } from './types.ts';

export const LARGEST_K = 6;

/**
 * The boundary, all k-mers in alphabetical order, then the tails of k - 1 to 1 bases: 341 tokens for k = 4.
 * @param k 1 to 6
 */
export function kmerVocabulary(k: number): string[] {
  if (!Number.isInteger(k) || k < 1 || k > LARGEST_K)
    throw new RangeError(`k must be a whole number from 1 to ${LARGEST_K}, not ${k}.`);
  const words = [['']];
  for (let length = 1; length <= k; length++)
    words.push(words[length - 1].flatMap((word) => [...BASES].map((base) => word + base)));
  return [BOUNDARY, ...words.slice(1).reverse().flat()];
}

/** k of a vocabulary that `kmerVocabulary` made. @throws Error for any other */
export function kmerSize(vocabulary: readonly string[]): number {
  const k = vocabulary[1]?.length ?? 0;
  const expected = k >= 1 && k <= LARGEST_K ? kmerVocabulary(k) : [];
  if (vocabulary.length !== expected.length || expected.some((word, i) => word !== vocabulary[i]))
    throw new Error(
      `The vocabulary is not that of DNA k-mers: ${BOUNDARY}, all words of k bases, then the shorter ones.`,
    );
  return k;
}

/** @param vocabulary from `kmerVocabulary` */
export function kmerTokenizer(vocabulary: readonly string[]): Tokenizer {
  const k = kmerSize(vocabulary);
  const ids = new Map(vocabulary.map((word, id) => [word, id]));
  return {
    vocabulary,
    encode: (text) => encode(text.toUpperCase(), k, ids),
    decode: (tokens) => Array.from(tokens, (id) => (id === 0 ? '' : vocabulary[id])).join(''),
  };
}

/** Boundary, k-mers, tail, boundary. */
function encode(text: string, k: number, ids: ReadonlyMap<string, number>): Int32Array {
  const foreign = /[^ACGT]/.exec(text);
  if (foreign !== null) throw new UnknownTokenError(text, foreign[0], foreign.index, adviceFor(foreign[0]));
  const tokens = new Int32Array(Math.ceil(text.length / k) + 2);
  for (let i = 0; i * k < text.length; i++) tokens[i + 1] = ids.get(text.slice(i * k, (i + 1) * k))!;
  return tokens;
}

/** What a biologist could do about a letter that is not a base. */
function adviceFor(letter: string): string {
  if (letter === 'U') return 'write T instead of U';
  if (/[RYSWKMBDHVN]/.test(letter))
    return 'it stands for several bases; choose one of A, C, G and T, or leave the sequence out';
  return /\s|-/.test(letter) ? 'remove gaps and spaces' : 'DNA consists of A, C, G and T';
}
