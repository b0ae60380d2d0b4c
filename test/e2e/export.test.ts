/**
 * @file Files saved from the real interface: a 3D export with progress, stopped and completed; only starred candidates;
 * errors and applicability domains.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => {
    fillRun(db, 400);
    fillRun(db, 40, 'molecule', true);
  });
  page = lab.page;
  await page.goto(lab.host.address);
  await page.goto(new URL('#/run/1/export', lab.host.address).href);
  await page.getByRole('radio', { name: '3D structures' }).check();
});

afterAll(() => lab?.close());

const save = () => page.getByRole('button', { name: 'Save file' });
const progress = () => page.getByRole('progressbar', { name: /3D structures: \d+ of 300 molecules/ });

it('shows progress, also after a change of tab, and stops without saving', async () => {
  await page.getByLabel('Number of candidates, best first').fill('300');
  await save().click();
  await page.getByText(/3D structures: [1-9]\d* of 300 molecules/).waitFor();
  await expectAccessible(page);
  const tabs = page.getByRole('navigation', { name: 'This run' });
  await tabs.getByRole('link', { name: 'Goals' }).click();
  await progress().waitFor({ state: 'detached' });
  await tabs.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('radio', { name: '3D structures' }).check();
  await progress().waitFor();
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await page.getByText('Cancelled. Nothing was saved.').waitFor();
  await save().waitFor();
  expect(await progress().count()).toBe(0);
});

it('completes the next one', async () => {
  await page.getByLabel('Number of candidates, best first').fill('2');
  const [file] = await Promise.all([page.waitForEvent('download'), save().click()]);
  expect(file.suggestedFilename()).toMatch(/\.3d\.sdf$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/MMFF94 energy[\s\S]*\$\$\$\$/);
});

it('contains errors and applicability domains if requested, and only starred candidates', async () => {
  const lines = async (): Promise<string[]> => {
    const [file] = await Promise.all([page.waitForEvent('download'), save().click()]);
    return readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
  };
  await page.goto(new URL('#/run/2/export', lab.host.address).href);
  await page.getByRole('radio', { name: 'Table (CSV)' }).check();
  await page.getByLabel('Number of candidates, best first').fill('5');
  const told = page.getByRole('checkbox', { name: 'Errors and applicability domain of predicted values' });
  expect((await lines())[0]).not.toContain('in domain');
  await told.check();
  const [head, ...rows] = await lines();
  const at = head.split(',').findIndex((name) => name.includes('in domain'));
  expect(at).toBeGreaterThan(0);
  expect(rows.map((row) => /^[01]$/.test(row.split(',')[at]))).toEqual(Array(5).fill(true));
  await expectAccessible(page);
  // A list of lines has no columns for them.
  await page.getByRole('radio', { name: 'SMILES', exact: false }).last().check();
  await told.waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'Table (CSV)' }).check();
  await page.getByRole('checkbox', { name: 'Only starred candidates' }).check();
  await save().click();
  await page.getByText('Nothing is starred in this run, so there is nothing to save.').waitFor();
  await page.goto(new URL('#/run/2', lab.host.address).href);
  await page.getByRole('button', { name: 'Star candidate 2' }).click();
  await page.goto(new URL('#/run/2/export', lab.host.address).href);
  await page.getByRole('radio', { name: 'Table (CSV)' }).check();
  await page.getByRole('checkbox', { name: 'Only starred candidates' }).check();
  expect(await lines()).toHaveLength(2);
});
