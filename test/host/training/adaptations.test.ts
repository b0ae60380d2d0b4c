/**
 * @file A generator adapted in the window: a file looked into, trained on in the background, cancelled, kept; through
 * the host's own services.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { AdaptationState } from '../../../contract/api.ts';
import { readGenerator } from '../../../engine/generator/checkpoint.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { adaptationReportOf } from '../../../host/training/adaptation-report.ts';
import { temporaryFolder } from '../../db/temporary-folder.ts';
import { referenceRows } from '../../fixtures/chem/read.ts';
import { tinyDnaPrior, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
const models = join(folder, 'data/amalgam/models');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const smiles = referenceRows()
  .slice(0, 60)
  .map((row) => row.smiles);
const content = base64(
  [...smiles, `${smiles[0]} again`, 'C1CC broken', 'CC(=O)[O-].[Na+] salt', 'CCO>>CC=O reaction', ''].join('\n'),
);
let host: Host;

beforeAll(() => {
  vi.stubEnv('XDG_DATA_HOME', join(folder, 'data'));
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(async () => {
  await host.close();
  vi.unstubAllEnvs();
});

/** Resolves when the adaptation has come to this. */
function until(state: AdaptationState['state']): Promise<AdaptationState> {
  return new Promise((resolve) => {
    const end = host.subscribe('adaptation', {}, (event) => {
      if ((event as AdaptationState).state !== state) return;
      end();
      resolve(event as AdaptationState);
    });
  });
}

it('nothing is adapted or kept before a file is chosen', async () => {
  await expect(host.call('adaptation.start', {})).rejects.toThrow('Choose a file first.');
  await expect(host.call('adaptation.keep', { name: 'x' })).rejects.toThrow('no adapted generator to keep');
  expect(await host.call('adaptation.state', {})).toEqual({ state: 'none' });
});

it('says what was read of a file, what was left out and why', async () => {
  const info = await host.call('adaptation.open', { prior: tinyPrior, name: '../series.smi', content });
  expect(info).toMatchObject({ name: 'series.smi', modality: 'molecule', format: 'one molecule per line', passes: 8 });
  const text = info.lines.join('\n');
  expect(text).toMatch(/^64 read: 6\d different molecules to learn from\.$/m);
  expect(text).toContain('2 cannot be read: line 62 "C1CC": not a valid molecule: unclosed ring; line 64 "CCO>>CC=O":');
  expect(text).toContain('Salts and solvents are removed in 1: only the largest fragment is kept');
  expect(text).toContain('1 are duplicates.');
});

it.each([
  [
    'few.smi',
    'CCO\nCCN\nbad(\n',
    tinyPrior,
    /^few\.smi has 2 different molecules among 3\. At least 20 are needed\. Unreadable: line 3 "bad\("/,
  ],
  ['empty.smi', '', tinyPrior, /^empty\.smi has 0 different molecules/],
  ['dna.fasta', '>a\nACGT\n', tinyPrior, /holds DNA\. Choose a generator of DNA/],
  [
    'mine.csv',
    `smiles,y\n${smiles.join(',1\n')},1\n`,
    tinyDnaPrior,
    /holds molecules\. Choose a generator of molecules/,
  ],
  ['notes.csv', 'a,b\nx,1\ny,2\n', tinyPrior, /no column of SMILES or DNA/],
  ['mine.smi', smiles.join('\n'), 'drugline', /There is no generator "drugline".*Known: .*druglike/],
])('refuses %s with the reason', async (name, text, prior, message) => {
  await expect(host.call('adaptation.open', { prior, name, content: base64(text) })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(message),
  });
});

it('trains, is cancelled without a trace, and keeps a generator that designs can name', async () => {
  await host.call('adaptation.open', { prior: tinyPrior, name: 'series.smi', content });
  expect(await host.call('adaptation.start', { passes: 30 })).toMatchObject({
    state: 'running',
    phase: 'training',
    share: 0,
  });
  await expect(host.call('adaptation.start', {})).rejects.toThrow('is being adapted');
  expect(await host.call('adaptation.cancel', {})).toEqual({ state: 'none' });
  expect(existsSync(models) ? readdirSync(models) : []).toEqual([]);
  const done = until('done');
  await host.call('adaptation.start', { passes: 2 });
  const state = await done;
  if (state.state !== 'done') throw new Error('not done');
  const { report } = state;
  expect(report.curve.map(({ pass }) => Math.round(pass))).toEqual([0, 1, 2]);
  expect(report.curve[0].train).toBeNull();
  expect(report.memory.sampled).toBe(1000);
  expect(report.verdict.reasons.join(' ')).toMatch(
    /^Held-out molecules: loss \d\.\d{3} nats per token before, .* Of 1000 samples/,
  );
  await expect(host.call('adaptation.keep', { name: '../evil' })).rejects.toThrow(
    'is not a valid name for a generator',
  );
  await expect(host.call('adaptation.keep', { name: 'druglike' })).rejects.toThrow('comes with Amalgam');
  expect(await host.call('adaptation.keep', { name: 'my series' })).toMatchObject({ kept: 'my series' });
  expect(readdirSync(models).sort()).toEqual(['my series.md', 'my series.safetensors']);
  expect(readGenerator(readFileSync(join(models, 'my series.safetensors'))).history).toMatchObject({
    from: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect((await host.call('catalogue.get', {})).priors.find(({ name }) => name === 'my series')).toMatchObject({
    modality: 'molecule',
    headline: expect.stringMatching(/adapted to 6\d of your molecules/),
  });
  expect((await host.call('model.card', { kind: 'generator', name: 'my series' })).markdown).toContain('## Training');
}, 120_000);

it('reports memorisation, and adaptation without improvement', () => {
  const info = {
    name: 'a.smi',
    prior: 'druglike',
    modality: 'molecule' as const,
    format: '',
    kept: 50,
    lines: [],
    examples: [],
    passes: 8,
  };
  const memory = { sampled: 1000, valid: 0.9, unique: 1, trained: 0.1, heldOut: 0, examples: ['CCO'] };
  const verdict = (after: number, trained: number) =>
    adaptationReportOf({
      info,
      curve: [
        { pass: 0, train: null, validation: 0.6 },
        { pass: 1, train: 0.5, validation: after },
      ],
      memory: { ...memory, trained },
      seconds: 1,
    }).verdict;
  expect(verdict(0.4, 0.1)).toMatchObject({
    tier: 'good',
    text: 'It generates new molecules like yours: 10.0% of its molecules are in your file.',
  });
  expect(verdict(0.4, 0.5)).toMatchObject({ tier: 'by-heart' });
  expect(verdict(0.7, 0.1)).toMatchObject({
    tier: 'no-gain',
    text: expect.stringContaining('no lower than that of druglike'),
  });
});
