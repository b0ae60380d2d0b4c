/** @file Why a text is not a molecule, in words that a user can act on. */
import { expect, it } from 'vitest';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

const rdkit = await loadRdkitFromDisk();

it.each([
  ['', 'no molecule'],
  ['C1CC', 'not a valid molecule: unclosed ring'],
  ['CC(', 'not a valid molecule: syntax error at position 3'],
  ['CC)', 'not a valid molecule: extra close parentheses at position 3'],
  ['C(C)(C)(C)(C)C', 'not a valid molecule: explicit valence for atom # 0 C, 5, is greater than permitted'],
  ['c1cccc1', "not a valid molecule: can't kekulize mol. Unkekulized atoms: 0 1 2 3 4"],
  ['CCO>>CC', 'a reaction, not a single molecule'],
  ['CC é', 'not a SMILES: " " at position 3'],
  ['C'.repeat(10_000), 'too large: more than 500 atoms'],
])('%s', (smiles, reason) => {
  expect(rdkit.parse(smiles)).toBeNull();
  expect(rdkit.explain(smiles)).toBe(reason);
});
