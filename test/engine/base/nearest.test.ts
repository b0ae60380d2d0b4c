/** @file The nearest valid name: what is suggested for a mistyped name, and that nothing is suggested for gibberish. */
import { describe, expect, test } from 'vitest';
import { didYouMean, editDistance, nearest, suggestion } from '../../../engine/base/nearest.ts';

test('edit distance counts insertions, deletions, replacements and swaps', () => {
  expect([
    editDistance('qed', 'qed'),
    editDistance('qde', 'qed'),
    editDistance('qeed', 'qed'),
    editDistance('', 'abc'),
  ]).toEqual([0, 1, 1, 3]);
});

describe('nearest', () => {
  test.each([
    ['LogD', ['logp', 'qed'], 'logp'],
    ['qde', ['logp', 'qed'], 'qed'],
    ['similarty', ['scaffold', 'similarity'], 'similarity'],
    ['BamH1', ['EcoRI', 'BamHI'], 'BamHI'],
    ['Xy', ['Xe', 'Xyz'], 'Xe'],
    ['gpu', ['cpu', 'webgpu'], 'cpu'],
    ['IC5', ['id', 'smiles', 'IC50 (nM)'], 'IC50 (nM)'],
    ['learnt', ['hard', 'soft', 'learned'], 'learned'],
  ])('of %s among %j is %s', (name, choices, expected) => {
    expect(nearest(name, choices)).toBe(expected);
  });

  test.each([
    ['x', []],
    ['x', ['y']],
    ['zzzz', ['logp', 'qed']],
    ['asdfgh', ['similarity', 'scaffold', 'qed']],
    ['pKi', ['pIC50']],
    ['', ['qed']],
    ['🧪🧪🧪', ['qed', 'logp']],
  ])('of %s among %j is nothing', (name, choices) => {
    expect(nearest(name, choices)).toBeUndefined();
  });
});

test('a message ends with the suggestion, or with the valid names alone', () => {
  expect(didYouMean('qde', ['qed'])).toBe(' Did you mean "qed"?');
  expect(didYouMean('zzzz', ['qed'])).toBe('');
  expect(suggestion('qde', ['qed', 'logp'])).toBe(' Did you mean "qed"? Valid: qed, logp.');
  expect(suggestion('zzzz', ['qed', 'logp'])).toBe(' Valid: qed, logp.');
  expect(suggestion('zzzz', [])).toBe('');
});
