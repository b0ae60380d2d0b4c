/** Global alignments with affine gaps against Biopython 1.88. */
import { expect, test } from 'vitest';
import {
  alignGlobally,
  type AlignmentScores,
  countColumns,
  usualScores,
} from '../../../engine/dna/affine-alignment.ts';
import { readFixture } from '../../fixtures/dna/read.ts';

type Row = readonly [
  a: string,
  b: string,
  match: number,
  mismatch: number,
  open: number,
  extend: number,
  score: number,
];
const rows = readFixture('alignment.json.gz') as readonly Row[];

/** What two aligned rows are worth, column by column. */
function worth(a: string, b: string, { match, mismatch, open, extend }: AlignmentScores): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = [a, b].find((row) => row[i] === '-');
    if (gap === undefined) sum += a[i] === b[i] ? match : mismatch;
    else sum += gap[i - 1] === '-' ? extend : open;
  }
  return sum;
}

test.each(rows.map((row, i) => [i, row] as const))(
  'pair %i has the score of Biopython, and an alignment of that score',
  (_, [a, b, match, mismatch, open, extend, score]) => {
    const scores = { match, mismatch, open, extend };
    const aligned = alignGlobally(a, b, scores);
    expect(aligned.score).toBeCloseTo(score, 9);
    expect([aligned.a.replaceAll('-', ''), aligned.b.replaceAll('-', '')]).toEqual([a, b]);
    expect(worth(aligned.a, aligned.b, scores)).toBeCloseTo(score, 9);
  },
);

test('the fixture has pairs near and far', () => {
  const identities = rows
    .map(([a, b]) => countColumns(alignGlobally(a, b)))
    .map(({ matches, columns }) => matches / columns);
  expect([identities.some((one) => one > 0.85), identities.some((one) => one < 0.5)]).toEqual([true, true]);
});

test('differences are counted', () => {
  const aligned = alignGlobally('ACGTTTTACGTACGTAC', 'ACGTACGTACCTAC');
  expect(aligned).toEqual({ score: 13 * 5 - 4 - 11, a: 'ACGTTTTACGTACGTAC', b: 'ACG---TACGTACCTAC' });
  expect(countColumns(aligned)).toEqual({
    columns: 17,
    matches: 13,
    substitutions: 1,
    insertions: 3,
    deletions: 0,
    gaps: 1,
  });
  expect(countColumns(alignGlobally('A', 'ACC', usualScores))).toEqual({
    columns: 3,
    matches: 1,
    substitutions: 0,
    insertions: 0,
    deletions: 2,
    gaps: 1,
  });
});
