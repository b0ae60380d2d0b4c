/**
 * Values against Python RDKit 2026.09.1 on 2,000 sampled and 88 odd molecules.
 * A property is compared on all rows at once, so that a failure lists each
 * molecule that differs.
 */
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { CountFingerprint } from '../../../engine/chem/morgan.ts';
import { qed } from '../../../engine/chem/qed.ts';
import { saScore } from '../../../engine/chem/sascore.ts';
import { scaffoldKey } from '../../../engine/chem/scaffold.ts';
import { tanimotoBits, tanimotoCounts } from '../../../engine/chem/similarity.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { fullCounts, type ReferenceRow, referenceRows } from '../../fixtures/chem/read.ts';

const CELECOXIB = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';

let context: MoleculeContext;
let molecules: Molecule[];
const rows = referenceRows();

beforeAll(async () => {
  context = await loadMoleculeContext();
  molecules = rows.map((row) => parse(row.smiles));
});

afterAll(() => molecules.forEach((molecule) => molecule.dispose()));

function parse(smiles: string): Molecule {
  const molecule = context.rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  return molecule;
}

/** Rows whose value is off by more than `tolerance`, with both values. */
function differing(
  value: (molecule: Molecule) => number,
  expected: (row: ReferenceRow) => number,
  tolerance: number,
): string[] {
  return rows.flatMap((row, i) => {
    const got = value(molecules[i]);
    return Math.abs(got - expected(row)) <= tolerance ? [] : [`${row.smiles}: ${got}, Python ${expected(row)}`];
  });
}

const sorted = (counts: CountFingerprint): [number, number][] => [...counts].sort((a, b) => a[0] - b[0]);
const hex = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** CRC-32 of "id:count,..." with ids ascending. */
function digest(counts: CountFingerprint): string {
  return hex(
    sorted(counts)
      .map(([id, count]) => `${id}:${count}`)
      .join(','),
  );
}

describe('equal to Python RDKit', () => {
  test('canonical SMILES', () => {
    expect(rows.filter((row, i) => hex(molecules[i].canonical) !== row.canonical).map((row) => row.smiles)).toEqual([]);
  });

  test.each([2, 3] as const)('unfolded Morgan counts of radius %i', (radius) => {
    expect(
      rows.filter((row, i) => digest(molecules[i].morgan(radius)) !== row[`morgan${radius}`]).map((row) => row.smiles),
    ).toEqual([]);
  });

  test('every unfolded Morgan id of 50 molecules', () => {
    const reference = fullCounts();
    expect(reference).toHaveLength(50);
    for (const { smiles, counts } of reference)
      expect({ smiles, counts: sorted(parse(smiles).morgan(3)) }).toEqual({ smiles, counts });
  });

  test('SA score', () => {
    expect(
      differing(
        (molecule) => saScore(molecule, context.fragments),
        (row) => row.sa,
        1e-4,
      ),
    ).toEqual([]);
  });

  test('QED', () => {
    expect(differing(qed, (row) => row.qed, 1e-4)).toEqual([]);
  });

  test.each([
    ['logp', 'logP', 1e-4],
    ['tpsa', 'tpsa', 0.006],
    ['mw', 'weight', 6e-4],
    ['hbd', 'donors', 0],
    ['hba', 'acceptors', 0],
    ['rotb', 'rotatableBonds', 0],
    ['rings', 'rings', 0],
    ['fsp3', 'fractionSp3', 1e-6],
  ] as const)('%s', (column, name, tolerance) => {
    expect(
      differing(
        (molecule) => molecule.descriptors[name],
        (row) => row[column],
        tolerance,
      ),
    ).toEqual([]);
  });

  test('ECFP4 similarity to celecoxib, on bits and on counts', () => {
    const reference = parse(CELECOXIB).morgan(2);
    expect(
      differing(
        (molecule) => tanimotoBits(molecule.morgan(2), reference),
        (row) => row.bits,
        1e-6,
      ),
    ).toEqual([]);
    expect(
      differing(
        (molecule) => tanimotoCounts(molecule.morgan(2), reference),
        (row) => row.counts,
        1e-6,
      ),
    ).toEqual([]);
  });

  test('Murcko scaffolds: the same molecules share a key', () => {
    const keyOf = new Map<number, string>();
    const scaffoldOf = new Map<string, number>();
    const wrong = rows.filter((row, i) => {
      const key = scaffoldKey(molecules[i].graph);
      if (!keyOf.has(row.scaffold)) keyOf.set(row.scaffold, key);
      if (!scaffoldOf.has(key)) scaffoldOf.set(key, row.scaffold);
      return keyOf.get(row.scaffold) !== key || scaffoldOf.get(key) !== row.scaffold;
    });
    expect(wrong.map((row) => row.smiles)).toEqual([]);
    expect(keyOf.get(0)).toBe('');
  });
});
