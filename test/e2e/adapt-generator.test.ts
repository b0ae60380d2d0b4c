/**
 * @file Adapting a generator to a file of molecules, in a real browser with a real host: choose, inspect, train, judge,
 * store, and use in a new design.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { referenceRows } from '../fixtures/chem/read.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

const data = mkdtempSync(join(tmpdir(), 'amalgam-e2e-data-'));
const models = join(data, 'amalgam', 'models');
const series = {
  name: 'series.smi',
  mimeType: 'text/plain',
  buffer: Buffer.from(
    `${referenceRows()
      .slice(0, 40)
      .map(({ smiles }) => smiles)
      .join('\n')}\nC1CC broken\nCC(=O)[O-].[Na+] salt\n`,
  ),
};
let lab: Lab;

beforeAll(async () => {
  vi.stubEnv('XDG_DATA_HOME', data);
  lab = await openLab();
  await lab.page.goto(`${lab.host.address}#/models`);
});
afterAll(async () => {
  await lab.close();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

describe('adapting a generator', () => {
  it('starts without a generator or a file', async () => {
    const { page } = lab;
    await page.getByRole('link', { name: 'Adapt a generator' }).click();
    await page.getByRole('heading', { name: 'Adapt a generator', level: 1 }).waitFor();
    await page.getByRole('combobox', { name: 'Generator' }).selectOption('druglike');
    await expectAccessible(page);
  });

  it('rejects a file that cannot be learnt from and says why', async () => {
    const { page } = lab;
    await page
      .getByLabel('File of sequences')
      .setInputFiles({ name: 'dna.fasta', mimeType: 'text/plain', buffer: Buffer.from('>a\nACGT\n') });
    await page.getByText('dna.fasta holds DNA. Choose a generator of DNA.').waitFor();
  });

  it('shows what was read, and what was left out with the reason', async () => {
    const { page } = lab;
    await page.getByLabel('File of sequences').setInputFiles(series);
    await page.getByText(/^42 read: \d+ different molecules to learn from\.$/).waitFor();
    await page.getByText(/^1 cannot be read: line 41 “C1CC”: not a valid molecule/).waitFor();
    await page.getByText(/^Salts and solvents are removed in 1: only the largest fragment is kept/).waitFor();
    await expectAccessible(page);
  });

  it('can be cancelled without a trace, and continues after a reload', async () => {
    const { page } = lab;
    await page.getByLabel('Passes over your data').fill('40');
    await page.getByRole('button', { name: 'Adapt', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Adapting druglike to series.smi' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Adapt', exact: true }).waitFor();
    expect(existsSync(models) ? readdirSync(models) : []).toEqual([]);
    await page.getByLabel('Passes over your data').fill('1');
    await page.getByRole('button', { name: 'Adapt', exact: true }).click();
    await page.getByRole('heading', { name: 'Result' }).waitFor({ timeout: 120_000 });
    await page.reload();
    await page.getByRole('heading', { name: 'Result' }).waitFor();
    await page.getByText(/Of 1000 samples, \d/).waitFor();
    await page.getByRole('img', { name: /^Loss on held-out data/ }).waitFor();
    await expectAccessible(page);
  });

  it('is stored under a name, with a card, and a new design can start from it', async () => {
    const { page } = lab;
    await page.getByLabel('Name', { exact: true }).fill('my series');
    await page.getByRole('button', { name: /^Keep/ }).click();
    await page.getByText('Kept as').waitFor();
    expect(readdirSync(models).sort()).toEqual(['my series.md', 'my series.safetensors']);
    await page.getByRole('status').getByRole('link', { name: 'New design' }).click();
    await page.getByRole('radio', { name: /^my series/ }).check({ force: true });
    expect(await page.getByRole('radio', { name: /^my series/ }).isChecked()).toBe(true);
    await page.goto(`${lab.host.address}#/models/card/generator/my series`);
    await page.getByRole('heading', { name: 'Training' }).waitFor();
    await expectAccessible(page);
    expect(lab.complaints).toEqual([]);
  });
});
