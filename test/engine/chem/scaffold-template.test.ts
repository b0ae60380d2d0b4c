import { beforeAll, expect, test } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { scaffoldTemplate } from '../../../engine/chem/scaffold-template.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function canonical(smiles: string): string {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  const text = molecule.canonical;
  molecule.dispose();
  return text;
}

test.each([
  ['[*:1]c1nc2ccccc2n1[*:2]', 'n1c(*)n(*)c2ccccc12'],
  ['O=C1N([*:1])CCN1[*:2]', 'O=C1N(*)CCN1*'],
  ['*C[C@H](O)C=[1*]', 'O[C@H](C=*)C*'],
])('points of %s never come first', (scaffold, template) => {
  expect(scaffoldTemplate(scaffold, rdkit)).toBe(template);
  expect(canonical(template.replace(/\*/g, '[Xe]'))).toBe(canonical(scaffold.replace(/\[\d*\*(:\d)?\]|\*/g, '[Xe]')));
});

test.each([
  ['c1ccncc1', 'c1?cc?nc?c1?'],
  ['CC(C)O', 'C??C?(C?)O?'],
  ['C1=CC=CN1', 'c1?cc?[nH]c1?'],
  ['FC(F)(F)Cl', 'FC(F)(F)Cl'],
])('without points, %s is open where there are hydrogens', (scaffold, template) => {
  const found = scaffoldTemplate(scaffold, rdkit);
  expect(canonical(found.replace(/\?/g, ''))).toBe(canonical(scaffold));
  expect(found.match(/\?/g)?.length ?? 0, found).toBe(expectedMarks[template] ?? 0);
});

/** Places that are open, at most two an atom and one at an end. */
const expectedMarks: Readonly<Record<string, number>> = { 'c1?cc?nc?c1?': 5, 'C??C?(C?)O?': 5, 'c1?cc?[nH]c1?': 4 };

test.each([
  ['CCO.[*:1]C', 'one fragment'],
  ['[*:1][*:2]', 'at least one atom besides'],
  ['C[*:1]C', 'An attachment point needs exactly one bond'],
  ['C1CC', 'is not a valid SMILES'],
])('%s is refused', (scaffold, message) => {
  expect(() => scaffoldTemplate(scaffold, rdkit)).toThrow(message);
});
