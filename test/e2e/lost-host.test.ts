/**
 * @file Panels while the host cannot be reached: each says so, keeps typed text, and continues automatically once the
 * host responds.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';
import { Losable } from './losable.ts';

const waiting = /The engine isn’t responding. This continues automatically when it does\./;
let lab: Lab;
let page: Page;
let host: Losable;

beforeAll(async () => {
  lab = await openLab((db) => {
    fillRun(db, 60, 'molecule', true);
    fillRun(db, 12, 'dna');
  });
  page = lab.page;
  host = await Losable.on(page);
  await page.goto(lab.host.address);
});

afterEach(() => host.mend());
afterAll(() => lab?.close());

const open = (hash: string) => page.goto(new URL(hash, lab.host.address).href);
const passing = (n: string) =>
  page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${n} of `) })
    .waitFor();
const region = (name: string): Locator => page.getByRole('region', { name, exact: true });

describe('without the host', () => {
  it('a molecule’s panels wait, and load automatically', async () => {
    await open('#/run/1/explore');
    await page.getByRole('button', { name: /^Candidate 1,/ }).click();
    await page.getByText('Log-likelihood when generated').waitFor();
    await host.lose();
    await region('Nearest known molecule').getByRole('button', { name: 'Find' }).click();
    await region('3D structure').getByRole('button', { name: 'Show in 3D' }).click();
    for (const name of ['Nearest known molecule', '3D structure']) await region(name).getByText(waiting).waitFor();
    expect(await page.getByRole('button', { name: 'Reproduce this result' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Next candidate' }).click();
    await region('Provenance').getByText(waiting).waitFor();
    await page.getByText(/^The matches can’t be shown\. The engine isn’t responding/).waitFor();
    await expectAccessible(page);
    await host.back();
    await region('Nearest known molecule')
      .getByText(/^Similarity 0\.\d+/)
      .first()
      .waitFor({ timeout: 120_000 });
    await region('3D structure')
      .getByText(/^MMFF94 energy/)
      .waitFor({ timeout: 120_000 });
    await region('Provenance').getByText('Log-likelihood when generated').waitFor();
    await expect.poll(() => page.getByText(waiting).count(), { timeout: 120_000 }).toBe(0);
  });

  it('a sequence’s panels wait, and keep a pasted reference and a pattern', async () => {
    await open('#/run/2/explore');
    await page.getByRole('button', { name: /^Candidate 1,/ }).click();
    const beside = region('Alignment');
    await beside.getByText('Paste a reference').click();
    await host.lose();
    await beside.getByRole('textbox', { name: /^Reference/ }).fill('ACGTACGTACGTACGTACGT');
    await beside.getByRole('button', { name: 'Align' }).click();
    await page.getByRole('searchbox', { name: /^Find in the sequence/ }).fill('NN');
    await region('GC content').getByLabel('Window of').selectOption('100 bases');
    await page.getByRole('button', { name: 'Next candidate' }).click();
    for (const name of ['Alignment', 'GC content', 'Predicted activity', 'Selection'])
      await region(name).getByText(waiting).waitFor();
    await expectAccessible(page);
    await host.back();
    await beside.getByRole('img', { name: /^Alignment with the reference/ }).waitFor();
    expect(await beside.getByRole('textbox', { name: /^Reference/ }).inputValue()).toBe('ACGTACGTACGTACGTACGT');
    await page.getByText(/^199 places$/).waitFor();
    await region('GC content')
      .getByRole('img', { name: /in windows of 100 bases/ })
      .waitFor();
    await expect.poll(() => page.getByText(waiting).count(), { timeout: 120_000 }).toBe(0);
  });

  it('a star that could not be stored is not shown', async () => {
    await open('#/run/1');
    await page.getByRole('button', { name: /^Candidate 1,/ }).click();
    const panel = page.getByRole('complementary', { name: 'Candidate 1' });
    const star = panel.getByRole('button', { name: 'Star', exact: true });
    await host.lose();
    await star.click();
    await page.getByText(/^The star couldn’t be saved\./).waitFor();
    expect(await star.getAttribute('aria-pressed')).toBe('false');
    await host.back();
    await star.click();
    await panel.getByRole('button', { name: 'Starred', exact: true }).waitFor();
  });

  it('panels and filters of Explore wait, then apply what was chosen', async () => {
    await open('#/run/2/explore');
    await passing('12');
    await host.lose();
    await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: 'Logo' });
    await region('Logo panel').getByText(waiting).waitFor();
    await page.getByLabel('Text in the sequence').fill('A');
    await host.back();
    await region('Logo panel').getByText('All 12 sequences that pass the filters.').waitFor();
    await page.getByRole('button', { name: /Remove the filter Contains “A”/ }).waitFor();
    await open('#/run/1/explore');
    await passing('60');
    // Molecules have no logo; the stored choice stays for DNA.
    await region('Scatter plot panel').waitFor();
    const known = page.getByRole('group', { name: 'In the applicability domain of' }).getByRole('checkbox');
    await known.waitFor();
    await host.lose();
    await known.check();
    await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: 'Clusters' });
    await page.getByRole('button', { name: 'Group 60 candidates' }).click();
    await page.getByText(/^The applicability domains couldn’t be checked\. The engine isn’t responding/).waitFor();
    await region('Clusters panel')
      .getByText(/^Clustering failed\. The engine isn’t responding/)
      .waitFor();
    await expectAccessible(page);
    await host.back();
    await page.getByRole('button', { name: /Remove the filter In the applicability domain of/ }).waitFor();
    await region('Clusters panel')
      .getByText(/^\d+ clusters? of 60 candidates/)
      .waitFor();
  });

  it('a drawing continues with the typed text', async () => {
    await open('#/run/1/explore');
    await page.getByRole('button', { name: 'Draw: Contains' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('canvas').last().waitFor();
    await host.lose();
    const text = dialog.getByRole('textbox');
    await text.fill('c1ccncc1');
    await dialog
      .getByText('The engine isn’t responding. The text will be read when it does. Nothing is lost.')
      .waitFor();
    expect(await dialog.getByRole('button', { name: 'Search' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    host.mend();
    await expect.poll(() => dialog.getByRole('button', { name: 'Search' }).isEnabled(), { timeout: 30_000 }).toBe(true);
    expect(await text.inputValue()).toBe('c1ccncc1');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a new design says that it cannot be checked, then is checked and stored as it was written', async () => {
    await open('#/new?example=oral-lead.toml');
    await page.getByText('Ready to run.').waitFor();
    await host.lose();
    await page.getByLabel('Name', { exact: true }).fill('Written without the engine');
    await page.getByText('One problem to fix.').waitFor();
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await host.back();
    await page.getByText('Ready to run.').waitFor();
    await open('#/');
    await open('#/new');
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Written without the engine');
  });

  it("own data stay chosen, with the user's corrections", async () => {
    await open('#/models/train');
    const rows = Array.from({ length: 30 }, (_, i) => `${'C'.repeat(i + 1)}O,${i / 10},${i / 7}`);
    await page.getByLabel('Table', { exact: true }).setInputFiles({
      name: 'alcohols.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`smiles,logP,other\n${rows.join('\n')}\n`),
    });
    await page
      .getByText(/^30 rows/)
      .first()
      .waitFor({ timeout: 120_000 });
    await host.lose();
    expect(await page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: /^Predict/ }).selectOption('other');
    await page.getByText(/^The table couldn’t be analysed\. The engine isn’t responding/).waitFor();
    await expectAccessible(page);
    await host.back();
    await page
      .getByText(/with a value of other/)
      .first()
      .waitFor({ timeout: 120_000 });
    await expect
      .poll(() => page.getByRole('button', { name: 'Train', exact: true }).isEnabled(), { timeout: 120_000 })
      .toBe(true);
  });
});
