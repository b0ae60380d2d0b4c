/**
 * @file Stereo of substructures and scaffolds. Expected values: Python RDKit, HasSubstructMatch with useChirality as
 * the parameter `stereo` says.
 */
import { beforeAll, expect, test } from 'vitest';
import type { MoleculeContext } from '../../../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../../../engine/objectives/scoring.ts';
import { loadMoleculeContext } from '../../../../host/chemistry/chemistry.ts';

let context: MoleculeContext;
beforeAll(async () => {
  context = await loadMoleculeContext();
});

const molecules = [
  'C[C@H](N)C(=O)O',
  'C[C@@H](N)C(=O)O',
  'CC(N)C(=O)O',
  'N[C@@H](C)C(=O)OC',
  'C/C=C/CO',
  'C/C=C\\CO',
  'CC=CCO',
  'OC[C@]1(F)CCCNC1',
  'OC[C@@]1(F)CCCNC1',
];

async function scores(id: string, parameters: Record<string, unknown>): Promise<(number | null)[]> {
  const scoring = new MoleculeScoring(
    { modality: 'molecule', objectives: [{ id, parameters }], constraints: [] },
    context,
  );
  const scored = await scoring.score(molecules);
  scoring.dispose();
  return scored.map(({ raw }) => raw[0]);
}

const expected: readonly [pattern: string, stereo: readonly number[], flat: readonly number[]][] = [
  ['C[C@H](N)C(=O)O', [1, 0, 0, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0, 0]],
  ['N[C@@H](C)C=O', [1, 0, 0, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0, 0]],
  ['C/C=C/C', [0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0, 0]],
  ['CC=CC', [0, 0, 0, 0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0, 0]],
  ['[C@]1(F)CCCNC1', [0, 0, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0, 1, 1]],
];

test.each(expected)('%s as a substructure', async (smarts, stereo, flat) => {
  for (const id of ['substructure', 'no-substructure', 'substructure-count']) {
    expect(await scores(id, { smarts })).toEqual(stereo);
    expect(await scores(id, { smarts, stereo: false })).toEqual(flat);
  }
});

test.each(['C[C@H](N)C(=O)[*:1]', 'C[C@H]([*:1])C(=O)O'])('%s as a scaffold', async (scaffold) => {
  expect(await scores('scaffold-match', { scaffold })).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(await scores('scaffold-match', { scaffold, stereo: false })).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0]);
});
