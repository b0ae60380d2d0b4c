/** The [generate] table: what it means, and what is refused. */
import { describe, expect, it } from 'vitest';
import { resolveGenerate } from '../../../engine/generator/generate.ts';
import { kmerVocabulary } from '../../../engine/generator/kmer-tokens.ts';

/** 4-mers and a context in which 204 bases fit. */
const writes = { modality: 'dna' as const, vocabulary: kmerVocabulary(4), context: 52 };
const noScaffold = { writes: null, readScaffold: () => ({ scaffold: '', template: '' }) };
const dna = (input: Record<string, unknown>) => resolveGenerate('dna', input, { ...noScaffold, writes });
const problem = (input: Record<string, unknown>) =>
  dna(input)
    .problems.map(({ key, message }) => `${key}: ${message}`)
    .join(' ');

describe('resolveGenerate', () => {
  it('opens what is left out', () => {
    expect(dna({}).generate).toEqual({
      modality: 'dna',
      minLength: 1,
      maxLength: 204,
      prefix: '',
      suffix: '',
      mask: '',
    });
    expect(dna({ length: 200 }).generate).toMatchObject({ minLength: 200, maxLength: 200 });
    expect(dna({ prefix: 'acgt', suffix: 'gg' }).generate).toMatchObject({
      minLength: 6,
      maxLength: 204,
      prefix: 'ACGT',
      suffix: 'GG',
    });
    expect(dna({ min_length: 80 }).generate).toMatchObject({ minLength: 80, maxLength: 204 });
    expect(resolveGenerate('molecule', {}, noScaffold)).toEqual({ generate: null, problems: [] });
  });

  it('leaves out spaces and numbers, reads U as T, and says so', () => {
    const { generate, problems, notes } = dna({ prefix: '1 ac gu', mask: 'NN', suffix: 'gg' });
    expect([generate, problems]).toMatchObject([{ prefix: 'ACGT', mask: 'NN', suffix: 'GG' }, []]);
    expect(notes?.map(({ key, message }) => `${key}: ${message}`)).toEqual([
      'prefix: Numbers among the bases are ignored.',
      'prefix: Spaces among the bases are ignored.',
      'prefix: The sequence is RNA: U is read as T.',
    ]);
    expect(dna({ prefix: 'MKLV' }).problems[0].message).toBe(
      '"L" at position 3 of the prefix is an amino acid: this looks like protein. It takes A, C, G and T.',
    );
  });

  it('takes the length from a mask without one', () => {
    expect(dna({ mask: 'nnnnTATAAANN', prefix: 'AC' }).generate).toMatchObject({
      minLength: 14,
      maxLength: 14,
      mask: 'NNNNTATAAANN',
    });
    expect(dna({ mask: 'NNTA', length: 9 }).generate).toMatchObject({ minLength: 9, maxLength: 9 });
  });

  it('names what cannot be used, and what could', () => {
    expect(problem({ mask: 'N'.repeat(300) })).toBe(
      'mask: Prefix, mask and suffix take 300 bases; a sequence has at most 204.',
    );
    expect(problem({ mask: 'NNNNN', max_length: 4 })).toBe(
      'mask: Prefix, mask and suffix take 5 bases; a sequence has at most 4.',
    );
    expect(problem({ length: 250 })).toBe(
      'length: length = 250 is not possible: the generator writes at most 204 bases.',
    );
    expect(problem({ length: 100, min_length: 50 })).toBe(
      'min_length: Give either length, or min_length and max_length.',
    );
    expect(problem({ min_length: 60, max_length: 50 })).toBe(
      'min_length: min_length = 60 is more than max_length = 50.',
    );
    expect(problem({ min_length: 3, prefix: 'ACGT' })).toBe(
      'min_length: Prefix, mask and suffix take 4 bases, more than min_length = 3.',
    );
    expect(problem({ prefix: 'ACNT' })).toBe(
      'prefix: "N" at position 3 of the prefix stands for several bases. It takes A, C, G and T.',
    );
    expect(problem({ mask: 'NNX' })).toMatch(
      /^mask: "X" at position 3 of the mask is not a base. It takes IUPAC codes/,
    );
    expect(problem({ mask: 'ACGT' })).toBe('mask: All 4 bases are fixed, so there is nothing left to generate.');
    expect(problem({ length: 2.5 })).toBe(
      'length: length = 2.5 is not possible: it must be a whole number from 1 to 100000.',
    );
    expect(dna({ lenght: 200 }).problems).toEqual([
      {
        key: 'lenght',
        message:
          'Unknown key "lenght" under [generate] in a design for DNA. Did you mean "length"? Valid: length, min_length, max_length, prefix, suffix, mask.',
        suggestion: 'length',
      },
    ]);
    expect(dna({ xyzzy: 1 }).problems).toEqual([
      {
        key: 'xyzzy',
        message:
          'Unknown key "xyzzy" under [generate] in a design for DNA. Valid: length, min_length, max_length, prefix, suffix, mask.',
      },
    ]);
    expect(resolveGenerate('molecule', { length: 200 }, noScaffold).problems).toEqual([
      { key: 'length', message: '"length" under [generate] is for DNA; this design is for molecules.' },
    ]);
  });
});
