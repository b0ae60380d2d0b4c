import { beforeAll, expect, test } from 'vitest';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

test.each([
  ['[C', 'the "[" at position 1 is not closed'],
  ['C(C', 'the "(" at position 2 is not closed'],
  ['CC)C', 'the ")" at position 3 closes nothing'],
  ['[$(CC]', 'the "]" at position 6 closes nothing'],
  ['C1CC2CC1', 'the ring 2 that opens at position 5 is not closed'],
  ['C%10CC', 'the ring %10 that opens at position 2 is not closed'],
  ['C[Xy]', 'there is no element "Xy" at position 3; the nearest is "Y"'],
  ['CSiC', '"Si" at position 2 needs brackets: [Si]'],
  ['[C;;N]', '";" at position 4 is not allowed there'],
  ['CCxCC', '"x" at position 3 is not allowed there'],
  ['[C:x]', '"x" at position 4 is not allowed there'],
  ['CC=', 'something is missing after "=" at the end'],
])('%s: %s', (smarts, what) => {
  expect(() => rdkit.pattern(smarts)).toThrow(`"${smarts}" is not a valid SMARTS pattern: ${what}`);
});

test('an empty pattern is refused', () => {
  expect(() => rdkit.pattern('  ')).toThrow('at least one atom');
});

test.each([
  [
    'a table',
    'smarts,name\nCCO,a\nCN,b',
    'The text has 3 lines, but a SMARTS pattern has one. The first is "smarts,name"',
  ],
  ['a space, after which RDKit reads a name', 'CC O', '" " at position 3 is not allowed there'],
  ['an emoji', 'C🧪', '"🧪" at position 2 is not allowed there'],
  ['a reaction', 'CCO>>CC=O', 'is a reaction; give one side of it, such as "CCO"'],
  [
    '10,000 characters',
    'C'.repeat(10_000),
    'The pattern has 10,000 atoms, but molecules have at most 500. Use a part of it',
  ],
  ['many brackets, which are not said in full', '('.repeat(5000), '...'],
])('%s', (_what, smarts, said) => {
  let message = '';
  try {
    rdkit.pattern(smarts).dispose();
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain(said);
  expect(message.length).toBeLessThan(250);
});
