import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { StructureError } from '../../../engine/chem/errors.ts';
import { randomisedSmiles } from '../../../engine/chem/random-smiles.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

const file = (path: string): Buffer => readFileSync(new URL(`../../../${path}`, import.meta.url));

const drugs = file('models/approved-drugs/drugs.tsv').toString().trimEnd().split('\n');
const catalogue = gunzipSync(file('test/fixtures/chem/catalogue-molecules.smi.gz')).toString().trimEnd().split('\n');

const molecules = [
  ...drugs.map((line) => line.split('\t')[1]).filter((_, i) => i % 6 === 0),
  ...catalogue.map((line) => line.split(' ')[0]).filter((_, i) => i % 50 === 0),
];

function canonical(smiles: string): string | null {
  return rdkit.withMolecule(
    smiles,
    (molecule) => molecule.canonical,
    () => null,
  );
}

test('names the same molecule, with its stereo', () => {
  const random = randomStream(1);
  let different = 0;
  expect(molecules.length).toBeGreaterThan(500);
  for (const smiles of molecules) {
    const text = randomisedSmiles(smiles, random);
    expect(canonical(text), `${smiles} as ${text}`).toBe(canonical(smiles));
    if (text !== smiles) different++;
  }
  expect(different / molecules.length).toBeGreaterThan(0.95);
});

test.each([
  'C[C@H](N)C(=O)O',
  'F/C=C/C=C\\Cl',
  'C/C(=C\\C=C\\1CCC[C@H]1C)C(=O)O',
  'O=[S@]1CCC[C@H]1C',
  'C[S@+]1CC[C@H](O)C1',
  'C[S@](=O)c1ccccc1',
  'C[P@](CC)c1ccccc1',
  'CC[N@@+]1(C)CC[C@H](O)C1',
  'C[C@]12CC[C@H]3[C@@H](CCC4=CC(=O)CC[C@@]43C)[C@@H]1CCC2=O',
  '[2H]C([2H])([2H])c1cc[nH]c1-c1ccccc1',
  'Cl.C[NH3+].[O-]C=O',
  'N->[Cu]<-N',
])('%s keeps its stereo and bonds in 100 texts', (smiles) => {
  const texts = Array.from({ length: 100 }, (_, i) => randomisedSmiles(smiles, randomStream(2, i)));
  for (const text of texts) expect(canonical(text), text).toBe(canonical(smiles));
  expect(new Set(texts).size).toBeGreaterThan(1);
});

test('gives every text of ethanol', () => {
  const texts = Array.from({ length: 100 }, (_, i) => randomisedSmiles('CCO', randomStream(3, i)));
  expect([...new Set(texts)].sort()).toEqual(['C(C)O', 'C(O)C', 'CCO', 'OCC']);
});

test('the same stream gives the same text', () => {
  const smiles = molecules[1];
  expect(randomisedSmiles(smiles, randomStream(4))).toBe(randomisedSmiles(smiles, randomStream(4)));
  expect(randomisedSmiles(smiles, randomStream(4))).not.toBe(randomisedSmiles(smiles, randomStream(5)));
});

test('numbers rings beyond nine', () => {
  const fullerene =
    'c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c5c1c1c6c6c%11c2c2c7c3c3c8c4c4c9c5c1c1c6c2c3c41';
  const text = randomisedSmiles(fullerene, randomStream(6));
  expect(text).toContain('%1');
  expect(canonical(text)).toBe(canonical(fullerene));
});

test.each(['', 'C1CC', 'C(C', 'C)C', '1CC', 'C C', 'C=', '(C)', 'Xx', '=C', 'C[Pt@SP1](F)(Cl)Br'])(
  '%j is refused',
  (smiles) => {
    expect(() => randomisedSmiles(smiles, randomStream(1))).toThrow(StructureError);
  },
);
