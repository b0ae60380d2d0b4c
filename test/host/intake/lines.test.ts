/**
 * @file Sequences of files as people have them: FASTA, text, tables, packed or not, with line ends, byte order marks
 * and damage of every kind.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Modality } from '../../../engine/base/modality.ts';
import { fileRecords, namedRecords, openFile } from '../../../host/intake/lines.ts';
import type { IntakeRecord } from '../../../host/intake/types.ts';
import { temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

async function all(records: AsyncIterable<IntakeRecord>): Promise<string[]> {
  const list: string[] = [];
  for await (const { text } of records) list.push(text);
  return list;
}

const dnaLines = (file: string) => fileRecords(file, 'dna');
const moleculeLines = (file: string) => fileRecords(file, 'molecule');

describe('dnaLines', () => {
  it('joins the lines of a FASTA record', async () => {
    expect(await all(dnaLines(written('a.fasta.gz', '>one first\nACGT\nac gt\n\n>two\n>three\r\nGG\r\n')))).toEqual([
      'ACGTacgt',
      '',
      'GG',
    ]);
  });

  it('reads text a line, and the column of a CSV file', async () => {
    expect(await all(dnaLines(written('a.txt', 'ACGT name\n\nGGCC\n')))).toEqual(['ACGT', '', 'GGCC']);
    expect(await all(dnaLines(written('a.csv.gz', 'id,Sequence\n1,ACGT\n2,\n')))).toEqual(['ACGT', '']);
    await expect(all(dnaLines(written('b.csv', 'id,bases\n1,ACGT\n')))).rejects.toThrow(
      /b\.csv:1: there is no column of sequences\. Name one of the columns sequence, seq, dna/,
    );
    await expect(all(dnaLines(join(folder, 'none.fa')))).rejects.toThrow(/there is no such file/);
  });
});

describe('namedRecords', () => {
  async function names(file: string): Promise<string[]> {
    const list: string[] = [];
    for await (const { name } of namedRecords(file)) list.push(name);
    return list;
  }

  it('names them as the file does, and by number where it does not', async () => {
    expect(await names(written('n.txt', 'ACGT first\nACGT\nGG third more\n'))).toEqual([
      'first',
      'sequence-2',
      'third',
    ]);
    expect(await names(written('n.fa', '>one more\nACGT\n>\nAC\n> three\nG\n'))).toEqual([
      'one',
      'sequence-2',
      'three',
    ]);
    expect(await names(written('n.csv', 'sequence\nACGT\n'))).toEqual(['sequence-1']);
    await expect(names(join(folder, 'none.fa'))).rejects.toThrow(/there is no such file/);
  });
});

describe('moleculeLines', () => {
  it('reads the first word of a line, and the column of a CSV file', async () => {
    expect(await all(moleculeLines(written('a.smi', 'CCO ethanol\nC\n')))).toEqual(['CCO', 'C']);
    await expect(all(moleculeLines(written('c.csv', 'id,name\n')))).rejects.toThrow(/no column of SMILES/);
  });
});

async function read(name: string, content: string | Uint8Array, modality: Modality = 'molecule'): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, content);
  return all(fileRecords(file, modality));
}

describe('molecules in files', () => {
  it.each([
    ['lf.smi', 'CCO ethanol\nCCN\tethylamine\n', ['CCO', 'CCN']],
    ['crlf.smi', 'CCO\r\n\r\nCCN', ['CCO', '', 'CCN']],
    ['bom.txt', '\uFEFFCCO\nCCN\n', ['CCO', 'CCN']],
    ['reaction.smi', 'CCO>>CC=O\n', ['CCO>>CC=O']],
    [
      'quotes.csv',
      '\uFEFFname,SMILES\r\n"a ""b"", c","CC(=O)O"\r\n5" pipe,CCN\r\n\r\nshort\r\n',
      ['CC(=O)O', 'CCN', '', ''],
    ],
    ['table.tsv', 'id\tsmiles\n1\tCCO\n', ['CCO']],
    ['zip.smi.gz', gzipSync('CCO\nCCN\n'), ['CCO', 'CCN']],
    ['empty.smi', '', []],
    ['long.smi', `${'C'.repeat(10_000)}\n`, ['C'.repeat(10_000)]],
  ])('%s', async (name, content, expected) => expect(await read(name, content)).toEqual(expected));

  it.each([
    ['no-column.csv', 'a,b\n1,2\n', /no-column\.csv:1: there is no column of SMILES/],
    ['dna.fasta', '>a\nACGT\n', /is FASTA, which contains DNA/],
    [
      'open.csv',
      'smiles\n"CCO\nCCN\n',
      /Cannot read .*open\.csv: the row in line 2 has a quote \("\) that is never closed/,
    ],
    [
      'cut.smi.gz',
      gzipSync('CCO\n'.repeat(5000)).subarray(0, 40),
      /Cannot read .*cut\.smi\.gz: unexpected end of file/,
    ],
    ['plain.smi.gz', 'CCO\n', /Cannot read .*plain\.smi\.gz: incorrect header check/],
  ])('%s is refused', async (name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });
});

it('finds the named column of a workbook below a title', async () => {
  const file = fileURLToPath(new URL('../../fixtures/intake/titled.xlsx', import.meta.url));
  const texts = [];
  for await (const { text } of (await openFile(file, { modality: 'molecule', structure: 'My mol' })).records)
    texts.push(text);
  expect(texts).toEqual(['CCO', 'CCN']);
  await expect(openFile(file, { modality: 'molecule', structure: 'mole' })).rejects.toThrow(/no column "mole"/);
});

describe('DNA in files', () => {
  it.each([
    ['records.fa', '\n>one first\nACGT\nAC GT\r\n\n>two\n>three\nTTTT', ['ACGTACGT', '', 'TTTT']],
    ['records.txt', '>one\nACGT\n', ['ACGT']],
    ['lines.txt', '\nACGT name\n\nTTTT\n', ['', 'ACGT', '', 'TTTT']],
    ['blank.txt', '\n\n', ['', '']],
    ['blocks.txt', 'GAATTCGGAT CCATGCATGC\nGAATTCGGAT CCATGC\n', ['GAATTCGGAT CCATGCATGC', 'GAATTCGGAT CCATGC']],
    [
      'numbered.txt',
      '  1 gaattcggat ccatgcatgc\n 21 ggatcc\n\n  1 gaattc\n',
      ['gaattcggat ccatgcatgc ggatcc', '', 'gaattc'],
    ],
    ['table.csv', 'name,Sequence\na,ACGT\n', ['ACGT']],
    ['zip.fasta.gz', gzipSync('>a\nACGT\n'), ['ACGT']],
  ])('%s', async (name, content, expected) => expect(await read(name, content, 'dna')).toEqual(expected));

  it('refuses FASTA that does not start with a record', async () => {
    await expect(read('headless.fasta', '\nACGT\n>a\nACGT\n', 'dna')).rejects.toThrow(
      /headless\.fasta:2: a record of FASTA starts with ">"/,
    );
  });
});
