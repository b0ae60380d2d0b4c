/** Whole-molecule objectives as a user asks for them; exact values against RDKit are in chem/catalogue.test.ts. */
import { beforeAll, expect, test } from 'vitest';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { parseCompact } from '../../../engine/objectives/parameters.ts';
import { MoleculeScoring } from '../../../engine/objectives/scoring.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

const ASPIRIN = 'CC(=O)Oc1ccccc1C(=O)O';
/** A 14-membered ring with two sugars. */
const ERYTHROMYCIN =
  'CC[C@@H]1[C@@]([C@@H]([C@H](C(=O)[C@@H](C[C@@]([C@@H]([C@H]([C@@H]([C@H](C(=O)O1)C)O[C@H]2C[C@@]([C@H]([C@@H](O2)C)O)(C)OC)C)O[C@H]3[C@@H]([C@H](C[C@H](O3)C)N(C)C)O)(C)O)C)C)O)(C)O';

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

async function score(objective: string, ...molecules: string[]): Promise<(number | null)[]> {
  const scoring = new MoleculeScoring(
    { modality: 'molecule', objectives: [parseCompact(objective)], constraints: [] },
    context,
  );
  try {
    return (await scoring.score(molecules)).map(({ raw }) => raw[0]);
  } finally {
    scoring.dispose();
  }
}

test.each([
  ['heavy-atoms', 13, 51],
  ['aromatic-rings', 1, 0],
  ['largest-ring', 6, 14],
  ['macrocycles', 0, 1],
  ['stereocentres', 0, 18],
  ['unspecified-stereocentres', 0, 0],
  ['charge', 0, 0],
  ['lipinski', 0, 2],
  ['veber', 0, 1],
  ['ghose', 0, 3],
  ['lead-like', 1, 1],
  ['rule-of-three', 1, 5],
  ['scaffold-size', 6, 30],
  ['descriptor:name=NumAmideBonds', 0, 0],
] as const)('%s of aspirin and erythromycin', async (objective, aspirin, erythromycin) => {
  expect(await score(objective, ASPIRIN, ERYTHROMYCIN)).toEqual([aspirin, erythromycin]);
});

test('Bertz’s index of aspirin', async () => {
  expect((await score('bertz', ASPIRIN))[0]).toBeCloseTo(343.22287, 4);
});

test('an open stereocentre and a charge are counted', async () => {
  expect(await score('unspecified-stereocentres', 'CC(F)Cl', 'C[C@H](F)Cl')).toEqual([1, 0]);
  expect(await score('charge', 'CC(=O)[O-]', 'C[N+](C)(C)CC[N+](C)(C)C')).toEqual([-1, 2]);
});

test('a scaffold is found again under other side chains; the generic one under other elements', async () => {
  const molecules = ['Cc1ccc(Oc2ccncc2)cc1', 'c1ccc(Oc2ccccc2)cc1', 'c1ccncc1', 'CCO'];
  expect(await score('scaffold:reference=CCc1ccncc1Oc1ccccc1', ...molecules)).toEqual([0, 0, 0, 0]);
  expect(await score('scaffold:reference=CCc1cnccc1Oc1ccccc1', ...molecules)).toEqual([1, 0, 0, 0]);
  expect(await score('scaffold:reference=CCc1ccncc1Oc1ccccc1,kind=generic', ...molecules)).toEqual([1, 1, 0, 0]);
});

test('isomers of a formula', async () => {
  const [isomer, other] = await score('isomer:formula=C9H8O4', ASPIRIN, 'CC(=O)Oc1ccccc1C(=O)N');
  expect(isomer).toBe(1);
  expect(other).toBeGreaterThan(0);
  expect(other).toBeLessThan(0.9);
});

test.each([
  ['scaffold:reference=CCO', '"CCO" has no ring and therefore no scaffold'],
  ['scaffold:reference=C1CC', 'not a valid SMILES'],
  ['isomer:formula=C9Xx2', 'no element at "Xx2"'],
  ['descriptor:name=kapa3', 'there is no "kapa3". Did you mean "kappa3"?'],
  ['descriptor', 'needs the parameter "name"'],
  ['cns-mpo:pH=15', 'Parameter "pH" of objective "cns-mpo"'],
])('%s is refused', async (objective, message) => expect(score(objective, ASPIRIN)).rejects.toThrow(message));
