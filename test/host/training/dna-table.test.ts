/** @file Tables to train a predictor from, good and bad, and the command's refusals. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readMeasuredTable } from '../../../host/training/dna-table.ts';
import { amalgam, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('a table gives sequences in upper case and numbers, empty cells as not measured', async () => {
  const table = file('good.csv.gz', gzipSync('id,b,Seq,a\n1,2.5,acgt,\n2,,GG,-1e-3\n'));
  expect(await readMeasuredTable(table, ['a', 'b'])).toEqual({
    sequences: ['ACGT', 'GG'],
    values: [Float64Array.of(NaN, 2.5), Float64Array.of(-0.001, NaN)],
  });
});

test('semicolons and decimal commas; names whose sequences stand in FASTA', async () => {
  const fasta = file('some.fa', '>one first\nACGT\nGG\n>two\nTTTT\n');
  const table = file('names.csv', 'id;activity (log2)\ntwo;1,5\none;-0,25\n');
  expect(await readMeasuredTable(table, ['activity'], { fasta })).toEqual({
    sequences: ['TTTT', 'ACGTGG'],
    values: [Float64Array.of(1.5), Float64Array.of(-0.25)],
  });
  await expect(readMeasuredTable(file('other.csv', 'id,a\nthree,1\n'), ['a'], { fasta })).rejects.toThrow(
    'other.csv:2: the FASTA file has no record "three"',
  );
  await expect(
    readMeasuredTable(table, ['activity'], { fasta: file('twice.fa', '>one\nAC\n>one\nGG\n') }),
  ).rejects.toThrow('has two records called "one"');
});

test('sequences may be lower case, in numbered blocks of ten, and RNA', async () => {
  const table = file('blocks.csv', 'seq,a\nGAATTCGGAT CCATGCATGC,1\n1 gaattcggat ccatgcaugc,2\n');
  expect((await readMeasuredTable(table, ['a'])).sequences).toEqual(['GAATTCGGATCCATGCATGC', 'GAATTCGGATCCATGCATGC']);
  const fasta = file('blocks.fa', '>one\n  1 gaattcggat ccatgcatgc\n');
  const named = file('blocks-names.csv', 'id,a\none,1\n');
  expect((await readMeasuredTable(named, ['a'], { fasta })).sequences).toEqual(['GAATTCGGATCCATGCATGC']);
});

test.each<[string, string, string]>([
  ['a bound', 'seq,a\nACGT,>2\n', 'bad.csv:2: ">2" in column "a" is a bound'],
  ['no sequences', 'a,b\n1,2\n', 'bad.csv:1: there is no column of sequences'],
  ['no such column', 'seq,aa\nACGT,2\n', 'bad.csv:1: there is no column "a". Did you mean "aa"?'],
  [
    'another letter',
    'seq,a\nACGT,2\nACNT,2\n',
    'bad.csv:3: "ACNT" cannot be read: not DNA: "N" at position 3 stands for several bases. Bases are A, C, G and T.',
  ],
  ['no number', 'seq,a\nACGT,2\n\nACGT,high\n', 'bad.csv:4: "high" in column "a" is not a number'],
  ['no rows', 'seq,a\n', 'has no rows'],
])('%s is refused with its line', async (_, content, message) => {
  await expect(readMeasuredTable(file('bad.csv', content), ['a'])).rejects.toThrow(message);
});

/** 60 sequences whose value is their number of G. */
function smallTable(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const sequence = Array.from(
      { length: 30 },
      (_base, k) => 'ACGT'[(i * i * 7 + k * (i + 3) + ((k * k) % 5)) % 4],
    ).join('');
    return `${sequence},${sequence.split('G').length - 1}`;
  });
  return file('small.csv', `sequence,g\n${rows.join('\n')}\n`);
}

test('amalgam train-predictor trains from a table, and says how well', async () => {
  const out = join(folder, 'small.safetensors');
  const command = [
    'train-predictor',
    smallTable(),
    '--column',
    'g',
    '--out',
    out,
    '--members',
    '1',
    '--epochs',
    '1',
    '--batch',
    '8',
    '--widths',
    '4',
    '--kernels',
    '5',
    '--pools',
    '2',
    '--hidden',
    '4',
    '--one-strand',
    '--json',
  ];
  const { code, out: printed } = await amalgam(command);
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({
    out,
    tasks: [{ name: 'g', test: { count: expect.any(Number) as number } }],
  });
  expect([existsSync(out), existsSync(`${out}.state`)]).toEqual([true, false]);
});

test('FASTA alone is no table', async () => {
  const { code, err } = await amalgam([
    'train-predictor',
    file('alone.fasta', '>a\nACGT\n'),
    '--column',
    'g',
    '--out',
    join(folder, 'x.safetensors'),
  ]);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('contains only sequences. Give the table of measurements, and this file with --fasta.'),
  ]);
});

test.each<[string[], RegExp]>([
  [['--kernels', '4', '--widths', '4', '--pools', '2'], /Kernel sizes must be odd; 4 is not/],
  [['--kernels', '5', '--widths', '4,4', '--pools', '2'], /name 2, 1 and 1 convolutions/],
  [['--kernels', '5', '--widths', '4', '--pools', '64'], /pools sequences of 30 bases down to nothing/],
  [['--resume'], /Nothing to resume/],
])('amalgam train-predictor refuses %j', async (more, message) => {
  const { code, err } = await amalgam([
    'train-predictor',
    smallTable(),
    '--column',
    'g',
    '--out',
    join(folder, 'refused.safetensors'),
    ...more,
  ]);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});
