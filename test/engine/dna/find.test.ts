/** Occurrences on both strands against Biopython's nt_search. */
import { expect, test } from 'vitest';
import { findBases } from '../../../engine/dna/find.ts';
import { readFixture } from '../../fixtures/dna/read.ts';

type Row = readonly [sequence: string, pattern: string, plus: readonly number[], minus: readonly number[]];

test.each((readFixture('find.json.gz') as readonly Row[]).map((row, i) => [i, row] as const))(
  'pattern %i',
  (_, [sequence, pattern, plus, minus]) => {
    const found = findBases(sequence, pattern);
    expect(found.filter(({ strand }) => strand !== '-').map(({ start }) => start)).toEqual(plus);
    expect(found.filter(({ strand }) => strand !== '+').map(({ start }) => start)).toEqual(minus);
    expect(found.every(({ start, end }) => end - start === pattern.length)).toBe(true);
  },
);

test('a palindrome is found once, on both strands; overlapping places are all found', () => {
  expect(findBases('AGAATTCA', 'GAATTC')).toEqual([{ start: 1, end: 7, strand: null }]);
  expect(findBases('AAAA', 'AA').map(({ start, strand }) => [start, strand])).toEqual([
    [0, '+'],
    [1, '+'],
    [2, '+'],
  ]);
  expect(findBases('AC', 'ACG')).toEqual([]);
});
