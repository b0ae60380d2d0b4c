/** Tables as users have them: marks, encodings, sheets, SDF; columns and their kinds; what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { isStructureText } from '../../../engine/learn/user-predictor/structures.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { columnIndex } from '../../../host/intake/column-names.ts';
import { readTable, structureColumn, type Table } from '../../../host/intake/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-intake-'));
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/intake/${name}`, import.meta.url));
let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(file: string, sheet?: string): Promise<Table> {
  return readTable(file, (text) => isStructureText(rdkit, text), { sheet });
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const CSV = 'id,smiles,IC50 (nM),class\n1,CCO,10,active\n2,CCN,>1000,inactive\n3,CCCl,3.5,active\n';

describe('formats', () => {
  test.each([
    ['comma.csv', CSV, ','],
    ['semicolon.csv', CSV.replaceAll(',', ';').replace('3.5', '3,5'), ';'],
    ['tab.txt', CSV.replaceAll(',', '\t'), '\t'],
    ['crlf.csv', CSV.replaceAll('\n', '\r\n'), ','],
    ['mark.csv', `\uFEFF${CSV}`, ','],
    ['packed.csv.gz', gzipSync(CSV), ','],
    ['wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CSV, 'utf16le')]), ','],
    ['west.csv', Buffer.from(CSV.replace('nM', 'µM'), 'latin1'), ','],
  ])('%s', async (name, content, delimiter) => {
    const { columns, rows, delimiter: found } = await read(written(name, content));
    expect(found).toBe(delimiter);
    expect(columns.map(({ kind }) => kind)).toEqual(['numbers', 'structure', 'numbers', 'classes']);
    expect(columns[2]).toMatchObject({ unit: name === 'west.csv' ? 'µM' : 'nM', filled: 3 });
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(columns[2].style.decimalComma).toBe(name === 'semicolon.csv');
  });

  test('an .xlsx file with two sheets', async () => {
    const { columns, rows, notes } = await read(fixture('two-sheets.xlsx'));
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['SMILES', 'structure'],
      ['Ki (nM)', 'numbers'],
    ]);
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, 'CCO', '12.5'],
      [3, 'c1ccccc1O', '>1000'],
      [5, 'CCN', '3'],
    ]);
    expect(notes).toEqual(['The sheet "Data" is read; the file has 2: Data, Notes.']);
    await expect(read(fixture('two-sheets.xlsx'), 'Note')).rejects.toThrow(
      'has no sheet "Note". Did you mean "Notes"?',
    );
  });

  test('an SDF file', async () => {
    const { columns, rows } = await read(fixture('three.sdf'));
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['structure', 'structure'],
      ['title', 'text'],
      ['pIC50', 'numbers'],
      ['comment', 'text'],
    ]);
    expect(rows.map(({ line, cells }) => [line, cells[1], cells[2]])).toEqual([
      [1, 'ethanol', '5.5'],
      [2, 'phenol', '6.25'],
      [3, 'broken', '7'],
    ]);
  });
});

describe('columns', () => {
  test('a structure column is found by its content, DNA by its letters', async () => {
    const molecules = await read(
      written('odd-names.csv', 'compound,what,y\nfirst thing,c1ccccc1O,1.5\nsecond thing,CC(=O)O,2\n'),
    );
    expect(structureColumn(molecules)).toEqual({ index: 1, modality: 'molecule' });
    const dna = await read(written('dna.csv', 'name,oligo,y\na,ACGTACGTACGTACGTACGT,1\nb,ACGTTTTTACGTACGTACGA,2\n'));
    expect(structureColumn(dna)).toEqual({ index: 1, modality: 'dna' });
    expect(() => structureColumn(molecules, 'compound')).toThrow(
      'the column "compound" holds neither SMILES nor DNA ("first thing")',
    );
  });

  test('a column may be named without its unit; an unknown one is answered with the nearest', async () => {
    const { columns } = await read(written('named.csv', CSV));
    expect(columnIndex(columns, 'ic50', 'f')).toBe(2);
    expect(columnIndex(columns, 'IC50 (nM)', 'f')).toBe(2);
    expect(() => columnIndex(columns, 'IC59', 'f.csv')).toThrow(
      'f.csv: there is no column "IC59". Valid: id, smiles, IC50 (nM), class.',
    );
  });

  test('columns of one name are told apart', async () => {
    const { columns, notes } = await read(written('twice.csv', 'smiles,y,y,\nCCO,1,2,x\nCCN,2,3,\n'));
    expect(columns.map(({ name }) => name)).toEqual(['smiles', 'y', 'y (2)', 'column 4']);
    expect(notes).toEqual(['Two columns are called "y"; the one further right is "y (2)" here.']);
  });
});

describe('refused', () => {
  test.each([
    ['empty.csv', '', 'is empty'],
    ['header.csv', 'smiles,y\n', 'has no rows below its header'],
    ['headless.csv', 'CCO,1\nCCN,2\n', 'headless.csv:1: the first line is data ("CCO", "1")'],
    ['model.pkl', 'x', 'Pickle files can run code and are never read'],
    ['old.xls', 'x', 'Save it as .xlsx or CSV'],
    ['binary.csv', Buffer.from([1, 0, 2, 0, 3]), 'is not a text file'],
    ['damaged.xlsx', 'no zip', 'damaged.xlsx: '],
    ['damaged.csv.gz', 'no gzip', 'damaged.csv.gz: '],
  ])('%s', async (name, content, message) => {
    await expect(read(written(name, content))).rejects.toThrow(message);
  });

  test('a missing file, a folder, a table without structures', async () => {
    await expect(read(join(folder, 'none.csv'))).rejects.toThrow('there is no such file');
    await expect(read(folder)).rejects.toThrow('it is a folder');
    const table = await read(written('plain.csv', 'a,b\nx y,1\nz q,2\nq r,3\n'));
    expect(() => structureColumn(table)).toThrow('has no column of SMILES or DNA. Its columns: a (text), b (numbers).');
  });
});
