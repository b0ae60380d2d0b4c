/** Quantum-chemical properties as predicted: near the values of QM9 itself, caution, and what is unlike QM9. */
import { beforeAll, expect, test } from 'vitest';
import { qm9Properties } from '../../../../engine/objectives/families/qm9.ts';
import type { MoleculeContext } from '../../../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../../../engine/objectives/scoring.ts';
import type { ObjectiveRequest } from '../../../../engine/objectives/types.ts';
import { loadMoleculeContext } from '../../../../host/chemistry/chemistry.ts';

let context: MoleculeContext;
beforeAll(async () => {
  context = await loadMoleculeContext();
});

async function score(smiles: readonly string[], objectives: readonly ObjectiveRequest[]): Promise<(number | null)[][]> {
  const scoring = new MoleculeScoring({ modality: 'molecule', objectives, constraints: [] }, context);
  try {
    return (await scoring.score(smiles)).map(({ raw }) => [...raw]);
  } finally {
    scoring.dispose();
  }
}

/** QM9 (Ramakrishnan et al. 2014, CC0), energies times 27.211386 eV: alpha, gap, u0_atom, mu, homo, lumo, cv, zpve. */
const QM9: readonly (readonly [smiles: string, ...values: number[]])[] = [
  ['CCO', 27.87, 9.2981, -33.00659, 1.4131, -7.1267, 2.1715, 13.546, 2.17022],
  ['CC(C)=O', 35.53, 6.3783, -40.32202, 2.7362, -6.6151, -0.2367, 16.893, 2.26894],
  ['c1ccncc1', 53.03, 6.2396, -51.50696, 2.1103, -6.8518, -0.6123, 16.093, 2.41319],
  ['CCCCCCCC', 90.68, 10.4982, -101.10978, 0, -8.0382, 2.4599, 39.147, 6.67659],
];
/** Ten mean errors of QM9's usual molecules: small and plain ones are rare in it. */
const FAR = 10;

test('are those of QM9, each in its unit', async () => {
  const scores = await score(
    QM9.map(([smiles]) => smiles),
    qm9Properties.map(({ id }) => ({ id, parameters: {} })),
  );
  for (const [i, [smiles, ...values]] of QM9.entries()) {
    values.forEach((value, task) => {
      const { id, mae } = qm9Properties[task];
      expect(Math.abs(scores[i][task]! - value), `${id} of ${smiles}`).toBeLessThan(FAR * mae);
    });
  }
});

test('caution subtracts errors; what is unlike QM9 may be left without a score', async () => {
  const celecoxib = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';
  const [[plain, careful, inside], [outside, , missing], invalid] = await score(
    ['CCC1CC1O', celecoxib, 'C1CC'],
    [
      { id: 'qm9-gap', parameters: {} },
      { id: 'qm9-gap', parameters: { caution: 1 } },
      { id: 'qm9-gap', parameters: { outside: 'missing' } },
    ],
  );
  expect(plain! - careful!).toBeGreaterThan(0.02);
  expect(plain! - careful!).toBeLessThan(1);
  expect(inside).toBe(plain);
  expect(outside).not.toBeNull();
  expect(missing).toBeNull();
  expect(invalid).toEqual([null, null, null]);
});

test('tell what they know and how far they may err, by the joint networks themselves', async () => {
  const told = await score(
    ['CCC1CC1O', 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F'],
    [
      { id: 'qm9-gap', parameters: {}, asks: 'applicability' },
      { id: 'qm9-gap', parameters: {}, asks: 'error' },
      { id: 'qm9-gap', parameters: {} },
      { id: 'qm9-gap', parameters: { caution: 1 } },
    ],
  );
  expect(told.map(([inside]) => inside)).toEqual([1, 0]);
  for (const [, error, value, careful] of told) expect(error).toBeCloseTo(value! - careful!, 5);
});

test('ADMET tells the spread of its five networks and no applicability domain; of the targets only the one that keeps what it has learnt from tells', async () => {
  const asking = (id: string, asks: 'applicability' | 'error') => score(['CCO'], [{ id, parameters: {}, asks }]);
  const [[spread]] = await asking('admet-herg', 'error');
  expect(spread).toBeGreaterThan(0);
  expect(spread).toBeLessThan(0.5);
  await expect(asking('admet-herg', 'applicability')).rejects.toThrow('"admet-herg" has no applicability domain');
  await expect(asking('gsk3b', 'applicability')).rejects.toThrow('"gsk3b" has no applicability domain');
  await expect(asking('drd2', 'error')).rejects.toThrow('"drd2" has no standard error');
  // Haloperidol binds the receptor; glucose is like no ligand of it (similarity 0.46, limit 0.68).
  const drd2 = await score(
    ['O=C(CCCN1CCC(O)(CC1)c1ccc(Cl)cc1)c1ccc(F)cc1', 'OCC1OC(O)C(O)C(O)C1O'],
    [{ id: 'drd2', parameters: {}, asks: 'applicability' }],
  );
  expect(drd2).toEqual([[1], [0]]);
});
