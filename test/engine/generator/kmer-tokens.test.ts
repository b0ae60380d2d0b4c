/** DNA as k-mers: every length, both ways, and what is refused. */
import { describe, expect, it } from 'vitest';
import { kmerSize, kmerTokenizer, kmerVocabulary } from '../../../engine/generator/kmer-tokens.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import { tokenizerFor } from '../../../engine/generator/tokenizer.ts';

describe('k-mer tokens', () => {
  it('has the boundary, the k-mers in alphabetical order, then the tails', () => {
    expect(kmerVocabulary(1)).toEqual(['<s>', 'A', 'C', 'G', 'T']);
    expect(kmerVocabulary(2)).toHaveLength(1 + 16 + 4);
    expect(kmerVocabulary(4)).toHaveLength(341);
    expect(kmerVocabulary(4).slice(0, 4)).toEqual(['<s>', 'AAAA', 'AAAC', 'AAAG']);
    expect(kmerVocabulary(4).at(-1)).toBe('T');
    expect([1, 2, 3, 4, 5, 6].map((k) => kmerSize(kmerVocabulary(k)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([1, 2, 3, 4, 5, 6])('writes and reads every length with k = %i, one spelling each', (k) => {
    const random = randomStream(k);
    const { encode, decode, vocabulary } = kmerTokenizer(kmerVocabulary(k));
    for (let length = 0; length <= 3 * k + 2; length++) {
      const text = Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');
      const tokens = encode(text);
      expect(decode(tokens)).toBe(text);
      expect(tokens).toHaveLength(Math.ceil(length / k) + 2);
      expect(Array.from(tokens.subarray(1, -1), (id) => vocabulary[id].length)).toEqual([
        ...Array.from({ length: Math.floor(length / k) }, () => k),
        ...(length % k === 0 ? [] : [length % k]),
      ]);
    }
  });

  it('takes lower case, and refuses other letters with place and advice', () => {
    const { encode, decode } = tokenizerFor({ modality: 'dna', vocabulary: kmerVocabulary(4) });
    expect(decode(encode('acgTTgca'))).toBe('ACGTTGCA');
    expect(() => encode('ACGTNACGT')).toThrow(
      '"N" at position 5 of ACGTNACGT is not among the generator\'s tokens: it stands for several bases; choose one of A, C, G and T, or leave the sequence out.',
    );
    expect(() => encode('acgu')).toThrow(
      '"U" at position 4 of ACGU is not among the generator\'s tokens: write T instead of U.',
    );
    expect(() => encode('AC GT')).toThrow(/position 3 .*remove gaps and spaces/);
  });

  it('refuses a vocabulary that is not the k-mers', () => {
    expect(() => kmerTokenizer(['<s>', 'A', 'C', 'G'])).toThrow(/not that of DNA k-mers/);
    expect(() => tokenizerFor({ modality: 'dna', vocabulary: ['<s>', 'C', 'O'] })).toThrow(/not that of DNA k-mers/);
    expect(() => kmerVocabulary(7)).toThrow('k must be a whole number from 1 to 6, not 7.');
  });
});
