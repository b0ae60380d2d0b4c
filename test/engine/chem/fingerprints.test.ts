/**
 * Fingerprints against Python RDKit 2026.09.1 on 667 sampled and 88 odd
 * molecules. A kind is compared on all rows at once, so that a failure lists
 * each molecule that differs.
 */
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { CountFingerprint } from '../../../engine/chem/morgan.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { tanimotoBits } from '../../../engine/chem/similarity.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { fingerprintRows } from '../../fixtures/chem/read.ts';

const CELECOXIB = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';

let rdkit: Rdkit;
let molecules: Molecule[];
const rows = fingerprintRows();

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
  molecules = rows.map(({ smiles }) => parse(smiles));
});

afterAll(() => molecules.forEach((molecule) => molecule.dispose()));

function parse(smiles: string): Molecule {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  return molecule;
}

/** CRC-32 of "id:count,..." with ids ascending. */
function digest(counts: CountFingerprint): string {
  const text = [...counts].sort((a, b) => a[0] - b[0]).map(([id, count]) => `${id}:${count}`);
  return crc32(text.join(',')).toString(16).padStart(8, '0');
}

describe('equal to Python RDKit', () => {
  test.each([
    ['ecfp2', (molecule: Molecule) => molecule.morgan(1)],
    ['ecfp10', (molecule: Molecule) => molecule.morgan(5)],
    ['fcfp4', (molecule: Molecule) => molecule.featureMorgan(2)],
    ['fcfp6', (molecule: Molecule) => molecule.featureMorgan(3)],
    ['pairs10', (molecule: Molecule) => molecule.atomPairs(10)],
    ['pairs30', (molecule: Molecule) => molecule.atomPairs(30)],
    ['torsions', (molecule: Molecule) => molecule.torsions],
  ] as const)('%s counts, unfolded', (kind, counts) => {
    expect(rows).toHaveLength(755);
    expect(rows.filter((row, i) => digest(counts(molecules[i])) !== row[kind]).map((row) => row.smiles)).toEqual([]);
  });

  test('Gobbi pharmacophores: number of bits, similarity to celecoxib', () => {
    const reference = parse(CELECOXIB).pharmacophore;
    expect(rows.filter((row, i) => molecules[i].pharmacophore.size !== row.gobbiBits).map((row) => row.smiles)).toEqual(
      [],
    );
    expect(
      rows
        .filter((row, i) => Math.abs(tanimotoBits(molecules[i].pharmacophore, reference) - row.gobbi) > 1e-8)
        .map((row) => row.smiles),
    ).toEqual([]);
  });
});
