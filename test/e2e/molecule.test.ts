/** @file What the panel of a molecule shows beyond its scores: its form in space. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, openLab, type Lab } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => void fillRun(db, 40));
  page = lab.page;
  await page.goto(new URL('#/run/1/explore', lab.host.address).href);
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
});

afterAll(() => lab?.close());

const picture = () => page.locator('[aria-roledescription="3D structure"] canvas');
/** What is painted, as bytes. */
const painted = () => picture().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

describe('the form in space', () => {
  it('is laid out when asked for, and has an energy', async () => {
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.getByText(/^MMFF94 energy -?[\d.,]+ kcal\/mol/).waitFor({ timeout: 120_000 });
    await expectAccessible(page);
  });

  it('turns by mouse and by keys, and the panel stays with its candidate', async () => {
    const first = await painted();
    await page.locator('[aria-roledescription="3D structure"]').focus();
    await page.keyboard.press('ArrowRight');
    const second = await painted();
    expect(second).not.toBe(first);
    await page.keyboard.press('Home');
    expect(await painted()).toBe(first);
    const box = await picture().boundingBox();
    if (box === null) throw new Error('The picture is not in sight.');
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 90, { steps: 4 });
    await page.mouse.up();
    expect(await painted()).not.toBe(first);
    await page.getByRole('complementary', { name: 'Candidate 1' }).waitFor();
  });

  it('is saved as an SD file', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SDF' }).click();
    const text = readFileSync(await (await saving).path(), 'utf8');
    expect(text).toMatch(/V2000[\s\S]* H [\s\S]*M {2}END\n\$\$\$\$\n$/);
    expect(lab.complaints).toEqual([]);
  });
});
