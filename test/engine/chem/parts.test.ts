import { beforeAll, expect, test } from 'vitest';
import { callRdkit, MoleculeError, RdkitCrash, StructureError } from '../../../engine/chem/errors.ts';
import { FragmentTable } from '../../../engine/chem/fragments.ts';
import { tanimotoBits, tanimotoCounts } from '../../../engine/chem/similarity.ts';
import { MOST_ATOMS } from '../../../engine/chem/size.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

test('RDKit is the version that the references were made with', () => {
  expect(context.rdkit.version).toBe('2026.09.1');
});

test('the fragment table gives Ertl’s contributions, and -4 for the unlisted', () => {
  expect(context.fragments.size).toBe(705_292);
  // Ids 2246728737 (CH3) and 864662311 (OH) with the contributions of fpscores.pkl.gz.
  expect(context.fragments.score(2246728737)).toBeCloseTo(2.7752, 5);
  expect(context.fragments.score(864662311)).toBeCloseTo(2.2392, 5);
  expect(context.fragments.score(1)).toBe(-4);
});

test('a damaged fragment table is refused', () => {
  expect(() => new FragmentTable(new Uint8Array(100), 0)).toThrow('not in the expected format');
  const short = new Uint8Array([0x46, 0x41, 0x53, 0x31, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 128, 63, 5]);
  expect(() => new FragmentTable(short, 0)).toThrow('truncated');
});

test('Tanimoto on counts and on bits', () => {
  const a = new Map([
    [1, 2],
    [2, 1],
    [3, 1],
  ]);
  const b = new Map([
    [1, 1],
    [2, 3],
    [4, 1],
  ]);
  expect(tanimotoCounts(a, b)).toBeCloseTo(2 / 7, 12);
  expect(tanimotoBits(a, b)).toBeCloseTo(2 / 4, 12);
  expect([tanimotoCounts(new Map(), new Map()), tanimotoBits(new Map(), new Map())]).toEqual([0, 0]);
});

test('what would overrun RDKit’s stack is not tried', () => {
  expect(context.rdkit.parse('C'.repeat(MOST_ATOMS + 1))).toBeNull();
  const longest = context.rdkit.parse('C'.repeat(MOST_ATOMS));
  expect(longest?.canonical).toHaveLength(MOST_ATOMS);
  expect(longest?.graph.atoms).toBe(MOST_ATOMS);
  longest?.dispose();
  // More characters than that, but few atoms.
  expect(context.rdkit.parse('[C@@H](C)(O)'.repeat(100))?.graph.atoms).toBe(300);
});

test('an error of RDKit is distinguished from a crash', () => {
  const fail = (error: unknown) => () =>
    callRdkit('x', () => {
      throw error;
    });
  expect(fail(new Error('no'))).toThrow(MoleculeError);
  expect(fail(new WebAssembly.RuntimeError('memory access out of bounds'))).toThrow(RdkitCrash);
  expect(fail(new RangeError('Maximum call stack size exceeded'))).toThrow(RdkitCrash);
  expect(() => context.rdkit.pattern('[C')).toThrow(StructureError);
});
