import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { writeSafetensors } from '../../../engine/generator/safetensors.ts';
import { admetId } from '../../../engine/objectives/families/admet.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../../engine/objectives/scoring.ts';
import { readChemprop } from '../../../engine/predictor/chemprop.ts';
import { loadMoleculeContext, readResource } from '../../../host/chemistry/chemistry.ts';

const [header, ...rows] = gunzipSync(readFileSync(new URL('../../fixtures/admet/expected.csv.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const tasks = header.slice(1);

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

async function score(smiles: readonly string[], ids: readonly string[]) {
  const scoring = new MoleculeScoring(
    { modality: 'molecule', objectives: ids.map((id) => ({ id, parameters: {} })), constraints: [] },
    context,
  );
  try {
    return (await scoring.score(smiles)).map(({ raw }) => raw);
  } finally {
    scoring.dispose();
  }
}

test('all 41 endpoints equal those of ADMET-AI', async () => {
  expect(tasks).toHaveLength(41);
  expect(rows.length).toBeGreaterThan(200);
  const scores = await score(
    rows.map(([smiles]) => smiles),
    tasks.map(admetId),
  );
  const differing = rows.flatMap(([smiles, ...expected], i) =>
    tasks.flatMap((task, t) => {
      const [got, wanted] = [scores[i][t]!, Number(expected[t])];
      return Math.abs(got - wanted) <= 1e-4 * Math.max(1, Math.abs(wanted))
        ? []
        : [`${smiles} ${task}: ${got}, ADMET-AI ${wanted}`];
    }),
  );
  expect(differing).toEqual([]);
});

test('a score does not depend on what else is in the batch', async () => {
  const smiles = rows.slice(0, 40).map(([one]) => one);
  const together = await score(smiles, ['admet-herg', 'admet-solubility-aqsoldb']);
  const [alone] = await score([smiles[17]], ['admet-herg', 'admet-solubility-aqsoldb']);
  expect(together[17]).toEqual(alone);
});

test('invalid molecules and those with more neighbours than a pass has room for are missing', async () => {
  const hub = `[U]${'(C)'.repeat(8)}C`;
  const [invalid, large, small] = await score(['C1CC', hub, 'SSS'], ['admet-ames']);
  expect([invalid, large]).toEqual([[null], [null]]);
  expect(small[0]).toBeGreaterThan(0);
});

test.each([
  ['empty', new Uint8Array(), '0 bytes, too few'],
  ['truncated', readResource('admet-ai/regression_0.safetensors').slice(0, 200_000), 'truncated'],
  ['of another kind', writeSafetensors(new Map(), { format: 'other' }, 'F32'), 'not a Chemprop model'],
])('a file that is %s is refused', (_what, file, message) => {
  expect(() => readChemprop(file)).toThrow(message);
});

test('a model whose matrix has another shape than its config says is refused', () => {
  const config = JSON.stringify({
    tasks: ['A'],
    kind: 'classification',
    hyper: { message_passing: '"d_h": 4\n"depth": 3', agg: "{'norm': 100}" },
  });
  const tensors = new Map([
    ['predictor.ffn.0.0.weight', { shape: [4, 4], values: new Float32Array(16) }],
    ['message_passing.W_i.weight', { shape: [4, 80], values: new Float32Array(320) }],
  ]);
  expect(() => readChemprop(writeSafetensors(tensors, { config }, 'F32'))).toThrow(
    'message_passing.W_i.weight has the shape [4, 80]; the model needs [4, 86]',
  );
});
