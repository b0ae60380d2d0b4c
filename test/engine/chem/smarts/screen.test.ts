import { expect, test } from 'vitest';
import { readNeeds } from '../../../../engine/chem/smarts/screen.ts';

/** Counts by kind: atomic number, + 128 aromatic, + 256 aliphatic. */
test.each([
  ['c1ccccc1O', { 6: 6, 134: 6, 8: 1, 264: 1 }],
  ['ClCBr', { 17: 1, 273: 1, 6: 1, 262: 1, 35: 1, 291: 1 }],
  ['[#6]-[#16]', { 6: 1, 16: 1 }],
  ['[#7;!H0,$([#7]-[#6;X4])]', { 7: 1 }],
  ['[N,O]=[C;R]', { 6: 1, 262: 1 }],
  ['[!#6&!#1]~[!C]', {}],
  ['[$([#6](-[$([O]=[S;$(S[N]C)])])C)]', {}],
  ['[R0;D2][CX4;H2]', { 6: 1, 262: 1 }],
  ['[13C][cH0]', { 6: 2, 262: 1, 134: 1 }],
  ['[Co][Cu][Sn][Se]', {}],
  ['[CR0X3]', { 6: 1, 262: 1 }],
  ['*A', {}],
])('%s', (smarts, needs) => expect(Object.fromEntries(readNeeds(smarts))).toEqual(needs));
