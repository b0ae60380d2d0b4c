import { beforeAll, expect, test } from 'vitest';
import { elementCounts, isomerScore, molecularFormula, parseFormula } from '../../../engine/chem/formula.ts';
import type { MoleculeGraph } from '../../../engine/chem/graph.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function graphOf(smiles: string): MoleculeGraph {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  try {
    return molecule.graph;
  } finally {
    molecule.dispose();
  }
}

// Right: rdMolDescriptors.CalcMolFormula of RDKit 2026.09.1.
test.each([
  ['CC(=O)Oc1ccccc1C(=O)O', 'C9H8O4'],
  ['ClCCBr', 'C2H4BrCl'],
  ['O', 'H2O'],
  ['[2H]C([2H])([2H])O', 'CH4O'],
  ['C[N+](C)(C)C', 'C4H12N+'],
  ['O=S(=O)([O-])[O-]', 'O4S-2'],
  ['[Na+].[Cl-]', 'ClNa'],
  ['*CC', 'C2H5*'],
])('formula of %s', (smiles, formula) => expect(molecularFormula(graphOf(smiles))).toBe(formula));

test('a formula reads back, and what is none is refused', () => {
  expect(parseFormula('C9H10N2O2PF2Cl')).toEqual(
    new Map([
      [6, 9],
      [1, 10],
      [7, 2],
      [8, 2],
      [15, 1],
      [9, 2],
      [17, 1],
    ]),
  );
  expect(parseFormula(molecularFormula(graphOf('CC(=O)Oc1ccccc1C(=O)O')))).toEqual(
    elementCounts(graphOf('CC(=O)Oc1ccccc1C(=O)O')),
  );
  expect(() => parseFormula('C6H6Xx')).toThrow('no element at "Xx"');
  expect(() => parseFormula('c6')).toThrow('no element at "c6"');
  expect(() => parseFormula('')).toThrow('empty');
});

test('an isomer scores 1, one atom too many less', () => {
  const target = parseFormula('C3H8O');
  expect(isomerScore(elementCounts(graphOf('CCCO')), target)).toBe(1);
  expect(isomerScore(elementCounts(graphOf('CCOC')), target)).toBe(1);
  // Off by a carbon and two hydrogens, so by three atoms in all; four bells.
  expect(isomerScore(elementCounts(graphOf('CCCCO')), target)).toBeCloseTo(Math.exp((-0.5 * (1 + 4 + 2.25)) / 4), 12);
});
