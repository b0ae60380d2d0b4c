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
  ['CSiC', '"Si" at position 2 stands in brackets: [Si]'],
  ['[C;;N]', '";" at position 4 does not fit there'],
  ['CCxCC', '"x" at position 3 does not fit there'],
  ['[C:x]', '"x" at position 4 does not fit there'],
  ['CC=', 'something is missing after "=" at its end'],
])('%s: %s', (smarts, what) => {
  expect(() => rdkit.pattern(smarts)).toThrow(`"${smarts}" is not a valid SMARTS pattern: ${what}`);
});

test('an empty pattern is refused', () => {
  expect(() => rdkit.pattern('  ')).toThrow('at least one atom');
});

test.each([
  ['a table', 'smarts,name\nCCO,a\nCN,b', 'These are 3 lines, and a SMARTS pattern is one. The first is "smarts,name"'],
  ['a space, after which RDKit reads a name', 'CC O', '" " at position 3 does not fit there'],
  ['an emoji', 'C🧪', '"🧪" at position 2 does not fit there'],
  ['a reaction', 'CCO>>CC=O', 'is a reaction; give one side of it, such as "CCO"'],
  [
    '10,000 characters',
    'C'.repeat(10_000),
    'The pattern has 10,000 atoms, and no molecule has more than 500. Give a part of it',
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
