/** @file The map of single changes against scoring the changed sequences one by one. */
import { beforeAll, expect, it } from 'vitest';
import { InputError } from '../../host/errors.ts';
import { mutagenesisOf, type MutagenesisMap } from '../../host/mutagenesis.ts';
import { startScoringPool } from '../../host/scoring-pool.ts';

const ID = 'dna-yeast-ypd';
const sequence = 'TGCATTTTTTTCACATCTGAGGCGTTATAGTCTTTGATATTACGTGGTTCACGTAGATCCAGTTTTAGCGGAATCCGTAC';
let map: MutagenesisMap;
beforeAll(async () => {
  map = await mutagenesisOf(sequence, ID);
});

it('has what scoring each changed sequence by itself gives', async () => {
  const pool = await startScoringPool({ request: { domain: 'dna', objectives: [{ id: ID, parameters: {} }], constraints: [] }, workers: 1 });
  for (const [position, base] of [[0, 'A'], [17, 'C'], [40, 'G'], [79, 'T']] as const) {
    const [{ raw: [alone] }] = await pool.score([sequence.slice(0, position) + base + sequence.slice(position + 1)]);
    expect(map.changes['ACGT'.indexOf(base) * sequence.length + position], `${base} at ${position}`).toBeCloseTo(alone! - map.value!, 4);
  }
  await pool.dispose();
});

it('is 0 at the present bases alone, nearly everywhere', () => {
  const own = Array.from(sequence, (base, i) => map.changes['ACGT'.indexOf(base) * sequence.length + i]);
  expect(new Set(own)).toEqual(new Set([0]));
  expect(map.changes.filter((effect) => effect !== 0).length).toBeGreaterThan(2.5 * sequence.length);
});

it('is missing where the predictor has no score, and refuses what is no predictor', async () => {
  const short = await mutagenesisOf('ACGT', ID);
  expect([short.value, short.changes.every(Number.isNaN)]).toEqual([null, true]);
  await expect(mutagenesisOf(sequence, 'gc')).rejects.toThrow(InputError);
  await expect(mutagenesisOf('A'.repeat(1001), ID)).rejects.toThrow('1000 are the most');
});
