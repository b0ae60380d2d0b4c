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

test('a place that crosses rows is marked in each, one that spans all of it in none', () => {
  expect(marks(markRows([feature('a', 8, 13), feature('whole', 0, 25, 'rule')], 25, 10))).toEqual([
    [['a', 8, 10, 0]],
    [['a', 0, 3, 0]],
    [],
  ]);
});

test('places that overlap get lanes of their own, and a lane is used again', () => {
  expect(marks(markRows([feature('c', 6, 9), feature('a', 0, 5), feature('b', 3, 6)], 10, 10))).toEqual([
    [
      ['a', 0, 5, 0],
      ['b', 3, 6, 1],
      ['c', 6, 9, 0],
    ],
  ]);
});

test('a site over the joined ends of a circle is marked at both', () => {
  expect(marks(markRows([feature('BamHI', 17, 23, 'site')], 20, 10))).toEqual([
    [['BamHI', 0, 3, 0]],
    [['BamHI', 7, 10, 0]],
  ]);
});

test('places are said in words, counted from 1', () => {
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
