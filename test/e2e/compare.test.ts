/** @file Runs side by side, in a real browser on a real host: nothing there, two runs chosen, kept in the address, saved as a table. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { close, openForWriting } from '../../db/index.ts';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, openBrowser, startHost, type RunningHost } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-e2e-'));
let host: RunningHost;
let browser: Browser;
let page: Page;

async function openCompare(name: string, runs: readonly ('molecule' | 'dna')[]): Promise<void> {
  const workspace = join(folder, name);
  const db = openForWriting(workspace);
  for (const domain of runs) fillRun(db, 2500, domain);
  close(db);
  host = await startHost(workspace);
  await page.goto(host.address);
  await page.getByRole('link', { name: 'Compare' }).click();
}

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('says what to do while there is nothing to compare', async () => {
  await openCompare('empty.amalgam', []);
  await page.getByRole('heading', { name: 'There is nothing to compare yet' }).waitFor();
  await expectAccessible(page);
  await host.stop();
});

it('puts runs with the same goals side by side, and refuses others with the reason', async () => {
  await openCompare('lab.amalgam', ['molecule', 'molecule', 'dna']);
  const boxes = page.getByRole('checkbox');
  await boxes.last().check();
  await boxes.nth(1).check();
  await page.getByRole('table').waitFor();
  expect(await boxes.first().isDisabled()).toBe(true);
  await page.getByText('Other kind of candidates').waitFor();
  await page.getByRole('img', { name: /^Mean score of all goals/ }).waitFor();
  await expectAccessible(page);
});

it('keeps the choice in the address, and saves the table', async () => {
  await page.reload();
  await page.getByRole('table').waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Table as CSV' }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toMatch(/Best candidate,0\.\d+/);
});
