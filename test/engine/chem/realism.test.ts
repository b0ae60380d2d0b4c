/** @file The realism filter against Python RDKit (test/fixtures/realism/make.py), and on approved drugs. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { Realism, RealismTable } from '../../../engine/chem/realism.ts';
import { implausible } from '../../../engine/objectives/families/realism.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { loadMoleculeContext, readResource } from '../../../host/chemistry/chemistry.ts';

const fixture = (file: string): Buffer => readFileSync(new URL(`../../fixtures/realism/${file}`, import.meta.url));
const text = (file: string): string => new TextDecoder().decode(readResource(file));
const rows = JSON.parse(gunzipSync(fixture('realism.json.gz')).toString('utf8')) as readonly {
  readonly smiles: string;
  readonly problems: readonly string[];
}[];
const table = new RealismTable(text('realism/rules.tsv'), text('realism/rings.tsv.gz'));
let context: MoleculeContext;
beforeAll(async () => {
  context = await loadMoleculeContext();
});

function problemsOf(smiles: string, realism = new Realism(table, null)): string[] {
  return context.rdkit.withMolecule(
    smiles,
    ({ graph }) => realism.problems(graph).map(({ name }) => name),
    () => {
      throw new Error(`${smiles} does not parse`);
    },
  );
}

test('finds in each molecule what Python RDKit finds, for every rule', () => {
  const wrong = rows.flatMap(({ smiles, problems }) => {
    const found = problemsOf(smiles).sort();
    return found.join() === [...problems].sort().join()
      ? []
      : [`${smiles}: ${found.join()}; Python: ${problems.join()}`];
  });
  expect(wrong).toEqual([]);
  const seen = new Set(rows.flatMap(({ problems }) => problems));
  expect(table.rules.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
}, 180_000);

test('sets aside the approved drugs of the reviewed list, and no others', () => {
  const drugs = text('approved-drugs/drugs.tsv')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const found = drugs.flatMap(([name, smiles]) => {
    const problems = problemsOf(smiles);
    return problems.length === 0 ? [] : [`${name}\t${problems.sort().join('; ')}`];
  });
  expect(found).toEqual(fixture('drugs.tsv').toString('utf8').trim().split('\n'));
  expect(found.length / drugs.length).toBeLessThan(0.03);
}, 180_000);

test('a kept scaffold with an unknown ring and a peroxide does not count against its molecules', () => {
  const scaffold = 'C1OOCC12CC3CC2C3';
  const graph = context.rdkit.withMolecule(
    scaffold,
    (molecule) => molecule.graph,
    () => null,
  );
  expect(problemsOf(scaffold).sort()).toEqual(['Peroxide', 'Unknown ring system']);
  const accepting = new Realism(table, graph);
  expect(problemsOf(`C${scaffold}`, accepting)).toEqual([]);
  expect(problemsOf(`CN(C)C(O)C${scaffold}`, accepting)).toEqual(['Hemiaminal']);
});

test('counts and names features with their atoms', () => {
  const smiles = 'COOCC(=O)Cl';
  context.rdkit.withMolecule(
    smiles,
    (molecule) => {
      expect(implausible.prepare({ accepted: '' }, context).score([molecule, null])).toEqual([2, null]);
      expect(implausible.groups?.({ accepted: '' }, molecule, context)).toMatchObject([
        { kind: 'implausible', name: 'Peroxide', matches: [[1, 2]], note: 'weak bond that breaks on warming' },
        { kind: 'implausible', name: 'Acyl halide', matches: [[4, 5, 6]] },
      ]);
    },
    () => expect.fail(),
  );
  expect(() => implausible.prepare({ accepted: 'C1CC' }, context)).toThrow('"C1CC" is not a molecule');
});

test('names the first invalid line of the table of groups', () => {
  expect(() => new RealismTable('# Heading\nPeroxide\t[OX2][OX2]\n', '')).toThrow('Line 2 of the table');
});
