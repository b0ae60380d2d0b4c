/** Picks the tokenizer of a generator, and says how long its sequences can be. */
import { kmerSize, kmerTokenizer } from './kmer-tokens.ts';
import { smilesTokenizer } from './smiles.ts';
import type { Tokenizer } from './types.ts';

/** @throws Error where the vocabulary is not one of the domain's */
export function tokenizerFor({ domain, vocabulary }: { readonly domain: 'molecule' | 'dna'; readonly vocabulary: readonly string[] }): Tokenizer {
  return domain === 'dna' ? kmerTokenizer(vocabulary) : smilesTokenizer(vocabulary);
}

/** Bases that a generator of DNA can write at most: one token of its context is the end. null for molecules. */
export function longestDna({ domain, vocabulary, context }: { readonly domain: 'molecule' | 'dna'; readonly vocabulary: readonly string[]; readonly context: number }): number | null {
  return domain === 'dna' ? (context - 1) * kmerSize(vocabulary) : null;
}
