import { expect, it } from 'vitest';
import { fragmentWords, heavyAtoms } from '../../../renderer/lib/fragments.ts';

it.each([
  ['CC(=O)Oc1ccccc1C(=O)O', 13],
  ['Clc1ccc(Br)c([N+](=O)[O-])c1', 11],
  ['[2H]C([2H])([H])c1c[nH]cc1[C@@H](N)[13CH3]', 9],
  ['[H+]', 0],
])('counts the heavy atoms of %s', (smiles, count) => {
  expect(heavyAtoms(smiles)).toBe(count);
});

it('says when most of the best are fragment-sized', () => {
  const small = 'Cc1ccncc1';
  const lead = 'CC(=O)Nc1ccc(C(=O)Nc2ccccc2C)cc1N1CCOCC1';
  const best = [...Array<string>(11).fill(small), ...Array<string>(9).fill(lead)];
  expect(fragmentWords(best)).toBe(
    '11 of the best 20 are fragment-sized (fewer than 20 heavy atoms). A limit on molecular weight would keep them out.',
  );
  expect(fragmentWords([...best.slice(1), lead])).toBeNull();
  expect(fragmentWords(best.slice(0, 9))).toBeNull();
});
