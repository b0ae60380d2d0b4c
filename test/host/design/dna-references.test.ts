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
  expect(resolved('acgt', fasta, table, lines)).toEqual({
    sequences: ['ACGT', 'ACGTACGT', 'TTTT', 'GGGG', 'CCCC'],
    name: '5 sequences',
    notes: ['Spaces among the bases are ignored.'],
  });
});

test('a pasted text is several records, cleaned, and says so', () => {
  const { sequences, notes } = resolved('>🧬 one\n1 acgu\n>🧬 two\nACGT\n>three\nGG');
  expect([sequences, notes]).toEqual([
    ['ACGT', 'GG'],
    [
      'Numbers among the bases are ignored.',
      'Spaces among the bases are ignored.',
      'The sequence is RNA: U is read as T.',
      'The name "🧬" is given more than once; all records are kept.',
      '1 of 3 sequences is a duplicate and counts once.',
    ],
  ]);
  const genbank = file('entry.gb.gz', gzipSync('LOCUS  x 8 bp\nORIGIN\n  1 acgtacgt\n//\n'));
  expect(resolved(genbank).sequences).toEqual(['ACGTACGT']);
  expect(resolved('1 acgtacgtac\n11 gt').sequences).toEqual(['ACGTACGTACGT']);
});

test.each<[string, () => string, string]>([
  [
    'another letter',
    () => 'ACGNT',
    '"ACGNT" can\'t be read as DNA, and there is no such file: "N" at position 4 stands for several bases. Bases are A, C, G and T.',
  ],
  [
    'a record of FASTA with IUPAC codes',
    () => file('iupac.fa', '>one\nACGT\n>two x\nAC\nRT\n'),
    'iupac.fa: Record 2 (two): "R" at position 3 stands for several bases.',
  ],
  [
    'protein',
    () => '>ok\nACGT\n>p53\nMEEPQSDPSV',
    'Record 2 (p53): "E" at position 2 is an amino acid: this looks like protein.',
  ],
  ['an empty pasted FASTA', () => '>one\n>two', 'Record 1 (one): there is no base in it.'],
  ['a line', () => file('bad.txt', 'ACGT\nACXT\n'), 'bad.txt, line 2: "X" at position 3 is not a base.'],
  [
    'an empty record',
    () => file('empty-record.fa', '>one\n>two\nACGT\n'),
    'empty-record.fa: Record 1 (one): there is no base in it.',
  ],
  ['a table without sequences', () => file('table.csv', 'a,b\n1,2\n'), 'there is no column of sequences'],
  ['an empty file', () => file('empty.fa', ''), 'empty.fa contains no sequences'],
  ['nothing', () => ' ', 'No sequence is given'],
])('%s is refused, with its place', (_, given, message) => {
  expect(() => resolved(given())).toThrow(message);
});

test('where no files are read, a file is no DNA', () => {
  expect(() => resolveDna([file('one.fa', '>a\nACGT\n')], 'references', null)).toThrow(
    '"one.fa" can\'t be read as DNA: "O" at position 1 is not a base.',
  );
});
