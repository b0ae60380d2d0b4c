import { describe, expect, it } from 'vitest';
import { buildVocabulary, smilesTokenizer, splitSmiles } from '../../../engine/generator/smiles.ts';
import { UnknownTokenError } from '../../../engine/generator/tokens.ts';

describe('SMILES tokens', () => {
  it('keeps two-letter elements, bracket atoms and ring closures above 9 whole', () => {
    expect(splitSmiles('Clc1cc(Br)c([N+](=O)[O-])c%12c1')).toEqual([
      'Cl',
      'c',
      '1',
      'c',
      'c',
      '(',
      'Br',
      ')',
      'c',
      '(',
      '[N+]',
      '(',
      '=',
      'O',
      ')',
      '[O-]',
      ')',
      'c',
      '%12',
      'c',
      '1',
    ]);
    expect(splitSmiles('C[C@@H](F)/C=C\\[13CH3]')).toEqual([
      'C',
      '[C@@H]',
      '(',
      'F',
      ')',
      '/',
      'C',
      '=',
      'C',
      '\\',
      '[13CH3]',
    ]);
  });

  it('reports the position of what is no token', () => {
    expect(() => splitSmiles('CC!C')).toThrow(/"!" at position 3 of CC!C/);
    expect(() => splitSmiles('CC[NH')).toThrow(UnknownTokenError);
  });

  it('turns text into tokens and back', () => {
    const tokenizer = smilesTokenizer(['<s>', 'C', 'O', '(', ')', '=', '[O-]', '.']);
    expect(Array.from(tokenizer.encode('CC(=O)[O-]'))).toEqual([0, 1, 1, 3, 5, 2, 4, 6, 0]);
    expect(tokenizer.decode(tokenizer.encode('CC(=O)[O-]'))).toBe('CC(=O)[O-]');
  });

  it.each([
    ['CC[NH3+]', '[NH3+]', 2, /neutralise the charge/],
    ['CC.Cl', '.', 2, /remove salts/],
    ['C[C@H](O)C', '[C@H]', 1, /remove the stereo/],
    ['C/C=C/C', '/', 1, /double-bond stereo/],
    ['C[2H]', '[2H]', 1, /isotope/],
    ['CP', 'P', 1, /not trained on/],
  ])('says for %s what could be done', (text, token, position, advice) => {
    const tokenizer = smilesTokenizer(['<s>', 'C', 'O', '(', ')', '=', 'Cl']);
    const failure = (() => {
      try {
        return tokenizer.encode(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(UnknownTokenError);
    expect(failure).toMatchObject({ token, position });
    expect((failure as Error).message).toMatch(advice);
  });

  it('builds a vocabulary by frequency', () => {
    expect(
      buildVocabulary(
        new Map([
          ['C', 9],
          ['[Se]', 1],
          ['O', 4],
          ['N', 4],
        ]),
        2,
      ),
    ).toEqual(['<s>', 'C', 'N', 'O']);
  });
});
