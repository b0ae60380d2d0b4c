/**
 * @file The shortlist in the real interface: empty, filled from two designs, annotated, removed and restored, unchanged
 * after a reload.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { close, openForWriting, starAll, topCandidates } from '../../db/index.ts';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, openBrowser, type RunningHost, startHost, undo } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-e2e-'));
let host: RunningHost;
let browser: Browser;
let page: Page;

/** A workspace with the best of three runs starred. Two of them found the same molecules. */
function filled(name: string, stars: boolean): string {
  const workspace = join(folder, name);
  const db = openForWriting(workspace);
  for (const runId of [fillRun(db, 20), fillRun(db, 20), fillRun(db, 20, 'dna')]) {
    const { candidates } = topCandidates(db, runId, { by: 'total', limit: 2 });
    if (stars)
      starAll(
        db,
        candidates.map(({ id: candidateId }) => ({ candidateId })),
      );
  }
  close(db);
  return workspace;
}

async function openShortlist(workspace: string): Promise<void> {
  host = await startHost(workspace);
  await page.goto(host.address);
  await page.getByRole('link', { name: 'Shortlist' }).click();
  await page.getByRole('heading', { name: 'Shortlist', level: 1 }).waitFor();
}

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const entry = (place: number) => page.getByRole('article', { name: `Entry ${place}`, exact: true });
const shows = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

it('says how to fill it while it is empty', async () => {
  await openShortlist(filled('empty.amalgam', false));
  await page.getByRole('heading', { name: 'The shortlist is empty' }).waitFor();
  await expectAccessible(page);
  await host.stop();
});

it('shows each molecule once, with its origins and its scores there', async () => {
  await openShortlist(filled('lab.amalgam', true));
  await shows('4 entries');
  await page.getByText('Found by 2 runs', { exact: false }).first().waitFor();
  await page.locator('article img').first().waitFor();
  const both = page.getByRole('article').filter({ hasText: 'Found by 2 runs' }).first().getByRole('listitem');
  expect(await both.count()).toBe(2);
  for (const one of await both.all())
    expect((await one.innerText()).replace(/\s+/g, ' ')).toMatch(
      /Total 0\.\d\d Drug-likeness 0\.\d\d .*Greasiness -?\d.*Size \d+ g\/mol/,
    );
  await expectAccessible(page);
});

it('keeps rating, tags and note, also after a reload', async () => {
  await entry(1).getByRole('radio', { name: '4 of 5' }).check({ force: true });
  await entry(1).getByLabel(/^Tags/).fill('soluble, first batch');
  await entry(1).getByLabel(/^Tags/).press('Tab');
  await page.getByLabel('Filter by tag').selectOption('first batch');
  await shows('1 entry');
  await page.reload();
  await page.getByLabel('Filter by tag').selectOption('soluble');
  await shows('1 entry');
  expect(await entry(1).getByRole('radio', { name: '4 of 5' }).isChecked()).toBe(true);
});

it('restores a note that was emptied, by Ctrl+Z outside of the field', async () => {
  const note = entry(1).getByLabel('Note');
  await note.fill('Ask Maria.');
  await note.press('Tab');
  await note.fill('');
  await note.press('Tab');
  await page.getByText('The note is changed.').waitFor();
  await page.getByRole('button', { name: 'Remove entry 1 from the shortlist' }).focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => note.inputValue()).toBe('Ask Maria.');
  await page.getByText('The note is changed.').waitFor({ state: 'detached', timeout: 3000 });
  await expectAccessible(page);
});

it('removes an entry and restores it unchanged', async () => {
  await page.getByRole('button', { name: 'Remove entry 1 from the shortlist' }).click();
  await shows('0 entries');
  await undo(page, 'Removed from the shortlist.');
  await page.getByLabel('Filter by tag').selectOption('soluble');
  await shows('1 entry');
  expect(await entry(1).getByLabel(/^Tags/).inputValue()).toBe('soluble, first batch');
});

it('keeps the user’s own order, also after a reload', async () => {
  await page.getByLabel('Filter by tag').selectOption('');
  await page.getByRole('radio', { name: 'Manual' }).check({ force: true });
  const first = await entry(1).locator('code').textContent();
  const second = await entry(2).locator('code').textContent();
  await page.getByRole('button', { name: 'Move entry 1 down' }).click();
  await entry(2).locator('code', { hasText: first! }).waitFor();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('radio', { name: 'Manual' }).check({ force: true });
  await entry(1).locator('code', { hasText: second! }).waitFor();
});

it('makes a design from high ratings', async () => {
  await page
    .getByRole('article')
    .filter({ has: page.locator('img') })
    .first()
    .getByRole('radio', { name: '5 of 5' })
    .check({ force: true });
  await page.getByRole('link', { name: 'More molecules like these' }).click();
  await page.getByText('Ready to run.').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('More like my shortlist');
});
