import { expect, test } from 'vitest';
import { DnaScoring } from '../../../../engine/objectives/scoring.ts';
import type { ObjectiveRequest } from '../../../../engine/objectives/types.ts';
import { dnaContext } from '../../../../host/chemistry/chemistry.ts';

const context = dnaContext();

async function score(
  sequences: readonly string[],
  objectives: readonly ObjectiveRequest[],
  constraints: readonly ObjectiveRequest[] = [],
) {
  const scoring = new DnaScoring({ modality: 'dna', objectives, constraints }, context);
  try {
    return await scoring.score(sequences);
  } finally {
    scoring.dispose();
  }
}

test('DNA is scored in input order, whatever its case; what is not DNA is missing', async () => {
  const scored = await score(
    ['ggcc', 'ATAT', 'ACGN', '', 'CCO', 'GATTACA'],
    [{ id: 'gc', parameters: {} }],
    [{ id: 'gc', parameters: {} }],
  );
  expect(scored.map(({ canonical }) => canonical)).toEqual(['GGCC', 'ATAT', null, null, null, 'GATTACA']);
  expect(scored.map(({ raw }) => raw[0])).toEqual([1, 0, null, null, null, 2 / 7]);
  expect(scored.map(({ constraints }) => constraints[0])).toEqual([1, 0, null, null, null, 2 / 7]);
});

test('an objective of molecules is refused for DNA', async () => {
  await expect(score(['ACGT'], [{ id: 'qed', parameters: {} }])).rejects.toThrow('"qed" scores molecules, not DNA');
});
