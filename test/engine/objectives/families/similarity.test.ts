import { beforeAll, expect, test } from 'vitest';
import type { MoleculeContext } from '../../../../engine/objectives/molecules.ts';
import { parseCompact } from '../../../../engine/objectives/parameters.ts';
import { MoleculeScoring } from '../../../../engine/objectives/scoring.ts';
import { loadMoleculeContext } from '../../../../host/chemistry/chemistry.ts';

const ASPIRIN = 'CC(=O)Oc1ccccc1C(=O)O';
const OTHERS = ['O=C(O)c1ccccc1O', 'CC(=O)Nc1ccc(O)cc1', 'CC(C)Cc1ccc(cc1)C(C)C(=O)O'];

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

/** Raw values of molecules under one objective in its compact form. */
async function values(objective: string, smiles: readonly string[] = OTHERS): Promise<(number | null)[]> {
  const scoring = new MoleculeScoring(
    { modality: 'molecule', objectives: [parseCompact(objective)], constraints: [] },
    context,
  );
  try {
    return (await scoring.score(smiles)).map(({ raw }) => raw[0]);
  } finally {
    scoring.dispose();
  }
}

function expectClose(got: readonly (number | null)[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 7));
}

// Right: sparse fingerprints of Python RDKit 2026.09.1, compared as sets and by TanimotoSimilarity.
test.each([
  ['ecfp4', 'bits', [0.46666667, 0.24324324, 0.21428571]],
  ['ecfp6', 'counts', [0.43137255, 0.22222222, 0.18918919]],
  ['fcfp4', 'bits', [0.4137931, 0.2, 0.25714286]],
  ['fcfp6', 'counts', [0.43137255, 0.26229508, 0.25714286]],
  ['ap', 'bits', [0.40740741, 0.3030303, 0.24444444]],
  ['ap', 'counts', [0.4137931, 0.30392157, 0.22818792]],
  ['tt', 'bits', [0.52941176, 0, 0]],
  ['tt', 'counts', [0.54545455, 0, 0]],
] as const)('similarity to aspirin by %s on %s', async (fp, measure, wanted) => {
  expectClose(await values(`similarity:ref=${ASPIRIN},fp=${fp},measure=${measure}`), wanted);
});

test('of several references the most similar counts, or the mean', async () => {
  const list = OTHERS.join(',');
  expectClose(await values(`similarity:references=${list}`, [ASPIRIN]), [0.46666667]);
  expectClose(await values(`similarity:references=${list},combine=mean`, [ASPIRIN]), [
    (0.46666667 + 0.24324324 + 0.21428571) / 3,
  ]);
  expectClose(await values(`similarity:ref=${OTHERS[0]},references=${OTHERS[1]},combine=mean`, [ASPIRIN]), [
    (0.46666667 + 0.24324324) / 2,
  ]);
  expectClose(await values(`dissimilarity:references=${list}`, [ASPIRIN, OTHERS[0]]), [1 - 0.46666667, 0]);
});

test('a series: the mean over the nearest members', async () => {
  const list = OTHERS.join(',');
  expectClose(await values(`series:molecules=${list},nearest=2`, [ASPIRIN]), [(0.46666667 + 0.24324324) / 2]);
  expectClose(await values(`series:molecules=${list},nearest=10`, [ASPIRIN]), [
    (0.46666667 + 0.24324324 + 0.21428571) / 3,
  ]);
});

test('novelty: a salt and its parent are one molecule', async () => {
  expect(await values('novelty:molecules=CC(=O)[O-].[Na+]', ['CC(=O)O', 'CC(=O)[O-].[K+]', 'CCO'])).toEqual([0, 0, 1]);
  expect(await values('novelty:molecules=CCN', ['CCN.Cl', 'CC[NH3+]', 'CCCN.Cl'])).toEqual([0, 0, 1]);
  const alanine = ['C[C@@H]([NH3+])C(=O)O.[Cl-]', 'C[C@H](N)C(=O)O'];
  expect(await values('novelty:molecules=C[C@H](N)C(=O)O,stereo=false', alanine)).toEqual([0, 0]);
  expect(await values('novelty:molecules=C[C@H](N)C(=O)O', alanine)).toEqual([1, 0]);
});

test('novelty: however a known molecule is written, it is known', async () => {
  const asked = ['OC(=O)c1ccccc1OC(C)=O', 'CCO', 'C[C@H](N)C(=O)O', '[13CH4]', 'nonsense'];
  expect(await values(`novelty:molecules=${ASPIRIN},C[C@@H](N)C(=O)O,C`, asked)).toEqual([0, 1, 1, 1, null]);
  expect(await values(`novelty:molecules=${ASPIRIN},C[C@@H](N)C(=O)O,C,stereo=false`, asked)).toEqual([
    0,
    1,
    0,
    0,
    null,
  ]);
});

test('a reference that is none is named', async () => {
  await expect(values('similarity:references=CCO,C(')).rejects.toThrow('"C(" is not a valid SMILES');
  await expect(values('dissimilarity:fp=ap')).rejects.toThrow('needs the parameter "reference"');
});
