/**
 * @file What all predictors of activity say of a candidate, through the host's services, against PyTorch's predictions
 * of the same files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Activities } from '../../../host/candidates/activities.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { commitDna } from '../dna-run.ts';
import { root, temporaryFolder } from '../tools.ts';

interface Shipped {
  readonly sequence: string;
  /** Mean and spread of the members, a task. */
  readonly predictions: readonly (readonly [value: number, spread: number])[];
}

/**
 * Of HepG2, K562 and WTC11: residuals and their rises as the predictor's card has them, mean and deviation of the
 * training values.
 */
const errors = [
  { residual: 0.54, rise: 0.26, mean: -0.22, deviation: 0.73 },
  { residual: 0.82, rise: 0.44, mean: -0.62, deviation: 1.09 },
  { residual: 0.69, rise: 0.31, mean: -0.6, deviation: 1.03 },
];

const shipped = JSON.parse(readFileSync(join(root, 'test/fixtures/predictor/shipped.json'), 'utf8')) as Record<
  'lentimpra' | 'yeast-promoter',
  Shipped[]
>;
const [human] = shipped.lentimpra;

let host: Host;
let ids: readonly number[];
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  ids = commitDna(host.context.db, ['gc', 'tm'], [human.sequence, 'AC'.repeat(100), 'ACGT'.repeat(17), 'ACGTACGT']).ids;
});
afterAll(() => host.close());

const told = async (place: number) => (await host.call('candidate.activities', { candidateId: ids[place] })).activities;

it('predicts all activities with errors though no goal of the design asks for one', async () => {
  const activities = await told(0);
  expect(activities.map(({ objective, reads, fewest }) => [objective, reads, fewest])).toEqual([
    ['dna-hepg2', 200, 200],
    ['dna-k562', 200, 200],
    ['dna-wtc11', 200, 200],
    ['dna-yeast-ypd', 80, 65],
  ]);
  human.predictions.forEach(([value, spread], task) => {
    expect(activities[task].value).toBeCloseTo(value, 2);
    const { residual, rise, mean, deviation } = errors[task];
    expect(
      Math.abs(activities[task].error! - Math.hypot(spread, residual * Math.exp((rise * (value - mean)) / deviation))),
    ).toBeLessThan(0.01);
  });
  expect(activities.map(({ inside }) => inside).slice(0, 3)).toEqual([true, true, true]);
});

it('says of what is unlike the training data that it is', async () => {
  const activities = await told(1);
  expect(activities.every(({ value, error, inside }) => value !== null && error! > 0 && !inside)).toBe(true);
});

it('has no value, and no error, for what is too short: missing, never 0', async () => {
  expect((await told(2)).map(({ value }) => value === null)).toEqual([true, true, true, false]);
  expect((await told(3)).map(({ value, error }) => [value, error])).toEqual(
    Array.from({ length: 4 }, () => [null, null]),
  );
});

it('lists only predictors that are installed', async () => {
  expect(await new Activities(temporaryFolder()).of('ACGT', { id: 1, predictors: null })).toEqual([]);
});

it('are refused where a predictor that the run’s goals ask is another one now', async () => {
  const predictors = [{ file: 'lentimpra/lentimpra.safetensors', key: '00' }];
  await expect(host.context.activities.of('ACGT', { id: 1, predictors })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(
      'The shipped predictor lentimpra/lentimpra.safetensors of run 1 has changed since the run began',
    ),
  });
  await expect(
    host.context.activities.of('ACGT', {
      id: 1,
      predictors: [{ file: 'qm9-properties/qm9-properties.safetensors', key: '00' }],
    }),
  ).resolves.toHaveLength(4);
});
