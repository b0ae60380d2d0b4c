/**
 * @file Structures drawn in the real editor, as a filter and as a reference, by mouse and by keyboard alone, with
 * messages about bad input.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => void fillRun(db, 400));
  page = lab.page;
});

afterAll(() => lab?.close());

const dialog = () => page.getByRole('dialog', { name: /^Draw: / });
const text = () => dialog().getByRole('textbox');
const drawButton = (of: string) => page.getByRole('button', { name: `Draw: ${of}` });
const use = (name: string) => dialog().getByRole('button', { name, exact: true });
/** The drawing area. The editor's tools are on its left. */
const paper = () => dialog().locator('canvas').last();

async function open(of: string): Promise<void> {
  await drawButton(of).click();
  await paper().waitFor();
}

describe('a substructure', () => {
  it('that is drawn becomes the filter', async () => {
    await page.goto(new URL('#/run/1/explore', lab.host.address).href);
    await open('Contains');
    // A click with the default tool draws a bond between two carbons.
    const box = await paper().boundingBox();
    if (box === null) throw new Error('The paper is not in sight.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.dialog textarea')?.value === 'CC');
    await expectAccessible(page);
    await use('Search').click();
    await page.getByRole('button', { name: 'Remove the filter Has CC' }).waitFor();
    expect(await page.getByLabel('Contains', { exact: true }).inputValue()).toBe('CC');
  });

  it('returns to the editor, and can be typed by keyboard alone', async () => {
    await drawButton('Contains').focus();
    await page.keyboard.press('Enter');
    await paper().waitFor();
    expect(await text().inputValue()).toBe('CC');
    await text().fill('c1cc[n');
    await dialog()
      .getByText(/SMARTS/)
      .last()
      .waitFor();
    expect(await use('Search').isDisabled()).toBe(true);
    await text().fill('[C,N]=O');
    await dialog()
      .getByText(/alternatives that one drawing can’t show/)
      .waitFor();
    await expectAccessible(page);
    await text().fill('c1ccccc1');
    await use('Search').and(page.locator(':enabled')).waitFor();
    await text().press('Enter');
    await page.getByRole('button', { name: 'Remove the filter Has c1ccccc1' }).waitFor();
  });

  it('is unchanged after Escape, and focus returns', async () => {
    await open('Contains');
    await text().fill('CCCC');
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
    }
    await text().focus();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByLabel('Contains', { exact: true }).inputValue()).toBe('c1ccccc1');
    expect(await drawButton('Contains').evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

describe('a reference', () => {
  it('is read from a file and compared with', async () => {
    await open('Similar to');
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'two.smi',
        mimeType: 'text/plain',
        buffer: Buffer.from('CC(=O)Oc1ccccc1C(=O)O aspirin\nCCO\n'),
      });
    await dialog().getByText('The first of 2 structures in two.smi.').waitFor();
    await use('Compare').click();
    await page.getByLabel(/^Similarity to CC\(=O\)Oc1ccccc1C\(=O\)O aspirin from/).waitFor();
  });

  it('explains which structures are valid if the text is not one', async () => {
    const field = page.getByLabel('Similar to', { exact: true });
    for (const [bad, said] of [
      ['CCO>>CC=O', 'The first product is "CC=O".'],
      ['CN(C)CC.Cl', 'The largest is “CCN(C)C”.'],
      ['C'.repeat(10_000), 'Give a part of it.'],
      ['🧪', '"🧪" at position 1'],
    ]) {
      await field.fill(bad);
      await field.press('Enter');
      await page.getByText(said).waitFor();
    }
    await expectAccessible(page);
  });

  it('is drawn for a goal of a new design', async () => {
    await page.goto(new URL('#/new?example=oral-lead.toml', lab.host.address).href);
    await page.reload();
    await open('Scaffold');
    await text().fill('[*:1]c1ccncc1');
    await use('Use this structure').and(page.locator(':enabled')).waitFor();
    await use('Use this structure').click();
    await page.getByText('Ready to run.').waitFor();
    await expectAccessible(page);
    expect(lab.complaints).toEqual([]);
  });
});
