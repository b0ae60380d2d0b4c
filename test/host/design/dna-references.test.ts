/** @file DNA given as it is or by file, good and bad. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { resolveDna } from '../../../host/design/dna-references.ts';
import { temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const resolved = (...texts: string[]) => resolveDna(texts, 'references', folder);

test('DNA and files of it become upper case, each sequence once', () => {
  const fasta = file('some.fa', '>one first\nacgt\nACG T\n>two\nTTTT\n');
  const table = file('table.csv.gz', gzipSync('id,Sequence\n1,GGGG\n2,\n3,acgt\n'));
  const lines = file('lines.txt', 'CCCC\r\n\nTTTT\n');
  expect(resolved('acgt', fasta, table, lines)).toEqual({ sequences: ['ACGT', 'ACGTACGT', 'TTTT', 'GGGG', 'CCCC'], name: '5 sequences' });
});

test.each<[string, () => string, string]>([
  ['another letter', () => 'ACGNT', '"ACGNT" is not DNA: "N" at position 4, and there is no such file. References are of A, C, G and T.'],
  ['a record of FASTA with IUPAC codes', () => file('iupac.fa', '>one\nACGT\n>two x\nAC\nRT\n'), 'iupac.fa, record 2 (two), is not DNA: "R" at position 3. References are of A, C, G and T.'],
  ['a line', () => file('bad.txt', 'ACGT\nACXT\n'), 'bad.txt, line 2, is not DNA: "X" at position 3'],
  ['an empty record', () => file('empty-record.fa', '>one\n>two\nACGT\n'), 'empty-record.fa, record 1 (one), is no sequence'],
  ['a table without sequences', () => file('table.csv', 'a,b\n1,2\n'), 'there is no column of sequences'],
  ['an empty file', () => file('empty.fa', ''), 'empty.fa holds no sequences'],
  ['nothing', () => ' ', 'No sequence is given'],
])('%s is refused, with its place', (_, given, message) => {
  expect(() => resolved(given())).toThrow(message);
});

test('where no files are read, a file is no DNA', () => {
  expect(() => resolveDna([file('one.fa', '>a\nACGT\n')], 'references', null)).toThrow('"one.fa" is not DNA: "o" at position 1. References');
});
