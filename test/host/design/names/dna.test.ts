import { expect, test } from 'vitest';
import { dnaNamesLike } from '../../../../host/design/names/dna.ts';

test('enzymes are found by their start, then by what they hold, in any case', () => {
  expect(dnaNamesLike('enzyme', 'ecor', 3)).toEqual(['EcoRI', 'EcoRV', 'EcoRII']);
  expect(dnaNamesLike('enzyme', 'saI', 40)).toContain('BsaI');
});

test('a misspelt enzyme is found, and nothing for what is like none', () => {
  expect(dnaNamesLike('enzyme', 'HinDDIII', 3)).toContain('HindIII');
  expect(dnaNamesLike('enzyme', 'no such enzyme', 8)).toEqual([]);
});

test('motifs are found by factor and by identifier', () => {
  expect(dnaNamesLike('motif', 'ctc', 2)).toEqual(['CTCF', 'CTCFL']);
  expect(dnaNamesLike('motif', 'MA0139', 2)[0]).toMatch(/^MA0139\.\d$/);
});
