/** Sequences of files: FASTA, text, CSV, packed or not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dnaLines, moleculeLines } from '../../host/lines.ts';
import { temporaryFolder } from './tools.ts';

const folder = temporaryFolder();

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const line of lines) list.push(line);
  return list;
}

describe('dnaLines', () => {
  it('joins the lines of a FASTA record', async () => {
    expect(await all(dnaLines(written('a.fasta.gz', '>one first\nACGT\nac gt\n\n>two\n>three\r\nGG\r\n')))).toEqual(['ACGTacgt', '', 'GG']);
  });

  it('reads text a line, and the column of a CSV file', async () => {
    expect(await all(dnaLines(written('a.txt', 'ACGT name\n\nGGCC\n')))).toEqual(['ACGT', '', 'GGCC']);
    expect(await all(dnaLines(written('a.csv.gz', 'id,Sequence\n1,ACGT\n2,\n')))).toEqual(['ACGT', '']);
    await expect(all(dnaLines(written('b.csv', 'id,bases\n1,ACGT\n')))).rejects.toThrow(/b\.csv:1: there is no column of sequences; one of the columns must be named sequence, seq, dna/);
    await expect(all(dnaLines(join(folder, 'none.fa')))).rejects.toThrow(/there is no such file/);
  });
});

describe('moleculeLines', () => {
  it('reads the first word of a line, and the column of a CSV file', async () => {
    expect(await all(moleculeLines(written('a.smi', 'CCO ethanol\nC\n')))).toEqual(['CCO', 'C']);
    await expect(all(moleculeLines(written('c.csv', 'id,name\n')))).rejects.toThrow(/no column of SMILES/);
  });
});
