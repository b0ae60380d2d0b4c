/**
 * @file A table in the window: looked into, trained on in the background, cancelled, kept; through the host's own
 * services.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TrainingState } from '../../../contract/api.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { temporaryFolder } from '../../db/temporary-folder.ts';
import { referenceRows } from '../../fixtures/chem/read.ts';

const folder = temporaryFolder();
const content = Buffer.from(
  `smiles,logP,note\n${referenceRows()
    .slice(0, 70)
    .map(({ smiles, logp }) => `${smiles},${logp},x y`)
    .join('\n')}\nbad(,1,\n`,
).toString('base64');
let host: Host;

beforeAll(() => {
  vi.stubEnv('XDG_DATA_HOME', join(folder, 'data'));
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(async () => {
  await host.close();
  vi.unstubAllEnvs();
});

/** Resolves when the training has come to this. */
function until(state: TrainingState['state']): Promise<TrainingState> {
  return new Promise((resolve) => {
    const end = host.subscribe('predictor.training', {}, (event) => {
      if ((event as TrainingState).state !== state) return;
      end();
      resolve(event as TrainingState);
    });
  });
}

it('nothing is inspected, trained or kept before a table is chosen', async () => {
  await expect(host.call('predictor.inspect', { column: 'logP' })).rejects.toThrow('Choose a table first.');
  await expect(host.call('predictor.train', { column: 'logP' })).rejects.toThrow('Choose a table first.');
  await expect(host.call('predictor.keep', { name: 'x' })).rejects.toThrow('no trained predictor to keep');
  expect(await host.call('predictor.training', {})).toEqual({ state: 'none' });
});

it('a table is looked into; what is wrong with it is named as the user knows it', async () => {
  await expect(
    host.call('predictor.openTable', { name: 'notes.csv', content: Buffer.from('a\n').toString('base64') }),
  ).rejects.toThrow(/^notes\.csv has no rows below its header\.$/);
  const table = await host.call('predictor.openTable', { name: '../my table.csv', content });
  expect(table).toMatchObject({
    name: 'my table.csv',
    format: 'comma-separated',
    rows: 71,
    structure: 'smiles',
    column: 'logP',
  });
  expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['smiles', 'structure'],
    ['logP', 'numbers'],
    ['note', 'text'],
  ]);
  const report = await host.call('predictor.inspect', { column: 'logP' });
  expect(report).toMatchObject({ kept: 70, task: { kind: 'regression', name: 'logP', wanted: 'higher' } });
  expect(report.rows.join(' ')).toContain('1 structure cannot be read: line 72 "bad("');
  await expect(host.call('predictor.inspect', { column: 'logD' })).rejects.toThrow(
    /there is no column "logD"\. Did you mean "logP"\?/,
  );
});

it('a training is cancelled, and another goes to its end and is kept', async () => {
  const cancelled = until('none');
  expect(await host.call('predictor.train', { column: 'logP' })).toMatchObject({
    state: 'running',
    column: 'logP',
    share: 0,
  });
  await expect(host.call('predictor.train', { column: 'logP' })).rejects.toThrow('A predictor is being trained');
  await host.call('predictor.cancel', {});
  expect(await cancelled).toEqual({ state: 'none' });
  const done = until('done');
  await host.call('predictor.train', { column: 'logP', wanted: 'lower' });
  const state = await done;
  if (state.state !== 'done') throw new Error('not done');
  const { report } = state;
  expect(report).toMatchObject({
    task: { wanted: 'lower' },
    figures: { columns: ['R2', 'Mean error', 'Root mean square error', 'Rank correlation'] },
  });
  expect(report.points).toHaveLength(70);
  expect(report.reliability.map(({ expected }) => expected)).toContain(0.9);
  await expect(host.call('predictor.keep', { name: '../evil', evenSo: true })).rejects.toThrow(
    'is not a valid name for a predictor',
  );
  expect(await host.call('predictor.keep', { name: 'my logP', evenSo: true })).toMatchObject({ kept: 'my logP' });
  expect(existsSync(join(folder, 'data/amalgam/models/my logP.safetensors'))).toBe(true);
  expect(await host.call('predictor.list', {})).toMatchObject([
    { name: 'my logP', modality: 'molecule', quantities: [{ name: 'logP', unit: '' }], problem: null },
  ]);
}, 90_000);

it('a table of DNA is looked into, with its sequences or with their names and a FASTA file', async () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const random = randomStream(4);
  const drawn = Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => 'ACGT'[random.below(4)]).join(''));
  const bases = (i: number) => drawn[i];
  const own = await host.call('predictor.openTable', {
    name: 'mpra.tsv',
    content: base64(
      `sequence\tactivity (log2)\n${Array.from({ length: 30 }, (_, i) => `${bases(i)}\t${i / 10}`).join('\n')}\nACGTN\t1\n`,
    ),
  });
  expect(own).toMatchObject({ modality: 'dna', structure: 'sequence', column: 'activity (log2)' });
  expect((await host.call('predictor.inspect', { column: 'activity (log2)', oneStrand: true })).rows.join(' ')).toMatch(
    /^31 rows: 30 different sequences with a value of activity \(log2\), in \d+ families .* The strand matters.* 1 sequences are unusable: line 32 "ACGTN": not DNA: "N" at position 5/,
  );
  const named = await host.call('predictor.openTable', {
    name: 'values.csv',
    content: base64(`oligo,activity\n${Array.from({ length: 30 }, (_, i) => `e${i},${i / 10}`).join('\n')}\nlost,2\n`),
  });
  expect(named).toMatchObject({ modality: null, structure: null });
  await expect(
    host.call('predictor.addSequences', { name: 'other.fasta', content: base64('>x1\nACGT\n') }),
  ).rejects.toThrow(
    /^No column of values\.csv holds the names of the records in other\.fasta, such as "x1"\. The best column matches 0 of 31 rows\.$/,
  );
  await expect(
    host.call('predictor.addSequences', { name: 'twice.fasta', content: base64('>a\nACGT\n>a\nACGT\n') }),
  ).rejects.toThrow('twice.fasta has two records called "a".');
  const joined = await host.call('predictor.addSequences', {
    name: 'oligos.fasta',
    content: base64(Array.from({ length: 30 }, (_, i) => `>e${i} note\n${bases(i)}\n`).join('')),
  });
  expect(joined).toMatchObject({
    modality: 'dna',
    structure: 'sequence',
    column: 'activity',
    notes: ['The sequences come from oligos.fasta, matched by the names in "oligo".', '1 rows have no sequence there.'],
  });
  expect((await host.call('predictor.inspect', { column: 'activity' })).kept).toBe(30);
}, 60_000);
