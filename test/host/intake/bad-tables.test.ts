/**
 * @file Tables as they should not be: what a user is told of each, by the same code as the window and the command
 * line.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { type MoleculeTable, openUserTable, readMoleculeTable } from '../../../host/training/molecule-table.ts';
import { rowLines } from '../../../host/training/report.ts';
import { readUserSequences } from '../../../host/training/sequences.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-bad-tables-'));
let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What is learnt of a column, and what is said of the rows. */
async function read(name: string, text: string, column: string): Promise<MoleculeTable & { readonly lines: string }> {
  const data = readMoleculeTable(rdkit, await openUserTable(rdkit, written(name, text)), { column, task: {} });
  return { ...data, lines: [...data.notes, ...rowLines(data.report, data.task, 'line')].join('\n') };
}

const chains = Array.from({ length: 12 }, (_, i) => 'C'.repeat(i + 2) + 'O');
const rows = (value: (i: number) => string, separator = ','): string =>
  chains.map((smiles, i) => `${smiles}${separator}${value(i)}`).join('\n');

describe('refused, with the reason and what to do', () => {
  test.each([
    [
      'headless.csv',
      rows(String),
      'y',
      /headless\.csv:1: the first line is data \("CCO", "0"\)\. Add a line with column names above it, e\.g\. smiles, pIC50\./,
    ],
    ['empty.csv', '', 'y', /is empty/],
    ['blank.csv', '\n\n  \n', 'y', /has no rows below its header/],
    ['header.csv', 'smiles,y\n', 'y', /has no rows below its header/],
    [
      'constant.csv',
      `smiles,y\n${rows(() => '5')}`,
      'y',
      /"y" has the same value "5" in every row, so there is nothing to learn/,
    ],
    ['one.csv', 'smiles,y\nCCO,5\n', 'y', /"y" has the same value "5" in every row/],
    [
      'words.csv',
      `smiles,y\n${rows((i) => `lot ${'abcdefghijkl'[i]}`)}`,
      'y',
      /has no numbers \("lot a"\) and more than two different texts/,
    ],
    ['nothing.csv', `smiles,y\n${rows(() => 'n.d.')}`, 'y', /The column "y" is empty/],
    ['pasted.csv', `smiles,y\n"${'CCO,1\n'.repeat(20)}`, 'y', /cannot read|has no rows|no column/i],
  ])('%s', async (name, text, column, message) => {
    await expect(read(name, text, column)).rejects.toThrow(message);
  });

  test('the columns there are, emoji and all', async () => {
    await expect(read('emoji.csv', `smiles,🔥 pIC50 🔥\n${rows(String)}`, 'logD')).rejects.toThrow(
      /there is no column "logD"\..*Valid: smiles, 🔥 pIC50 🔥\./,
    );
  });
});

describe('read, and said', () => {
  test('a header of emoji is a name like any other', async () => {
    const { task, report } = await read('emoji-too.csv', `smiles,🔥\n${rows(String)}`, '🔥');
    expect([task.name, report.kept]).toEqual(['🔥', 12]);
    expect((await read('emoji-name.csv', `smiles,🔥 pIC50 🔥\n${rows(String)}`, 'pic50')).task.column).toBe(
      '🔥 pIC50 🔥',
    );
  });

  test('ragged rows: what is too short has no value, what is too long is refused with its likely cause', async () => {
    const ragged = (more: string) => `smiles,y\n${rows((i) => `${i}${i === 3 ? more : ''}`)}\nCCCCN\nCCCN,\n`;
    const { report, lines } = await read('ragged.csv', ragged(',,'), 'y');
    expect(report).toMatchObject({ rows: 14, kept: 12, withoutValue: 2 });
    expect(lines).toContain('2 rows have no value.');
    await expect(read('comma.csv', ragged(',5'), 'y')).rejects.toThrow(
      /comma\.csv:5: the row has 3 cells, and the header has 2: "CCCCCO,3,5"\. A decimal comma is the likely cause/,
    );
  });

  test('decimal commas', async () => {
    const { report, molecules, lines } = await read('commas.csv', `smiles;y\n${rows((i) => `${i},5`, ';')}`, 'y');
    expect(report.kept).toBe(12);
    expect(molecules[3].value).toBeCloseTo(3.5);
    expect(lines).toContain('Commas in "y" are decimal commas.');
  });

  test('mixed units: what can be converted is, what cannot is named', async () => {
    const { report, lines } = await read(
      'units.csv',
      `smiles,Ki (nM)\n${rows((i) => (i === 0 ? '2 uM' : i === 1 ? '5 mg/mL' : String(10 ** (i / 3))))}`,
      'Ki',
    );
    expect(report).toMatchObject({
      kept: 11,
      badValues: [{ line: 3, reason: '"5 mg/mL" has another unit than nM' }],
    });
    expect(lines).toContain('1 cell cannot be used: line 3: "5 mg/mL" has another unit than nM.');
  });

  test('two columns of one name are told apart', async () => {
    const { lines, task } = await read('twice.csv', `smiles,y,y\n${rows((i) => `${i},${2 * i}`)}`, 'y (2)');
    expect(task.column).toBe('y (2)');
    expect(lines).toContain('Two columns are called "y"; the one further right is "y (2)" here.');
  });

  test('reactions, mixtures, radicals and endless SMILES are each left out or taken apart, and the rest is learnt', async () => {
    const odd = [
      'CCO>>CC=O,1',
      'CC(=O)[O-].[Na+],2',
      'CCCO.CCCCCCN,3',
      '[CH2]CCCCl,4',
      `${'C'.repeat(10_000)},5`,
      'C1CC,6',
      `${'('.repeat(300)},7`,
    ];
    const { report, molecules, lines } = await read(
      'odd.csv',
      `smiles,y\n${rows((i) => String(i + 10))}\n${odd.join('\n')}`,
      'y',
    );
    expect(report.rows).toBe(19);
    expect(report.stripped).toBe(2);
    const smiles = molecules.map((one) => one.smiles);
    expect(smiles).toEqual(expect.arrayContaining(['CC(=O)O', 'CCCCCCN', '[CH2]CCCCl']));
    expect(report.unreadable.map(({ line }) => line)).toEqual(expect.arrayContaining([14, 19, 20]));
    expect(lines).toMatch(/structures cannot be read: line 14 "CCO>>CC=O": /);
    expect(lines).not.toContain('C'.repeat(100));
  }, 60_000);

  test('DNA of a series may be in numbered blocks, in either case, and RNA', async () => {
    const plain = 'GAATTCGGATCCATGCATGC';
    const files = {
      'series.txt': 'GAATTCGGAT CCATGCATGC\n  1 gaattcggat ccaugcaugc\n',
      'series.fa': '>a\nGAATTCGGAT CCATGCATGC\n>b\n  1 gaattcggat ccaugcaugc\n',
      'series.csv': 'sequence,name\nGAATTCGGAT CCATGCATGC,a\n1 gaattcggat ccaugcaugc,b\n',
    };
    for (const [name, content] of Object.entries(files)) {
      const { texts, duplicates, unreadable } = await readUserSequences(written(name, content), 'dna', rdkit);
      expect([name, texts, duplicates, unreadable]).toEqual([name, [plain], 1, []]);
    }
  });

  test('the same as a file of a series, from which a generator learns', async () => {
    const text = [...chains, 'CCO>>CC=O', 'CC(=O)[O-].[Na+]', 'CCO', 'C'.repeat(10_000), '🔥', ''].join('\n');
    const {
      rows: count,
      texts,
      unreadable,
      duplicates,
      stripped,
    } = await readUserSequences(written('series.smi', text), 'molecule', rdkit);
    expect([count, duplicates, stripped]).toEqual([17, 1, 1]);
    expect(texts).toContain('CC(=O)O');
    expect(unreadable.map(({ line }) => line)).toEqual(expect.arrayContaining([13, 17]));
    expect(unreadable.every(({ text: shown }) => shown.length <= 60)).toBe(true);
  }, 60_000);
});
