/**
 * A predictor of several quantities: the sum over kinds of atoms and the networks' mean, the spread in the error, the
 * modality.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { perceiveElectrons } from '../../../../engine/chem/electrons.ts';
import { ChempropEnsemble } from '../../../../engine/predictor/chemprop.ts';
import { JointEnsemble } from '../../../../engine/predictor/joint/predictor.ts';
import { ATOM_FEATURES, ringAtoms } from '../../../../engine/predictor/molecule-features.ts';
import { Applicability } from '../../../../engine/predictor/user/applicability.ts';
import { openDevice } from '../../../../engine/tensor/devices.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';
import { tinyJoint } from '../../../joint-predictor.ts';

const rdkit = await loadRdkitFromDisk();
const device = openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });
const molecules = ['CCO', 'C1CC1N'].map((smiles) => rdkit.parse(smiles)!);

test('values, errors and applicability domain', async () => {
  const predictor = { ...tinyJoint(), applicability: Applicability.of([molecules[0].morgan(2)]) };
  const ensemble = new JointEnsemble(predictor, device);
  const found = await ensemble.predict(molecules);
  const alone = await Promise.all(
    predictor.members.map(async (weights) => {
      const one = new ChempropEnsemble(
        [
          {
            kind: 'regression',
            tasks: ['alpha', 'gap'],
            shape: predictor.shape,
            norm: 9,
            weights,
            scale: Float32Array.of(2, 1),
            mean: Float32Array.of(0.5, 0),
          },
        ],
        device,
      );
      const said = await one.predict(molecules);
      await one.dispose();
      return said.map((members) => members![0]);
    }),
  );
  const [a, b] = alone.map((said) => said[0][0]);
  expect(a).not.toBeCloseTo(b, 2);
  // Three heavy atoms, each a kind that adds as much.
  expect(found[0]![0].value).toBeCloseTo(6 + 3 * 0.3 + (a + b) / 2, 4);
  expect(found[0]![0].error).toBeCloseTo(Math.hypot(Math.abs(a - b) / 2, 0.25), 4);
  expect(found[1]![1].value).toBeCloseTo(7 + (alone[0][1][1] + alone[1][1][1]) / 2, 4);
  expect(molecules.map((molecule) => ensemble.isInDomain(molecule))).toEqual([true, false]);
  await ensemble.dispose();
});

test('atoms are described with the rings that hold them', () => {
  const described = (smiles: string, atom: number) => {
    const { graph, atomicMass } = rdkit.parse(smiles)!;
    const into = new Float32Array(ringAtoms.width);
    ringAtoms.write(graph, perceiveElectrons(graph), atomicMass, atom, into, 0);
    return [...into.subarray(ATOM_FEATURES)];
  };
  // Rings of 3, 4, 5, 6, 7 and more atoms, then none, one, two, three or more rings.
  expect(described('CCO', 0)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  expect(described('C1CC1', 0)).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  expect(described('C12CC1CCC2', 0)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
  expect(described('C1CCCCCCC1', 0)).toEqual([0, 0, 0, 0, 0, 1, 0, 1, 0, 0]);
});
