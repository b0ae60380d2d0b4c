/** What becomes of the rows of a table: read, standardised, merged, and said. */
import { beforeAll, expect, test } from 'vitest';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { gatherMolecules, type RawRow } from '../../../../engine/learn/user-predictor/molecules.ts';
import { decideTask } from '../../../../engine/learn/user-predictor/task.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function gather(
  name: string,
  rows: readonly (readonly [structure: string, value: string])[],
): ReturnType<typeof gatherMolecules> {
  const raw: RawRow[] = rows.map(([structure, value], i) => ({ line: i + 2, structure, value }));
  const { task } = decideTask({ name, cells: rows.map(([, value]) => value), style: { decimalComma: false } }, {});
  return gatherMolecules(rdkit, raw, task);
}

test('amounts: every row is accounted for', () => {
  const { molecules, report } = gather('pIC50', [
    ['CCO', '5'],
    ['OCC', '5.2'],
    ['CC(=O)[O-].[Na+]', '4'],
    ['C[NH3+].[Cl-]', '9'],
    ['CN.Cl', '2'],
    ['C1CC', '5'],
    ['', '5'],
    ['CCCC', ''],
    ['CCCCC', 'see notes'],
    ['CCCCCC', '>7'],
    ['CCCCCC', '>8'],
    ['CCS', '>6'],
    ['CCS', '6.5'],
    ['CCF', '<4'],
    ['CCF', '>5'],
  ]);
  expect(molecules.map(({ smiles, value, bound, lines }) => [smiles, value, bound, ...lines])).toEqual([
    ['CCO', 5.1, 'exact', 2, 3],
    ['CC(=O)O', 4, 'exact', 4],
    ['CN', 5.5, 'exact', 5, 6],
    ['CCCCCC', 8, 'above', 11, 12],
    ['CCS', 6.5, 'exact', 13, 14],
  ]);
  expect(report).toMatchObject({
    rows: 15,
    withoutValue: 1,
    stripped: 3,
    neutralised: 2,
    duplicates: 5,
    above: 4,
    below: 1,
    approximate: 0,
    kept: 5,
  });
  expect(report.unreadable).toEqual([
    { line: 7, text: 'C1CC', reason: expect.stringContaining('unclosed ring') as string },
    { line: 8, text: '', reason: 'no structure' },
  ]);
  expect(report.badValues).toEqual([{ line: 10, text: 'see notes', reason: '"see notes" is not a number' }]);
  expect(report.disagreements).toEqual([{ smiles: 'CN', lines: [5, 6], values: [9, 2], spread: 7, kept: true }]);
});

test('classes: the one of most rows; none where they are as many', () => {
  const { molecules, report } = gather('hit', [
    ['CCO', 'yes'],
    ['OCC', 'yes'],
    ['C(C)O', 'no'],
    ['CCN', 'yes'],
    ['NCC', 'no'],
    ['CCC', 'no'],
  ]);
  expect(molecules.map(({ smiles, value }) => [smiles, value])).toEqual([
    ['CCO', 1],
    ['CCC', 0],
  ]);
  expect(report.disagreements.map(({ smiles, kept }) => [smiles, kept])).toEqual([
    ['CCO', true],
    ['CCN', false],
  ]);
});

test('mol blocks', () => {
  const block = rdkit.withMolecule(
    'c1ccccc1O',
    (molecule) => molecule.use('a mol block', (mol) => mol.get_molblock()),
    () => '',
  );
  const { molecules, report } = gather('y', [
    [block, '1'],
    ['broken\n\n\n  1  9\nM  END\n', '2'],
    ['CC', '3'],
  ]);
  expect(molecules.map(({ smiles }) => smiles)).toEqual(['Oc1ccccc1', 'CC']);
  expect(report.unreadable.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'a mol block that is no molecule: not a valid molecule'],
  ]);
});
