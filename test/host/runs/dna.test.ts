/** @file DNA through the whole host: design, run, ranking, steering, export, and the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methodSchemas, topicSchemas } from '../../../contract/api.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { amalgam, designFile, temporaryFolder, tinyDnaPrior } from '../tools.ts';

const folder = temporaryFolder();
const workspace = join(folder, 'dna.amalgam');

const dnaDesign = `name = "Small DNA"
modality = "dna"
prior = ${JSON.stringify(tinyDnaPrior)}

[generate]
prefix = "acgt"
suffix = "GGATCC"
mask = "NNNNTATAWAN"
min_length = 30
max_length = 33

[run]
steps = 6
merge_every = 2
batch = 16
measure_samples = 16
final_samples = 16

[[objective]]
id = "gc"
goal = "higher"
from = 0.2
to = 0.8

[[constraint]]
id = "restriction-sites"
enzymes = ["BamHI"]
min = 1
`;

const asked = /^ACGT[ACGT]{4}TATA[AT]A[ACGT]+GGATCC$/;

let host: Host;
beforeAll(() => {
  host = createHost({ workspace, device: 'cpu' });
});
afterAll(() => host.close());

async function runToEnd(): Promise<number> {
  const { design, problems } = await host.call('design.check', { toml: dnaDesign });
  expect(problems).toEqual([]);
  const { designId } = await host.call('design.create', { design: design! });
  const { id } = await host.call('run.start', { designId, seed: 1 });
  await new Promise<void>((resolve) => {
    const end = host.subscribe('run', { runId: id }, (event) => {
      const one = topicSchemas.run.event.parse(event);
      if (one.type !== 'state' || one.summary.state === 'running') return;
      end();
      resolve();
    });
  });
  return id;
}

describe('a run on DNA', () => {
  it('writes what the design asks for, all of it valid', async () => {
    const runId = await runToEnd();
    const detail = methodSchemas['run.get'].result.parse(await host.call('run.get', { runId }));
    expect(detail).toMatchObject({
      modality: 'dna',
      generate: { min_length: 30, max_length: 33, prefix: 'ACGT', suffix: 'GGATCC', mask: 'NNNNTATAWAN' },
    });
    expect(detail.summary).toMatchObject({ state: 'finished', valid: detail.summary.scored });
    expect(detail.advice).toMatch(/^The mean score/);
    const { candidates } = await host.call('run.top', { runId, limit: 200 });
    expect(candidates.length).toBeGreaterThan(100);
    for (const { sequence } of candidates) {
      expect(sequence).toMatch(asked);
      expect(sequence.length).toBeGreaterThanOrEqual(30);
      expect(sequence.length).toBeLessThanOrEqual(33);
    }
  });

  it('is steered within the same limits', async () => {
    const { candidates, valid, sampled } = await host.call('steering.sample', {
      runId: 1,
      weights: [1],
      n: 10,
      seed: 2,
    });
    expect(valid).toBe(sampled);
    expect(candidates.every(({ sequence }) => asked.test(sequence))).toBe(true);
  });

  it('shows where its limit sees something', async () => {
    const [{ id, sequence }] = (await host.call('run.top', { runId: 1, limit: 1 })).candidates;
    const { features } = methodSchemas['candidate.features'].result.parse(
      await host.call('candidate.features', { candidateId: id }),
    );
    expect(features).toContainEqual({
      kind: 'site',
      name: 'BamHI',
      start: sequence.length - 6,
      end: sequence.length,
      strand: '+',
      note: expect.stringMatching(/^cuts after /),
    });
    for (const { start, end } of features) expect(sequence.slice(start, end)).toBe('GGATCC');
    await expect(host.call('candidate.features', { candidateId: 999_999 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is exported as FASTA, CSV and plain lines, and not as SDF', async () => {
    const [best] = (await host.call('run.top', { runId: 1, limit: 1 })).candidates;
    const fasta = await host.call('export.make', { runId: 1, format: 'fasta', top: 3 });
    expect(fasta.fileName).toBe('small-dna-run1.fasta');
    expect(fasta.content).toMatch(
      new RegExp(
        `^>run1-${best.id} total=${best.total} gc=${best.raw[0]} gc_score=\\S+ limit_restriction-sites=1 round=\\d+ (blend=1 )?seed=1 prior=\\S+\\n${best.sequence}\\n>`,
      ),
    );
    expect(fasta.content.match(/^>/gm)).toHaveLength(3);
    const csv = await host.call('export.make', { runId: 1, format: 'csv', top: 3 });
    expect(csv.content.split('\r\n')[1].startsWith(`${best.sequence},${best.total}`)).toBe(true);
    expect(csv.content).toMatch(/^sequence,total,gc,/);
    expect(await host.call('export.make', { runId: 1, format: 'smi', top: 1 })).toMatchObject({
      fileName: 'small-dna-run1.txt',
      content: `${best.sequence}\n`,
    });
    await expect(host.call('export.make', { runId: 1, format: 'sdf', top: 3 })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'Run 1 generated DNA, which has no chemical structures to draw: use FASTA, CSV or plain text.',
    });
  });
});

describe('a design for DNA', () => {
  const problems = async (source: string) => (await host.call('design.check', { toml: source })).problems;

  it.each([
    [
      ['mask = "NNNNTATAWAN"', `mask = "${'N'.repeat(60)}"`],
      { path: 'generate.mask', line: 8, message: 'Prefix, mask and suffix take 70 bases; a sequence has at most 33.' },
    ],
    [
      ['max_length = 33', 'max_length = 90'],
      {
        path: 'generate.max_length',
        line: 10,
        message: 'max_length = 90 is not possible: the generator writes at most 69 bases.',
        suggestion: '69',
      },
    ],
    [
      ['"acgt"', '"acxt"'],
      {
        path: 'generate.prefix',
        line: 6,
        message: '"X" at position 3 of the prefix is not a base. It takes A, C, G and T.',
      },
    ],
    [['modality = "dna"', 'modality = "molecule"'], { path: 'prior', line: 3 }],
  ])('is refused with place and reason: %j', async ([from, to], expected) => {
    expect(await problems(dnaDesign.replace(from, to))).toContainEqual(expect.objectContaining(expected));
  });

  it('is explained with the source of each value', async () => {
    const { code, out } = await amalgam([
      'design',
      designFile(folder, dnaDesign.replace('min_length = 30\nmax_length = 33\n', '')),
      '--explain',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /\[generate\]\nlength = 21 +# default\nprefix = "ACGT" +# file\nsuffix = "GGATCC" +# file\nmask = "NNNNTATAWAN" +# file\n/,
    );
  });
});

describe('amalgam on DNA', () => {
  it('samples what is asked for, and counts it', async () => {
    const out = join(folder, 'sampled.txt');
    const { code, err } = await amalgam([
      'sample',
      '--model',
      tinyDnaPrior,
      '-n',
      '30',
      '--mask',
      'NNRYN',
      '--length',
      '40',
      '--threads',
      '1',
      '--out',
      out,
    ]);
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringMatching(/30 sequences, 100\.0% valid, 100\.0% of those unique/),
    });
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(30);
    expect(lines.every((line) => /^[ACGT]{2}[AG][CT][ACGT]{36}$/.test(line))).toBe(true);
    expect(await amalgam(['sample', '--model', tinyDnaPrior, '--length', '100'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/at most 69 bases/),
    });
  });

  it('trains a generator from FASTA, and exports from the command line', async () => {
    const fasta = designFile(
      folder,
      Array.from({ length: 60 }, (_, i) =>
        `>${i}\n${'ACGT'[i % 4]}${'GATTACA'.repeat(4)}\nN${'ACGT'.repeat(i % 3)}\n`.replace(
          '\nN',
          i === 7 ? '\nN' : '\n',
        ),
      ).join(''),
      'train.fa',
    );
    const model = join(folder, 'own.safetensors');
    const args = [
      'pretrain',
      fasta,
      '--modality',
      'dna',
      '--kmer',
      '2',
      '--both-strands',
      '--out',
      model,
      '--layers',
      '1',
      '--width',
      '16',
      '--heads',
      '2',
      '--context',
      '32',
      '--tokens',
      '20000',
      '--threads',
      '1',
    ];
    const { code, err } = await amalgam(args);
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /12 of 60 lines, 21 tokens\. Omitted: 47 duplicates, 0 too long, 1 with other letters than A, C, G and T\. The first one: "N" at position 30/,
      ),
    });
    expect(await amalgam(['sample', '--model', model, '-n', '5', '--threads', '1'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^([ACGT]+\n){5}$/),
    });
    expect(await amalgam(['pretrain', fasta, '--kmer', '2', '--out', model])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--kmer cannot be used with --modality molecule/),
    });
    const best = join(folder, 'best.fa');
    await host.close();
    expect(await amalgam(['export', '1', '--workspace', workspace, '--top', '2', '--out', best])).toMatchObject({
      code: 0,
      err: expect.stringMatching(/2 sequences are in/),
    });
    expect(readFileSync(best, 'utf8')).toMatch(/^>run1-/);
  });
});
