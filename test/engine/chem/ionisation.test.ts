import { beforeAll, expect, test } from 'vitest';
import { cnsMpo } from '../../../engine/chem/cns-mpo.ts';
import { estimateLogD, strongestAcid, strongestBase } from '../../../engine/chem/ionisation.ts';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function measure<T>(smiles: string, use: (molecule: Molecule) => T): T {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  try {
    return use(molecule);
  } finally {
    molecule.dispose();
  }
}

const base = (smiles: string): number | null => measure(smiles, ({ graph }) => strongestBase(graph));
const acid = (smiles: string): number | null => measure(smiles, ({ graph }) => strongestAcid(graph));

// Measured pKa of the conjugate acid at 25 °C, from textbooks.
const measured: readonly (readonly [name: string, smiles: string, pKa: number])[] = [
  ['ethylamine', 'CCN', 10.7],
  ['piperidine', 'C1CCNCC1', 11.1],
  ['triethylamine', 'CCN(CC)CC', 10.8],
  ['benzylamine', 'NCc1ccccc1', 9.3],
  ['ethanolamine', 'NCCO', 9.5],
  ['2-fluoroethylamine', 'NCCF', 9],
  ['2,2,2-trifluoroethylamine', 'NCC(F)(F)F', 5.7],
  ['aminoacetonitrile', 'NCC#N', 5.3],
  ['glycinamide', 'NCC(N)=O', 8],
  ['morpholine', 'C1COCCN1', 8.4],
  ['piperazine', 'C1CNCCN1', 9.8],
  ['1-phenylpiperazine', 'c1ccccc1N1CCNCC1', 8.9],
  ['aniline', 'Nc1ccccc1', 4.6],
  ['pyridine', 'c1ccncc1', 5.2],
  ['4-dimethylaminopyridine', 'CN(C)c1ccncc1', 9.7],
  ['imidazole', 'c1c[nH]cn1', 7],
  ['guanidine', 'NC(=N)N', 13.6],
  ['benzamidine', 'NC(=N)c1ccccc1', 11.6],
  ['lidocaine', 'CCN(CC)CC(=O)Nc1c(C)cccc1C', 7.9],
  ['propranolol', 'CC(C)NCC(O)COc1cccc2ccccc12', 9.5],
  ['haloperidol', 'O=C(CCCN1CCC(O)(CC1)c1ccc(Cl)cc1)c1ccc(F)cc1', 8.7],
];

test.each(measured)('the estimate for %s is within a unit of the measured pKa', (_, smiles, pKa) => {
  expect(Math.abs((base(smiles) ?? NaN) - pKa)).toBeLessThan(1);
});

test('amides, quaternary amines and hydrocarbons are no bases; protonated amines are what they come from', () => {
  expect(['CC(N)=O', 'C[N+](C)(C)C', 'c1ccccc1', 'CS(N)(=O)=O'].map(base)).toEqual([null, null, null, null]);
  expect(base('CC[NH3+]')).toBe(base('CCN'));
});

test('acids are known by their group, charged or not', () => {
  expect(['CC(=O)O', 'CC(=O)[O-]', 'CS(=O)(=O)O', 'CCO', 'c1ccccc1-c1nnn[nH]1'].map(acid)).toEqual([
    4.2,
    4.2,
    -1,
    null,
    4.9,
  ]);
});

test('logD falls below logP by what is ionised', () => {
  const logD = (smiles: string, pH: number): number => measure(smiles, ({ graph }) => estimateLogD(graph, 2, pH));
  expect(logD('c1ccccc1', 7.4)).toBe(2);
  expect(logD('CCN', 10.6)).toBeCloseTo(2 - Math.log10(2), 12);
  expect(logD('CC(=O)O', 7.2)).toBeCloseTo(2 - Math.log10(1 + 1000), 12);
});

test('CNS MPO is the sum of its six parts', () => {
  // logP 1.69, no base or acid, TPSA 0, no donor: only the polar surface counts 0.
  expect(measure('c1ccccc1', (molecule) => cnsMpo(molecule, 7.4))).toBe(5);
  // Metoprolol: base 9.6 gives 0.2, donors 2 give 0.5, TPSA 50.7 and the rest 1.
  const metoprolol = 'COCCc1ccc(OCC(O)CNC(C)C)cc1';
  expect(measure(metoprolol, (molecule) => cnsMpo(molecule, 7.4))).toBeCloseTo(
    4 + 0.5 + (10 - (base(metoprolol) ?? NaN)) / 2,
    9,
  );
  // At a high pH the base is neutral and logD is logP.
  const greasy = 'CCCCCCCCN(CC)CC';
  expect(measure(greasy, (molecule) => cnsMpo(molecule, 14))).toBeLessThan(
    measure(greasy, (molecule) => cnsMpo(molecule, 7.4)),
  );
});
