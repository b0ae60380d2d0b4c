/** @file DNA as it is pasted: what is cleaned and said, and what is refused with its place. */
import { expect, test } from 'vitest';
import { PastedDnaError, readDna, readPastedDna, splitDnaLine } from '../../../engine/dna/pasted.ts';

const read = (text: string) => {
  const { records, remarks } = readPastedDna(text);
  return [records.map(({ name, sequence }) => (name === '' ? sequence : `${name}:${sequence}`)), remarks];
};
const numbers = 'Numbers among the bases are ignored.';
const spaces = 'Spaces among the bases are ignored.';

test.each<[string, string, string[], string[]]>([
  ['one a line', 'acgt\n\n GGCC\r\nTT,AA', ['ACGT', 'GGCC', 'TT', 'AA'], []],
  ['a byte order mark', '\uFEFFACGT', ['ACGT'], []],
  [
    "GenBank's lines are one sequence",
    '        1 acgtacgtac gtacgtacgt\n       21 ttttggggcc\n        1 ccc',
    ['ACGTACGTACGTACGTACGTTTTTGGGGCC', 'CCC'],
    [numbers, spaces],
  ],
  [
    'a whole GenBank entry',
    'LOCUS       tiny 12 bp DNA\nDEFINITION  feeble.\nORIGIN      \n        1 acgtacgtac gg\n//\n',
    ['tiny:ACGTACGTACGG'],
    [numbers, spaces],
  ],
  ['spaces', 'ACGT ACGT', ['ACGTACGT'], [spaces]],
  ['RNA', 'ACGUacgu', ['ACGTACGT'], ['The sequence is RNA: U is read as T.']],
  [
    'FASTA, with emoji as a name',
    '>🧬 first\nACGT\nAC GT\r\n>two\n1 GG\n',
    ['🧬:ACGTACGT', 'two:GG'],
    [numbers, spaces],
  ],
  [
    'names and sequences given twice',
    '>a\nAC\n>a\nGG\n>b\nAC\n',
    ['a:AC', 'a:GG', 'b:AC'],
    ['The name "a" is given more than once; all records are kept.', '1 of 3 sequences is a duplicate and counts once.'],
  ],
])('%s', (_, text, records, remarks) => {
  expect(read(text)).toEqual([records, remarks]);
});

test.each<[string, string, string]>([
  [
    'protein',
    '>ok\nACGT\n>p53\nMEEPQSDPSV',
    'Record 2 (p53): "E" at position 2 is an amino acid: this looks like protein. Bases are A, C, G and T.',
  ],
  ['protein on a line of its own', 'MKLV', '"L" at position 3 is an amino acid: this looks like protein'],
  ['codes of several bases', 'ACGT\nACNT', 'Record 2: "N" at position 3 stands for several bases'],
  ['gaps of an alignment', 'AC--GT', '"-" at position 3 is a gap'],
  ['emoji', 'AC🧬GT', '"🧬" at position 3 is not a base'],
  ['the position counts letters, not spaces and numbers', '  1 acgtx', '"X" at position 5 is not a base'],
  ['empty FASTA', '>one\n>two\nACGT', 'Record 1 (one): there is no base in it.'],
  ['a lone header', '>', 'There is no base in it.'],
  ['nothing', ' \n ', 'There is no sequence in it.'],
  ['numbers alone', '12 34', 'There is no base in it.'],
])('%s is refused', (_, text, message) => {
  expect(() => readPastedDna(text)).toThrow(PastedDnaError);
  expect(() => readPastedDna(text)).toThrow(message);
});

test.each([
  ['blocks of ten', 'GAATTCGGAT CCATGCATGC', { bases: 'GAATTCGGATCCATGCATGC' }],
  ['lower case', ' gaattc ', { bases: 'GAATTC' }],
  ['numbers', '  1 gaattcggat\n 11 ccatgcatgc', { bases: 'GAATTCGGATCCATGCATGC' }],
  ['RNA', 'GAAUUC', { bases: 'GAATTC' }],
  ['nothing', ' 12 ', { reason: 'no sequence' }],
  ['another letter', 'GAA TTN', { reason: 'not DNA: "N" at position 6 stands for several bases' }],
])('one sequence: %s', (_, text, expected) => {
  expect(readDna(text)).toEqual(expected);
});

test.each([
  ['ACGTTT', null, 'ACGTTT', ''],
  ['ACGTTT first more', null, 'ACGTTT', 'first'],
  ['ACGTTT GATA', null, 'ACGTTT', 'GATA'],
  ['GAATTCGGAT CCATGC', null, 'GAATTCGGAT CCATGC', ''],
  ['ACGT ACGT', null, 'ACGT ACGT', ''],
  ['  21 gaattcggat ccatgcatgc', 21, 'gaattcggat ccatgcatgc', ''],
  ['21', null, '21', ''],
  ['', null, '', ''],
])('the line "%s" is split into number, sequence and name', (line, number, text, name) => {
  expect(splitDnaLine(line)).toEqual({ number, text, name });
});
