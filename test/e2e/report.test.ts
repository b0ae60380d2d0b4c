/**
 * @file A report in a real browser, from a file and without a network: ranked by its sliders, sorted, accessible, and
 * safe against hostile names.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadRdkitFromDisk } from '../../host/chemistry/chemistry.ts';
import { reportHtml } from '../../host/export/report/report.ts';
import { exportTable, hostileName, molecules } from '../host/export/export-table.ts';
import { brokenRules, openBrowser } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-report-'));
const requests: string[] = [];
const complaints: string[] = [];
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const file = join(folder, 'report.html');
  writeFileSync(file, reportHtml(exportTable('molecule', molecules), await loadRdkitFromDisk()));
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const ranked = () => page.locator('#candidates tbody tr td.sequence').allInnerTexts();
const order = async () => (await ranked()).map((text) => molecules.findIndex((smiles) => text.includes(smiles)));

it('shows the run under its name, and executes nothing in the name', async () => {
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(hostileName);
  expect(await page.title()).toBe(hostileName);
  expect(await page.locator('#candidates img').count()).toBe(2);
  expect(
    await page
      .locator('#candidates img')
      .first()
      .evaluate((image) => (image as HTMLImageElement).naturalWidth),
  ).toBeGreaterThan(0);
});

it('ranks again when weights change, with missing values last', async () => {
  expect(await order()).toEqual([0, 1, 2]);
  await page.getByRole('slider', { name: /QED/ }).fill('0');
  expect(await order()).toEqual([1, 2, 0]);
  await page.getByRole('button', { name: 'The design’s weights' }).click();
  expect(await order()).toEqual([0, 1, 2]);
});

it('sorts by a column, both ways, and says so', async () => {
  const column = page.getByRole('columnheader', { name: 'Greasiness (log units)', exact: true });
  await column.getByRole('button').click();
  expect([await order(), await column.getAttribute('aria-sort')]).toEqual([[0, 1, 2], 'descending']);
  await column.getByRole('button').click();
  expect([await order(), await column.getAttribute('aria-sort')]).toEqual([[2, 1, 0], 'ascending']);
});

it.each(['light', 'dark'] as const)('breaks no rule of accessibility in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await brokenRules(page)).toEqual([]);
});

it('requests nothing beyond itself', () => {
  expect(requests.filter((address) => !/^(file|data):/.test(address))).toEqual([]);
  expect(complaints).toEqual([]);
});
