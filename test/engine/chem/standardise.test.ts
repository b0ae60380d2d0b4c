/** Largest fragment and neutral form against Python RDKit on 650 charged molecules and salts. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { standardise, type Standardised } from '../../../engine/chem/standardise.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { standardRows } from '../../fixtures/chem/read.ts';

let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function standard(smiles: string): Standardised {
  return rdkit.withMolecule(
    smiles,
    (molecule) => standardise(rdkit, molecule),
    () => {
      throw new Error(`${smiles} does not parse`);
    },
  );
}

test("equals RDKit's LargestFragmentChooser and Uncharger", () => {
  const rows = standardRows();
  expect(rows.length).toBeGreaterThan(600);
  expect(
    rows
      .map(({ smiles }) => ({ smiles, standard: standard(smiles).smiles }))
      .filter((row, i) => row.standard !== rows[i].standard)
      .map((row) => ({ ...row, rdkit: rows.find(({ smiles }) => smiles === row.smiles)?.standard })),
  ).toEqual([]);
});

describe('what was changed is said', () => {
  test.each([
    ['CCO', { smiles: 'CCO', stripped: false, neutralised: false }],
    ['CC(=O)[O-].[Na+]', { smiles: 'CC(=O)O', stripped: true, neutralised: true }],
    ['CCN.Cl', { smiles: 'CCN', stripped: true, neutralised: false }],
    ['C[NH3+]', { smiles: 'CN', stripped: false, neutralised: true }],
    ['C[N+](C)(C)C', { smiles: 'C[N+](C)(C)C', stripped: false, neutralised: false }],
  ])('%s', (smiles, expected) => {
    expect(standard(smiles)).toEqual(expected);
  });
});
