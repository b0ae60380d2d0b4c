/**
 * @file Comparing runs, in a real browser with a real host: empty, two runs chosen, kept in the address, saved as a
 * table.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { close, openForWriting } from '../../db/index.ts';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, openBrowser, type RunningHost, startHost } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-e2e-'));
let host: RunningHost;
let browser: Browser;
let page: Page;

const results = () => page.getByRole('group', { name: 'Table of the comparison' }).getByRole('table');

async function openCompare(name: string, runs: readonly ('molecule' | 'dna' | number)[]): Promise<void> {
  const workspace = join(folder, name);
  const db = openForWriting(workspace);
  for (const run of runs) {
    if (typeof run === 'number') fillRun(db, run, 'dna');
    else fillRun(db, 2500, run);
  }
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

it('says what to do if there is nothing to compare', async () => {
  await openCompare('empty.amalgam', []);
  await page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor();
  await expectAccessible(page);
  await host.stop();
});

it('compares runs with the same goals, and refuses others with the reason', async () => {
  await openCompare('lab.amalgam', ['molecule', 'molecule', 'dna']);
  const boxes = page.getByRole('checkbox');
  await boxes.last().check();
  await boxes.nth(1).check();
  await results().waitFor();
  expect(await boxes.first().isDisabled()).toBe(true);
  await page.getByText('Different modality').waitFor();
  await page.getByRole('img', { name: /^Mean score of all goals/ }).waitFor();
  await expectAccessible(page);
});

it('keeps the choice in the address, and saves the table', async () => {
  await page.reload();
  await results().waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Table as CSV' }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toMatch(/Best candidate,0\.\d+/);
});

it('draws the overlap of two, three and more groups as circles and as rows, with the numbers as text', async () => {
  await host.stop();
  // Each run finds what the previous ones found, and more.
  await openCompare('overlap.amalgam', [1500, 2000, 2600, 3000]);
  const rows = () =>
    page
      .getByRole('table', { name: 'sequences by who found them' })
      .getByRole('row')
      .allInnerTexts()
      .then((all) => all.slice(1).map((text) => text.replace(/\s+/g, ' ').trim()));
  const circles = page.getByRole('img', { name: /^A circle of sequences for each/ });
  const boxes = page.getByRole('checkbox');
  for (let i = 0; i < 2; i++) await boxes.nth(i).check();
  await circles.waitFor();
  expect(await circles.locator('text').allInnerTexts()).toHaveLength(2 + 3);
  const two = await rows();
  expect(two.map((row) => /(Both|Only [AB]) [\d,]+$/.test(row))).not.toContain(false);
  await boxes.nth(2).check();
  await expect.poll(() => circles.locator('circle').count()).toBe(3);
  await expectAccessible(page);
  await boxes.nth(3).check();
  await circles.waitFor({ state: 'detached' });
  await expect.poll(async () => (await rows()).some((row) => /All [\d,]+$/.test(row))).toBe(true);
  const found = await page
    .getByRole('listitem')
    .filter({ hasText: /^[A-D] .*: [\d,]+ sequences?$/ })
    .allInnerTexts();
  expect(found).toHaveLength(4);
  // A group's number is the sum of its rows.
  const sum = (await rows()).reduce((all, row) => all + Number(/(\d[\d,]*)$/.exec(row)![1].replace(',', '')), 0);
  expect(Math.max(...found.map((text) => Number(/: ([\d,]+)/.exec(text)![1].replace(',', ''))))).toBe(sum);
  await expectAccessible(page);
});
