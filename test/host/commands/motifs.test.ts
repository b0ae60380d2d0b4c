/** @file amalgam motifs and amalgam features as programs: the table against MOODS, files of motifs, bad input. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { motifRows } from '../../fixtures/dna/read.ts';
import { amalgam, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

const OWN = '>own Own\n0 0 9 0 9\n9 9 0 0 0\n0 0 0 9 0\n0 0 0 0 0\n';

test('the table has the columns of FIMO, and the places and scores of MOODS', async () => {
  const { sequences, motifs } = motifRows();
  const wanted = motifs.filter(({ gc, rarest }) => gc === 0.5 && rarest < 1e-5).slice(0, 3);
  const file = written('m.fa.gz', sequences.map((sequence, i) => `>s${i}\n${sequence}\n`).join(''));
  const { out, code } = await amalgam(['motifs', file, ...wanted.flatMap(({ id }) => ['--motif', id])]);
  const [header, ...rows] = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(code).toBe(0);
  expect(header).toEqual([
    'motif_id',
    'motif_alt_id',
    'sequence_name',
    'start',
    'stop',
    'strand',
    'score',
    'p-value',
    'q-value',
    'matched_sequence',
  ]);
  const found = new Map(
    rows.map(([id, , name, start, , strand, score]) => [`${id} ${name} ${start} ${strand}`, Number(score)]),
  );
  const expected = new Map(
    wanted.flatMap(({ id, hits }) =>
      hits.map(([sequence, start, strand, score]) => [`${id} s${sequence} ${start + 1} ${strand}`, score] as const),
    ),
  );
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [place, score] of expected) expect(found.get(place)).toBeCloseTo(score, 3);
});

test("motifs of a file of one's own are found, between ambiguous bases too", async () => {
  const motifs = written('own.jaspar', OWN);
  const file = written('own.fa', '>a\nNNccagaNTCTGG\n>b\nACGT!\n');
  const { out, err } = await amalgam(['motifs', file, '--motif-file', motifs, '--p-value', '0.001']);
  const rows = out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').slice(0, 6).concat(line.split('\t').slice(9)).join(' '));
  expect(rows).toEqual(['own Own a 3 7 + CCAGA', 'own Own a 9 13 - CCAGA']);
  expect(err).toContain('2 hits in 2 sequences; 1 were omitted because they are not DNA.');
});

test('a file of motifs is read before scoring, and refused with its line or the nearest motif', async () => {
  const file = written('s.fa', '>a\nTTCCAGATT\n>b\nTTTTTTTTT\n');
  const objective = (motifs: string, name = 'Own') => `motif-count:name=${name},p=0.001,file=${motifs}`;
  const own = written('s.jaspar', OWN);
  expect((await amalgam(['score', file, '--objective', objective(own)])).out).toMatch(
    /TTCCAGATT,a,1,\s+TTTTTTTTT,b,0,/,
  );
  expect(await amalgam(['score', file, '--objective', objective(own, 'Owm')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "Own"?') as string,
  });
  expect(
    await amalgam(['score', file, '--objective', objective(written('broken.jaspar', OWN.replace('9 9', '9 x')))]),
  ).toMatchObject({ code: 2, err: expect.stringContaining('line 3: "x" is not a count') as string });
  expect(await amalgam(['score', file, '--objective', objective(join(folder, 'none'))])).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no such file') as string,
  });
});

test('features are listed with their reasons', async () => {
  const file = written('f.txt', 'AAGAATTC first\n');
  const own = written('f.jaspar', OWN);
  const { out } = await amalgam([
    'features',
    file,
    '--objective',
    'restriction-sites:enzymes=EcoRI',
    '--objective',
    `motif-count:name=own,p=0.001,file=${own}`,
  ]);
  expect(out).toBe(
    'sequence_name\tkind\tname\tstart\tstop\tstrand\tnote\nfirst\tsite\tEcoRI\t3\t8\t+\tcuts after 3/7\n',
  );
});

test('sequences may be in blocks of ten, with numbers and in lower case', async () => {
  const blocks = written('blocks.txt', 'GAATTCGGAT CCAGATATGC\n  1 gaattcggat\n 11 ccagatatgc\n');
  const motifs = written('blocks.jaspar', OWN);
  const columns = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const hits = await amalgam(['motifs', blocks, '--motif-file', motifs, '--p-value', '0.001', '--given-strand']);
  expect(columns(hits.out).map(([, , name, start, stop]) => [name, start, stop])).toEqual([
    ['sequence-1', '11', '15'],
    ['sequence-2', '11', '15'],
  ]);
  const sites = await amalgam(['features', blocks, '--objective', 'restriction-sites:enzymes=EcoRI,BamHI']);
  expect(columns(sites.out).map(([name, , enzyme, start]) => [name, enzyme, start])).toEqual([
    ['sequence-1', 'EcoRI', '1'],
    ['sequence-1', 'BamHI', '7'],
    ['sequence-2', 'EcoRI', '1'],
    ['sequence-2', 'BamHI', '7'],
  ]);
  const scores = await amalgam(['score', blocks, '--objective', 'restriction-sites:enzymes=EcoRI']);
  expect(scores.out).toContain('GAATTCGGAT CCAGATATGC,,1,');
});

test.each([
  [['motifs', '-'], /Nothing to look for/],
  [['motifs', '-', '--motif', 'CTCF', '--p-value', '0'], /must be between 0 and 1/],
  [['motifs', '-', '--motif', 'CTCFF'], /There is no motif "CTCFF".*Did you mean "CTCF"/],
  [['motifs', '-', '--motif-file', 'no-such-file'], /Cannot read .*no-such-file/],
  [['features', '-'], /Nothing to look for/],
  [['features', '-', '--objective', 'restriction-sites:enzymes=EcoR1'], /Did you mean "EcoRI"/],
])('%j is bad input', async (args, message) => {
  const { code, err } = await amalgam(args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});
