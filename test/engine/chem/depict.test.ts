import { beforeAll, expect, test } from 'vitest';
import { depict, DepictionTemplate, molblock } from '../../../engine/chem/depict.ts';
import { StructureError } from '../../../engine/chem/errors.ts';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { inchiRows } from '../../fixtures/chem/read.ts';

const CELECOXIB = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';
const size = { width: 240, height: 160 } as const;
let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function parse(smiles: string): Molecule {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  return molecule;
}

test('light and dark pictures are transparent and use their own colours', () => {
  const molecule = parse(CELECOXIB);
  const [light, dark] = (['light', 'dark'] as const).map((theme) => depict(molecule, { ...size, theme }));
  expect(light).toMatch(/^<svg[^>]*width='240px' height='160px'/);
  expect(light).not.toContain('<rect');
  expect(light).toContain('#1E4CD8');
  expect(dark).toContain('#84ADFF');
  expect(dark).not.toContain('#1E4CD8');
  molecule.dispose();
});

test('a substructure is highlighted', () => {
  const molecule = parse(CELECOXIB);
  const highlight = rdkit.pattern('S(N)(=O)=O');
  const colour = '#9EDBCC';
  expect(depict(molecule, { ...size, theme: 'light', highlight })).toContain(colour);
  expect(depict(molecule, { ...size, theme: 'light' })).not.toContain(colour);
  expect(depict(molecule, { ...size, theme: 'light', marked: [[0, 1]] })).toContain(colour);
  highlight.dispose();
  molecule.dispose();
});

/** Centres of bond lines of the five-ring, by where the SVG draws the first five bonds of the scaffold. */
function coordinates(molecule: Molecule, smarts: string): number[][] {
  const pattern = rdkit.pattern(smarts);
  const [match] = molecule.matches(pattern);
  pattern.dispose();
  const lines = molecule
    .use('the mol block', (mol) => mol.get_molblock())
    .split('\n')
    .slice(4);
  return match.map((atom) => lines[atom].trim().split(/\s+/).slice(0, 2).map(Number));
}

test('molecules are aligned on a template they share, and drawn anyway without it', () => {
  const scaffold = 'c1ccc(-n2cccn2)cc1';
  const template = new DepictionTemplate(rdkit, scaffold);
  const [a, b] = [parse(CELECOXIB), parse('Clc1ccc(-n2cc(CO)cn2)cc1')];
  for (const molecule of [a, b]) depict(molecule, { ...size, theme: 'light', template });
  const [ca, cb] = [a, b].map((molecule) => coordinates(molecule, scaffold));
  const shift = [ca[0][0] - cb[0][0], ca[0][1] - cb[0][1]];
  ca.forEach(([x, y], i) => expect([x - cb[i][0], y - cb[i][1]]).toEqual(shift.map((one) => expect.closeTo(one, 2))));
  const other = parse('CCO');
  expect(depict(other, { ...size, theme: 'dark', template })).toContain('<path');
  [a, b, other, template].forEach((one) => one.dispose());
});

test('a mol block has 2D coordinates', () => {
  const molecule = parse('CCO');
  const block = molblock(molecule);
  expect(block.split('\n')[3]).toMatch(/^ {2}3 {2}2 .*V2000$/);
  expect(block).toMatch(/M {2}END\n$/);
  expect(
    new Set(
      block
        .split('\n')
        .slice(4, 7)
        .map((line) => line.slice(0, 20)),
    ).size,
  ).toBe(3);
  molecule.dispose();
});

test('a template that does not parse is refused', () => {
  expect(() => new DepictionTemplate(rdkit, 'c1ccc')).toThrow(StructureError);
});

test.each(inchiRows())('InChI and its key are those of RDKit in Python: %s', (smiles, inchi, key) => {
  const molecule = parse(smiles);
  expect([molecule.inchi, rdkit.inchiKey(molecule.inchi)]).toEqual([inchi, key]);
  molecule.dispose();
});
