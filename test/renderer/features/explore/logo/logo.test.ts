/** @file A logo as stacks of letters, as a table and in words. */
import { expect, it } from 'vitest';
import {
  consensusOf,
  lengthWords,
  type Logo,
  logoRows,
  logoWords,
  positionName,
  stackOf,
} from '../../../../../renderer/features/explore/logo/logo.ts';
import { logo as positions } from '../../../fake-data.ts';

const logo: Logo = { count: 4, shortest: 2, positions };

it('stacks the bases with the most common on top, as high as their share of the information', () => {
  expect(
    stackOf(positions[2]).map(({ base, from, to }) => [base, Number(from.toFixed(4)), Number(to.toFixed(4))]),
  ).toEqual([
    ['G', 0, 0.1625],
    ['T', 0.1625, 0.65],
  ]);
  expect(stackOf(positions[0])).toEqual([{ base: 'A', from: 0, to: 1.46 }]);
  expect(stackOf(positions[1])).toEqual([]);
});

it('counts positions from the end where sequences are lined up there', () => {
  expect([0, 2].map((i) => positionName(i, 3, 'start'))).toEqual([1, 3]);
  expect([0, 2].map((i) => positionName(i, 3, 'end'))).toEqual([-3, -1]);
});

it('gives a table and a consensus for users who cannot see it', () => {
  expect(logoRows(logo, 'start')).toEqual([
    { position: 1, shares: 'A 100%', sequences: 4, bits: 1.46 },
    { position: 2, shares: 'A 25%, C 25%, G 25%, T 25%', sequences: 4, bits: 0 },
    { position: 3, shares: 'T 75%, G 25%', sequences: 4, bits: 0.65 },
  ]);
  expect(consensusOf(logo)).toBe('AnT');
});

it('says which sequences it shows, and what unequal lengths mean', () => {
  expect(lengthWords(logo, 'end')).toBe(
    'They have 2 to 3 bases and are aligned at their last base. Positions beyond the shorter ones count fewer sequences.',
  );
  expect(lengthWords({ ...logo, shortest: 3 }, 'end')).toBe('');
  expect(logoWords(logo, 2400, false, 'Total')).toBe('The first 4 of 2,400 sequences that pass the filters, by Total.');
  expect(logoWords(logo, 4, true, 'Total')).toBe('All 4 selected sequences.');
});
