/** Guides of DNA: every sequence that fits can be written, and no other. */
import { describe, expect, it } from 'vitest';
import { dnaGuide, type DnaTemplate } from '../../../engine/generator/dna-guide.ts';
import { forcedTokens, isForced } from '../../../engine/generator/guide.ts';
import { kmerVocabulary } from '../../../engine/generator/kmer-tokens.ts';
import { randomStream } from '../../../engine/generator/random.ts';

const free: DnaTemplate = { minLength: 1, maxLength: 1, prefix: '', suffix: '', mask: '' };

/** Every text that the guide lets through. */
function language(template: DnaTemplate, k: number): string[] {
  const vocabulary = kmerVocabulary(k);
  const make = dnaGuide(template, vocabulary);
  const texts: string[] = [];
  const grow = (tokens: readonly number[]) => {
    const guide = make(randomStream(1));
    for (const token of tokens) guide.push(token);
    Array.from(guide.allowed()!).forEach((allowed, token) => {
      if (allowed === 0) return;
      if (token === 0) texts.push(tokens.map((one) => vocabulary[one]).join(''));
      else grow([...tokens, token]);
    });
  };
  grow([]);
  return texts.sort();
}

/** Every text that fits, by trying all. */
function expected(min: number, max: number, pattern: (length: number) => RegExp): string[] {
  let words = [''];
  const texts: string[] = [];
  for (let length = 1; length <= max; length++) {
    words = words.flatMap((word) => [...'ACGT'].map((base) => word + base));
    if (length >= min) texts.push(...words.filter((word) => pattern(length).test(word)));
  }
  return texts.sort();
}

describe('dnaGuide', () => {
  it.each([1, 2, 3, 4])('lets every sequence of the lengths through, once, with k = %i', (k) => {
    expect(language({ ...free, minLength: 3, maxLength: 5 }, k)).toEqual(expected(3, 5, () => /^/));
  });

  it.each([1, 2, 3, 4])('keeps to prefix, mask and suffix across tokens, with k = %i', (k) => {
    const template = { minLength: 5, maxLength: 6, prefix: 'G', suffix: 'TA', mask: 'RN' };
    expect(language(template, k)).toEqual(expected(5, 6, () => /^G[AG][ACGT]+TA$/));
    expect(language({ ...template, suffix: '', mask: 'SNW' }, k)).toEqual(expected(5, 6, () => /^G[CG][ACGT][AT]/));
  });

  it('says what is forced: fixed words, and the end at the only length', () => {
    const vocabulary = kmerVocabulary(2);
    const guide = dnaGuide({ ...free, minLength: 5, maxLength: 5, mask: 'NNTA' }, vocabulary)(randomStream(1));
    const forced = ['GC', 'TA', 'C', '<s>'].map((word) => {
      const one = isForced(guide.allowed());
      guide.push(vocabulary.indexOf(word));
      return one;
    });
    expect(forced).toEqual([false, true, false, true]);
    const tokens = (words: readonly string[]) => Int32Array.from(['<s>', ...words], (word) => vocabulary.indexOf(word));
    const started = () => dnaGuide({ ...free, minLength: 5, maxLength: 5, mask: 'NNTA' }, vocabulary)(randomStream(1));
    expect(forcedTokens(started(), tokens(['GC', 'TA', 'C', '<s>']))).toEqual(Uint8Array.of(0, 1, 0, 1));
    expect(forcedTokens(started(), tokens(['GC', 'TT', 'C', '<s>']))).toBeNull();
  });
});
