import { expect, test } from 'vitest';
import type { SequenceFeature } from '../../../../contract/api.ts';
import {
  featureName,
  featurePlace,
  featureSummary,
  markRows,
} from '../../../../renderer/components/dna/track-features.ts';

const feature = (
  name: string,
  start: number,
  end: number,
  kind: SequenceFeature['kind'] = 'motif',
): SequenceFeature => ({ kind, name, start, end, strand: '+', note: '' });
const marks = (rows: ReturnType<typeof markRows>) =>
  rows.map((row) => row.map(({ feature: { name }, from, to, lane }) => [name, from, to, lane]));

test('marks a feature that crosses rows in each, and one that spans the sequence in none', () => {
  expect(marks(markRows([feature('a', 8, 13), feature('whole', 0, 25, 'rule')], 25, 10))).toEqual([
    [['a', 8, 10, 0]],
    [['a', 0, 3, 0]],
    [],
  ]);
});

test('gives overlapping features separate lanes, and reuses lanes', () => {
  expect(marks(markRows([feature('c', 6, 9), feature('a', 0, 5), feature('b', 3, 6)], 10, 10))).toEqual([
    [
      ['a', 0, 5, 0],
      ['b', 3, 6, 1],
      ['c', 6, 9, 0],
    ],
  ]);
});

test('marks a site across the origin of a circle at both ends', () => {
  expect(marks(markRows([feature('BamHI', 17, 23, 'site')], 20, 10))).toEqual([
    [['BamHI', 0, 3, 0]],
    [['BamHI', 7, 10, 0]],
  ]);
});

test('describes positions in words, counted from 1', () => {
  const found = [
    feature('CTCF', 0, 15),
    feature('CTCF', 30, 45),
    feature('EcoRI', 3, 9, 'site'),
    feature('gc-window', 0, 60, 'rule'),
  ];
  expect(featureSummary(found)).toBe('2 motif hits, 1 restriction site, 1 violated synthesis rule');
  expect(featurePlace(found[2])).toBe('4–9');
  expect(found.map(featureName)).toEqual(['CTCF', 'CTCF', 'EcoRI', 'GC in a window']);
});
