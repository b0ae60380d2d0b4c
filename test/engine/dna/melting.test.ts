/** Melting temperatures against Biopython 1.88 on 240 oligos, self-complementary ones among them. */
import { expect, test } from 'vitest';
import { meltingTemperature } from '../../../engine/dna/melting.ts';
import { readFixture } from '../../fixtures/dna/read.ts';

type Row = readonly [sequence: string, oligo: number, sodium: number, magnesium: number, tm: number];

test('melting temperatures equal those of Biopython', () => {
  const rows = readFixture('melting.json.gz') as readonly Row[];
  expect(rows).toHaveLength(240);
  const differing = rows.flatMap(([sequence, oligo, sodium, magnesium, tm]) => {
    const found = meltingTemperature(sequence, { oligo, sodium, magnesium });
    return found !== null && Math.abs(found - tm) < 1e-5 ? [] : [`${sequence}: ${found} for ${tm}`];
  });
  expect(differing).toEqual([]);
});

test('a single base has no melting temperature', () => {
  expect(meltingTemperature('A', { oligo: 250, sodium: 50, magnesium: 0 })).toBeNull();
});
