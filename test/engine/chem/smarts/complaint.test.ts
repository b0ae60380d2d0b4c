import { beforeAll, expect, test } from 'vitest';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry.ts';

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
