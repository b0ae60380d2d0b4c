/** Logos against Biopython's counts and entropies. */
import { expect, test } from 'vitest';
import { sequenceLogo } from '../../../engine/dna/logo.ts';
import { readFixture } from '../../fixtures/dna/read.ts';

interface Set {
  readonly sequences: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly bits: readonly number[];
}
const sets = readFixture('logo.json.gz') as readonly Set[];

test.each(sets.map((set) => [set.sequences.length, set] as const))('%i sequences', (_, { sequences, counts, bits }) => {
  const logo = sequenceLogo(sequences, 'start');
  expect(logo.map((position) => position.counts)).toEqual(counts);
  expect(sequenceLogo(sequences, 'end')).toEqual(logo);
  logo.forEach((position, i) => expect(position.bits).toBeCloseTo(bits[i], 8));
});

test('unequal lengths are lined up at one end, and fewer count beyond the shorter ones', () => {
  expect(sequenceLogo(['ACG', 'AC', 'A'], 'start').map(({ counts }) => counts)).toEqual([
    [3, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 1, 0],
  ]);
  expect(sequenceLogo(['ACG', 'CG', 'G'], 'end').map(({ counts }) => counts)).toEqual([
    [1, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 3, 0],
  ]);
  // By the paper's correction one or two sequences tell nothing, or 0.92 bits.
  expect(sequenceLogo(['ACG', 'CG', 'G'], 'end').map(({ bits }) => Number(bits.toFixed(3)))).toEqual([0, 0.918, 1.279]);
  expect(sequenceLogo([], 'start')).toEqual([]);
});
