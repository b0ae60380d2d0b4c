import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ScoringRequest } from '../../../engine/objectives/types.ts';
import { programFolder } from '../../../host/base/paths.ts';
import { startScoringPool } from '../../../host/scoring/pool.ts';

const request: ScoringRequest = {
  modality: 'molecule',
  objectives: [
    { id: 'qed', parameters: {} },
    { id: 'similarity', parameters: { reference: 'Oc1ccccc1' } },
  ],
  constraints: [{ id: 'alerts', parameters: {} }],
};

test('scores on threads, in order, and survives bad input', async () => {
  const pool = await startScoringPool({ request, workers: 2 });
  try {
    const [phenol, bad, again, benzene] = await pool.score(['C1=CC=CC=C1O', 'C1CC', 'Oc1ccccc1', 'c1ccccc1']);
    expect(phenol).toEqual({
      canonical: 'Oc1ccccc1',
      scaffold: benzene.scaffold,
      raw: [expect.closeTo(0.51473, 5), 1],
      constraints: [0],
    });
    expect(again).toEqual(phenol);
    expect(bad.canonical).toBeNull();
  } finally {
    await pool.dispose();
  }
});

test('a request that cannot be prepared is refused at the start, with the parameter', async () => {
  const start = startScoringPool({
    request: { ...request, objectives: [{ id: 'similarity', parameters: { reference: 'phenol' } }] },
    workers: 1,
  });
  await expect(start).rejects.toThrow(
    expect.objectContaining({
      name: 'ParameterError',
      parameter: 'reference',
      message: '"phenol" is not a valid SMILES',
    }),
  );
});

test('a worker script that is not there is a clear error', async () => {
  await expect(
    startScoringPool({ request, workers: 1, script: join(programFolder, 'dist', 'absent.mjs') }),
  ).rejects.toThrow('A scoring worker crashed');
});
