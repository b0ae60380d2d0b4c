/**
 * @file Molecules in space, against Python RDKit's force field and InChI on the same conformers (see
 * ../../fixtures/conformer/make.py).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Conformer, embed, registerConformerTables } from '../../../engine/chem/conformer.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { sdf3dText } from '../../../host/export/sdf.ts';
import { exportTable } from '../../host/export/export-table.ts';

interface Expected {
  readonly smiles: string;
  readonly inchi: string;
  /** MMFF94 of our conformer by RDKit, and the lowest that RDKit finds, kcal/mol. */
  readonly energy: number;
  readonly lowest: number;
}

const expected: Expected[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/conformer/conformers.json'), 'utf8'),
);
let rdkit: Rdkit;
beforeAll(async () => {
  registerConformerTables(
    readFileSync(join(dirname(createRequire(import.meta.url).resolve('openchemlib')), 'resources.json'), 'utf8'),
  );
  rdkit = await loadRdkitFromDisk();
});

const embedded = (smiles: string) =>
  rdkit.withMolecule(
    smiles,
    (molecule) => embed(molecule, rdkit),
    () => {
      throw new Error(`${smiles} is no molecule.`);
    },
  );
const conformer = (smiles: string) => embedded(smiles) as Conformer;
const heights = ({ molfile }: Conformer) =>
  molfile
    .split('\n')
    .slice(4)
    .flatMap((line) => /^ +(-?[\d.]+) +(-?[\d.]+) +(-?[\d.]+) [A-Z]/.exec(line)?.slice(3).map(Number) ?? []);

describe('a conformer', () => {
  test.each(expected)(
    'of $smiles is that molecule, with the energy that RDKit gives it',
    ({ smiles, inchi, energy, lowest }) => {
      const found = conformer(smiles);
      expect(found.energy).not.toBeNull();
      expect(Math.abs(found.energy! - energy)).toBeLessThan(0.05);
      expect(found.energy!).toBeGreaterThan(lowest - 0.1);
      expect(found.energy!).toBeLessThan(lowest + 6);
      expect(
        rdkit.withMolecule(
          smiles,
          (molecule) => molecule.inchi,
          () => '',
        ),
      ).toBe(inchi);
      expect(Math.max(...heights(found)) - Math.min(...heights(found))).toBeGreaterThan(0.5);
    },
  );

  it('is the same each time', () => {
    expect(conformer('CC(O)CN')).toEqual(conformer('CC(O)CN'));
  });

  it('has bonds in Å, also where all are short', () => {
    const [oxygen, hydrogen] = conformer('O')
      .molfile.split('\n')
      .slice(4, 6)
      .map((line) => [0, 10, 20].map((at) => Number(line.slice(at, at + 10))));
    expect(Math.hypot(...oxygen.map((one, i) => one - hydrogen[i]))).toBeCloseTo(0.969, 2);
  });

  it('of atoms that the force field does not know has no energy', () => {
    expect(conformer('OB(O)C').energy).toBeNull();
  });

  test.each([
    ['CCO.Cl', 'mixture'],
    ['[*:1]CC', 'open attachment point'],
    ['C'.repeat(101), '101 heavy atoms'],
  ])('there is none of %s', (smiles, why) => {
    expect((embedded(smiles) as { problem: string }).problem).toContain(why);
  });

  it('keeps the stereo centres that a molecule says', () => {
    const { molfile } = conformer('C[C@H](N)C(=O)O');
    const keeps = (smiles: string) =>
      rdkit.withMolecule(
        smiles,
        (molecule) => rdkit.keepsStereo(molfile, molecule),
        () => false,
      );
    expect([keeps('C[C@H](N)C(=O)O'), keeps('C[C@@H](N)C(=O)O'), keeps('CC(N)C(=O)O')]).toEqual([true, false, true]);
  });
});

describe('an SD file', () => {
  it('has conformers with their energy, and says what is left out', async () => {
    const table = exportTable('molecule', ['CCO', 'CCO.Cl', '=CMD()']);
    const embedAll = async (smiles: readonly string[]) =>
      smiles.map((one) =>
        rdkit.withMolecule(
          one,
          (molecule) => embed(molecule, rdkit),
          () => null,
        ),
      );
    const { content, leftOut } = await sdf3dText(table, rdkit, embedAll);
    expect(content.match(/\$\$\$\$/g)).toHaveLength(1);
    expect(content).toMatch(/^run4-11\n/);
    expect(content).toMatch(/> {2}<MMFF94 energy \(kcal\/mol\)>\n-?\d+\.\d+\n/);
    expect(leftOut.map(({ id }) => id)).toEqual([12, 13]);
  });
});
