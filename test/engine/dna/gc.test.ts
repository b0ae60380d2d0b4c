/** Share of G and C by windows against Biopython 1.88. */
import { expect, test } from 'vitest';
import { gcContent, gcWindows } from '../../../engine/dna/composition.ts';
import { readFixture } from '../../fixtures/dna/read.ts';

interface Row {
  readonly sequence: string;
  readonly whole: number;
  /** By bases of a window. */
  readonly windows: Readonly<Record<string, readonly number[]>>;
}

const rows = readFixture('gc.json.gz') as readonly Row[];

test.each(rows.map((row, i) => [i, row] as const))(
  'windows of sequence %i equal those of Biopython',
  (_, { sequence, whole, windows }) => {
    expect(gcContent(sequence)).toBeCloseTo(whole, 8);
    for (const [window, shares] of Object.entries(windows)) {
      const found = gcWindows(sequence, Number(window));
      expect(found).toHaveLength(shares.length);
      found.forEach((share, i) => expect(share).toBeCloseTo(shares[i], 8));
    }
  },
);

test('the fixture has sequences that are shorter than a window', () => {
  expect(rows.some(({ windows }) => windows[50].length === 0)).toBe(true);
  expect(rows.some(({ windows }) => windows[50].length > 50)).toBe(true);
});
