/** @file A predictor from a table, in a real browser with a real host: choose, inspect, train, judge, store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { referenceRows } from '../fixtures/chem/read.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

const data = mkdtempSync(join(tmpdir(), 'amalgam-e2e-data-'));
let lab: Lab;

/** A hundred and twenty molecules with their logP as their potency. */
const rows = referenceRows()
  .slice(0, 120)
  .map(({ smiles, logp }) => `${smiles},${(10 ** (4 - logp)).toPrecision(4)},${logp > 2.5 ? 'active' : 'inactive'}`);
const table = {
  name: 'kinase.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['SMILES,IC50 (nM),outcome', ...rows, 'C1CC,5,active', 'CCCCCCO,>10000,inactive', ''].join('\n')),
};

beforeAll(async () => {
  vi.stubEnv('XDG_DATA_HOME', data);
  lab = await openLab();
  await lab.page.goto(`${lab.host.address}#/models/train`);
});
afterAll(async () => {
  await lab.close();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

describe('training a predictor', () => {
  it('starts empty, and says what to do', async () => {
    await lab.page.getByRole('heading', { name: 'Train a predictor' }).waitFor();
    await lab.page.getByText('None yet. Choose a table to train the first.').waitFor();
    await expectAccessible(lab.page);
  });

  it('rejects a file that is not a table and says why', async () => {
    await lab.page
      .getByLabel('Table', { exact: true })
      .setInputFiles({ name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from('a\n') });
    await lab.page.getByText('notes.csv has no rows below its header.').waitFor();
  });

  it('shows how the table is understood, and what happens to its rows', async () => {
    const { page } = lab;
    await page.getByLabel('Table', { exact: true }).setInputFiles(table);
    await page.getByText('122 rows, comma-separated').waitFor();
    await page.getByText('The model will learn pIC50 (-log10(M)).').waitFor();
    await page.getByText(/1 structure cannot be read: line 122 “C1CC”/).waitFor();
    await page.getByRole('combobox', { name: 'Predict', exact: true }).selectOption('outcome');
    await page.getByText('The model will learn outcome is active.').waitFor();
    await page.getByRole('combobox', { name: 'Predict', exact: true }).selectOption('IC50 (nM)');
    await page.getByRole('combobox', { name: 'Transform', exact: true }).selectOption('none');
    await page.getByText('The model will learn IC50 (nM).').waitFor();
    await page.getByRole('combobox', { name: 'Transform', exact: true }).selectOption('');
    await page.getByText('The model will learn pIC50 (-log10(M)).').waitFor();
    await expectAccessible(page);
  });

  it('trains, can be cancelled, and is found again after a reload', async () => {
    const { page } = lab;
    const train = page.getByRole('button', { name: 'Train', exact: true });
    await train.click();
    await page.getByRole('progressbar', { name: 'Training on “IC50 (nM)” of kinase.csv' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await train.click();
    await page.getByRole('heading', { name: 'Reliability' }).waitFor({ timeout: 120_000 });
    await page.getByText(/^Predicts unseen scaffolds with R2/).waitFor();
    await page.getByRole('img', { name: /predictions against measurements/ }).waitFor();
    await page.reload();
    await page.getByText(/^Predicts unseen scaffolds with R2/).waitFor();
    await expectAccessible(page);
  });

  it('stores the predictor, which then is a goal', async () => {
    const { page } = lab;
    await page.getByLabel('Name', { exact: true }).fill('kinase');
    await page.getByRole('button', { name: /^Keep/ }).click();
    await page.getByText('Kept as').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'pIC50 (-log10(M))' }).filter({ hasText: 'kinase' }).waitFor();
    await expectAccessible(page);
    await page.goto(`${lab.host.address}#/new`);
    await page.getByRole('button', { name: 'Add a goal' }).click();
    await page.getByPlaceholder(/^Search in plain words/).fill('own predictor');
    await page.getByText('Your predictor', { exact: true }).click();
    await page.getByRole('combobox', { name: 'model' }).selectOption({ label: 'kinase: pIC50 (-log10(M))' });
    // Its scale is unknown, so it starts from 0 to 1 until numbers that fit samples of the prior are asked for.
    await page.getByRole('button', { name: /^Fit to / }).click({ timeout: 120_000 });
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type="number"]')?.value !== '0');
    await expectAccessible(page);
    expect(lab.complaints).toEqual([]);
  });
});
