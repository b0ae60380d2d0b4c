/**
 * @file What a candidate of DNA shows of its sequence, in the real interface: stretches, predicted activities, G and
 * C, a reference; and the logo of several.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

let lab: Lab;
let page: Page;
let panel: Locator;

beforeAll(async () => {
  lab = await openLab((db) => fillRun(db, 6, 'dna'));
  page = lab.page;
  await page.goto(`${lab.host.address}#/run/1`);
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
  panel = page.getByRole('complementary', { name: 'Candidate 1' });
});

afterAll(() => lab?.close());

describe('a candidate of DNA', () => {
  it('predicts every cell type that the design does not name, with errors and applicability domain', async () => {
    const activity = panel.getByRole('region', { name: 'Predicted activity' });
    for (const cell of ['HepG2 (liver)', 'K562 (blood)', 'WTC11 (stem cells)'])
      await activity
        .getByRole('listitem')
        .filter({ hasText: `Activity in ${cell}` })
        .getByText(/^-?\d.* ± \d.* log2 RNA\/DNA$/)
        .waitFor();
    const yeast = activity.getByRole('listitem').filter({ hasText: 'Activity in yeast' });
    expect(await yeast.innerText()).toMatch(
      / ± .* log expression[^]*(Inside|Outside) the applicability domain[^]*the middle 80 of 200 bases/,
    );
    await expectAccessible(page);
  });

  it('selects a range by keys, mouse and numbers, with length, GC content and melting temperature', async () => {
    const track = panel.getByRole('application', { name: /^DNA of 200 bases/ });
    const stretch = panel.getByRole('region', { name: 'Selection' });
    await stretch.getByText('200 bases', { exact: true }).waitFor();
    await track.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 19; i++) await page.keyboard.press('Shift+ArrowRight');
    await stretch.getByText('20 bases', { exact: true }).waitFor();
    await stretch.getByText(/, G and C \d+%, Tm \d+\.\d °C$/).waitFor();
    expect(await stretch.getByLabel('To').inputValue()).toBe('20');
    // Keys of the track don't lead to the next candidate.
    await panel.waitFor();
    await stretch.getByLabel('To').fill('30');
    await stretch.getByText('30 bases', { exact: true }).waitFor();
    const row = await track.locator('.bases').nth(1).boundingBox();
    await page.mouse.move(row!.x + 1, row!.y + 5);
    await page.mouse.down();
    await page.mouse.move(row!.x + row!.width / 4 - 2, row!.y + 5, { steps: 3 });
    await page.mouse.up();
    await stretch.getByText('10 bases', { exact: true }).waitFor();
    expect(await stretch.getByLabel('From').inputValue()).toBe('41');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await stretch.getByRole('button', { name: 'Copy the reverse complement' }).click();
    await page.getByText('Reverse complement copied.').waitFor();
    const bases = (await track.locator('.bases').nth(1).innerText()).slice(0, 10);
    const other = [...bases]
      .reverse()
      .map((base) => ({ A: 'T', C: 'G', G: 'C', T: 'A' })[base])
      .join('');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(other);
  });

  it('finds a pattern on both strands, cleaned, and says what is no code', async () => {
    const find = panel.getByRole('searchbox', { name: /^Find in the sequence/ });
    await find.fill('1 nnk 4 w');
    await panel.getByText(/^\d+ places$/).waitFor();
    await find.press('Enter');
    await panel.getByText(/^\d+ places, now 1: \d+–\d+, (forward|reverse|both strands)$/).waitFor();
    await panel.getByRole('region', { name: 'Selection' }).getByText('4 bases', { exact: true }).waitFor();
    await expectAccessible(page);
    await find.fill('AC🧬');
    await panel.getByText('"🧬" at position 3 is not a base.').waitFor();
    await find.press('Escape');
    expect(await find.inputValue()).toBe('');
  });

  it('has its share of G and C by a window that can be chosen', async () => {
    const gc = panel.getByRole('region', { name: 'GC content' });
    await gc
      .getByRole('img', {
        name: /^GC content \d+%; in windows of 20 bases from \d+% at \d+–\d+ to \d+% at \d+–\d+\.$/,
      })
      .waitFor();
    await gc.getByLabel('Window of').selectOption('100 bases');
    await gc.getByRole('img', { name: /in windows of 100 bases/ }).waitFor();
  });

  it('is aligned with a pasted reference, which is cleaned, and refuses protein with its place', async () => {
    const beside = panel.getByRole('region', { name: 'Alignment' });
    await beside.getByText('This design has no reference sequence.').waitFor();
    await beside.getByText('Paste a reference').click();
    const text = beside.getByRole('textbox', { name: /^Reference/ });
    await text.fill('>p53\nMEEPQSDPSV');
    await beside.getByRole('button', { name: 'Align' }).click();
    await beside.getByText('Record 1 (p53): "E" at position 2 is an amino acid: this looks like protein.').waitFor();
    await expectAccessible(page);
    const own = (await panel.locator('.track .bases').allInnerTexts()).join('').replace(/\s/g, '');
    const other = (own[49] === 'A' ? 'C' : 'A') + own.slice(50);
    await text.fill(`1 ${own.slice(0, 49)}\n50 ${other}`);
    await beside.getByRole('button', { name: 'Align' }).click();
    await beside.getByRole('img', { name: /identical: 199 of 200 columns\. 1 substitution; no gap\./ }).waitFor();
    expect(await beside.getByRole('list', { name: 'Differences from the reference' }).innerText()).toBe(
      `${other[0]}50${own[49]}`,
    );
    await beside.getByText('Numbers among the bases are ignored.').waitFor();
    await expectAccessible(page);
  });
});

describe('the logo', () => {
  it('is of the first that pass the filters, then of those selected, with a table beside it', async () => {
    await page.goto(`${lab.host.address}#/run/1/explore`);
    await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: 'Logo' });
    const logo = page.getByRole('region', { name: 'Logo panel' });
    await logo.getByRole('img', { name: /^Logo of 6 sequences over 200 positions/ }).waitFor();
    await logo.getByText('All 6 sequences that pass the filters.').waitFor();
    await logo.getByText('As a table').click();
    expect(await logo.getByRole('row').count()).toBe(201);
    for (const n of [1, 2])
      await page.getByRole('region', { name: 'Cards panel' }).getByRole('checkbox').nth(n).check();
    await logo.getByText('All 2 selected sequences.').waitFor();
    await expectAccessible(page);
  });

  it('is copied as a self-contained picture', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as SVG' }).click();
    await page.getByText('Logo copied as SVG.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(copied).toMatch(/fill="rgb\(/);
    expect(copied).not.toMatch(/class=|style=/);
    expect(lab.complaints).toEqual([]);
  });
});
