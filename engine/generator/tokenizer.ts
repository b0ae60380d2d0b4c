/** @file Picks the tokenizer of a generator, and says how long its sequences can be. */
import { kmerSize, kmerTokenizer } from './kmer-tokens.ts';
import { smilesTokenizer } from './smiles.ts';
import type { Tokenizer } from './types.ts';

/** What determines a generator's tokens; part of its config. */
export interface GeneratorKind {
  readonly modality: 'molecule' | 'dna';
  readonly vocabulary: readonly string[];
  readonly context: number;
}

/** @throws Error if the vocabulary is not one of the modality's */
export function tokenizerFor({ modality, vocabulary }: Omit<GeneratorKind, 'context'>): Tokenizer {
  return modality === 'dna' ? kmerTokenizer(vocabulary) : smilesTokenizer(vocabulary);
}

/** Most bases that a generator of DNA can write: one token of its context is the end. null for molecules. */
export function longestDna({ modality, vocabulary, context }: GeneratorKind): number | null {
  return modality === 'dna' ? (context - 1) * kmerSize(vocabulary) : null;
}
