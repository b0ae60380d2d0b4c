/**
 * Objectives of predicted activity with the shipped predictors; their values are PyTorch's
 * (test/fixtures/predictor/shipped.py).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activities } from '../../../../engine/objectives/families/dna/activity.ts';
import { DnaScoring } from '../../../../engine/objectives/scoring.ts';
import type { ObjectiveRequest } from '../../../../engine/objectives/types.ts';
import { readPredictor } from '../../../../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../../../../engine/predictor/sequence/ensemble.ts';
import { dnaContext, readResource } from '../../../../host/chemistry/chemistry.ts';

const context = dnaContext();
const shipped = (name: string) => readPredictor(readResource(`${name}/${name}.safetensors`));
const expected = JSON.parse(readFileSync('test/fixtures/predictor/shipped.json', 'utf8')) as Record<
  string,
  { sequence: string; predictions: [value: number, spread: number][] }[]
>;

async function raw(sequences: readonly string[], ...objectives: ObjectiveRequest[]): Promise<(number | null)[][]> {
  const scoring = new DnaScoring({ modality: 'dna', objectives, constraints: [] }, context);
  try {
    return (await scoring.score(sequences)).map((one) => one.raw);
  } finally {
    scoring.dispose();
  }
}

const ask = (id: string, parameters: Record<string, unknown> = {}): ObjectiveRequest => ({ id, parameters });
const human = expected.lentimpra.map(({ sequence }) => sequence);

test.each(Object.keys(expected))('%s predicts what PyTorch makes of its file', async (name) => {
  const ensemble = await Ensemble.create(context.device, shipped(name));
  const rows = expected[name];
  const predictions = await ensemble.predict(rows.map(({ sequence }) => sequence));
  predictions.forEach((tasks, i) =>
    tasks!.forEach(({ value, spread }, task) => {
      expect(value).toBeCloseTo(rows[i].predictions[task][0], 4);
      expect(spread).toBeCloseTo(rows[i].predictions[task][1], 4);
    }),
  );
  await ensemble.dispose();
});

test('the figures that descriptions quote are those of the shipped files', () => {
  for (const { id, model, task, correlation, bases, fewest } of activities) {
    const { history, network, shortest } = shipped(model);
    const report = (history.report as { name: string; test: { correlation: number } }[]).find(
      ({ name }) => name === task,
    );
    expect(correlation, id).toBeCloseTo(report!.test.correlation, 2);
    expect([network.length, shortest], id).toEqual([bases, fewest]);
  }
});

test('specificity is the activity in one cell type less that in the others', async () => {
  const rows = await raw(
    human,
    ask('dna-hepg2'),
    ask('dna-k562'),
    ask('dna-wtc11'),
    ask('dna-specificity'),
    ask('dna-specificity', { on: 'k562', off: ['hepg2', 'wtc11'], against: 'mean' }),
  );
  for (const [hepg2, k562, wtc11, highest, mean] of rows as number[][]) {
    expect(highest).toBeCloseTo(hepg2 - Math.max(k562, wtc11), 6);
    expect(mean).toBeCloseTo(k562 - (hepg2 + wtc11) / 2, 6);
  }
});

test('caution takes errors off; what is unlike the training may be left out; what is too short is', async () => {
  const repeats = 'AC'.repeat(100);
  const sequences = [human[0], repeats, human[1].slice(1), 'NNN'];
  const rows = await raw(
    sequences,
    ask('dna-hepg2'),
    ask('dna-hepg2', { caution: 1 }),
    ask('dna-hepg2', { caution: -1 }),
    ask('dna-hepg2', { outside: 'missing' }),
  );
  const [plain, cautious, bold, inside] = rows[0] as number[];
  expect(cautious).toBeLessThan(plain);
  expect(bold - plain).toBeCloseTo(plain - cautious, 6);
  expect(inside).toBe(plain);
  expect(rows[1][0]).not.toBeNull();
  expect(rows[1][3]).toBeNull();
  expect(rows.slice(2)).toEqual([
    [null, null, null, null],
    [null, null, null, null],
  ]);
});

test('says what is like the training without predicting it, as leaving it out does', async () => {
  const about = (id: string): ObjectiveRequest => ({ ...ask(id), asks: 'applicability' });
  const sequences = [human[0], 'AC'.repeat(100), 'NNN'];
  expect(await raw(sequences, about('dna-hepg2'), about('dna-specificity'))).toEqual([
    [1, 1],
    [0, 0],
    [null, null],
  ]);
  await expect(raw(sequences, about('gc'))).rejects.toThrow(`"gc" has no applicability domain`);
});

test('yeast promoters are read on their own strand, of a longer sequence the middle', async () => {
  const [{ sequence }] = expected['yeast-promoter'];
  const [[own], [longer]] = await raw([sequence, `ACG${sequence}TTT`], ask('dna-yeast-ypd'));
  expect(longer).toBe(own);
});

test.each<[ObjectiveRequest, string]>([
  [ask('dna-specificity', { on: 'k562' }), '"k562" cannot be on and off at once'],
  [ask('dna-specificity', { off: [] }), 'name at least one cell type'],
  [ask('dna-hepg2', { caution: 4 }), 'Parameter "caution" of objective "dna-hepg2"'],
])('%j is refused', async (request, message) => {
  await expect(raw(['ACGT'], request)).rejects.toThrow(message);
});

test('a damaged file is named', async () => {
  const damaged = { ...context, resource: (file: string) => readResource(file).slice(0, -2) };
  const scoring = () => new DnaScoring({ modality: 'dna', objectives: [ask('dna-hepg2')], constraints: [] }, damaged);
  expect(scoring).toThrow(
    'The predictor models/lentimpra/lentimpra.safetensors cannot be used: The checkpoint is truncated',
  );
});
