/** @file The map of single changes against scoring the changed sequences one by one. */
import { beforeAll, expect, it } from 'vitest';
import { InputError } from '../../../host/base/errors.ts';
import { type MutagenesisMap, mutagenesisOf } from '../../../host/candidates/mutagenesis.ts';
import { predictorPins } from '../../../host/models/pins.ts';
import { startScoringPool } from '../../../host/scoring/pool.ts';

const ID = 'dna-yeast-ypd';
const sequence = 'TGCATTTTTTTCACATCTGAGGCGTTATAGTCTTTGATATTACGTGGTTCACGTAGATCCAGTTTTAGCGGAATCCGTAC';
const run = { id: 3, predictors: predictorPins({ objectives: [{ id: ID, parameters: {} }], constraints: [] }) };
let map: MutagenesisMap;
beforeAll(async () => {
  map = await mutagenesisOf(sequence, ID, run);
});

it('has what scoring each changed sequence by itself gives', async () => {
  const pool = await startScoringPool({
    request: { modality: 'dna', objectives: [{ id: ID, parameters: {} }], constraints: [] },
    workers: 1,
  });
  for (const [position, base] of [
    [0, 'A'],
    [17, 'C'],
    [40, 'G'],
    [79, 'T'],
  ] as const) {
    const [
      {
        raw: [alone],
      },
    ] = await pool.score([sequence.slice(0, position) + base + sequence.slice(position + 1)]);
    expect(map.changes['ACGT'.indexOf(base) * sequence.length + position], `${base} at ${position}`).toBeCloseTo(
      alone! - map.value!,
      4,
    );
  }
  await pool.dispose();
});

it('is 0 at the present bases alone, nearly everywhere', () => {
  const own = Array.from(sequence, (base, i) => map.changes['ACGT'.indexOf(base) * sequence.length + i]);
  expect(new Set(own)).toEqual(new Set([0]));
  expect(map.changes.filter((effect) => effect !== 0).length).toBeGreaterThan(2.5 * sequence.length);
});

it('is missing where the predictor has no score, and refuses what is no predictor', async () => {
  const short = await mutagenesisOf('ACGT', ID, run);
  expect([short.value, short.changes.every(Number.isNaN)]).toEqual([null, true]);
  await expect(mutagenesisOf(sequence, 'gc', run)).rejects.toThrow(InputError);
  await expect(mutagenesisOf('A'.repeat(1001), ID, run)).rejects.toThrow('the maximum is 1000');
});

it('is refused where the predictor is not the one that the run’s goals asked, and of no concern where they asked others', async () => {
  const changed = run.predictors.map(({ file }) => ({ file, key: '00' }));
  await expect(mutagenesisOf(sequence, ID, { id: 3, predictors: changed })).rejects.toThrow(
    /^The shipped predictor yeast-promoter\/yeast-promoter\.safetensors of run 3 has changed since the run began .* Everything that run 3 has found is kept\.$/,
  );
  for (const predictors of [null, [], [{ file: 'lentimpra/lentimpra.safetensors', key: '00' }]])
    expect((await mutagenesisOf('ACGT', ID, { id: 3, predictors })).value).toBeNull();
});
