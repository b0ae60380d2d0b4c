/**
 * @file All candidates of a run in the real interface: filters, panels that share a selection, stars with undo, a file
 * of the selected candidates.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab, undo } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => {
    fillRun(db, 3000);
    fillRun(db, 300, 'dna');
    fillRun(db, 0);
    fillRun(db, 200, 'molecule', true);
  });
  page = lab.page;
  // Before the page opens: a timer of the real clock could not be cancelled by the page later.
  await page.clock.install();
  await page.goto(lab.host.address);
});

afterAll(() => lab?.close());

const explore = (run: number) => page.goto(new URL(`#/run/${run}/explore`, lab.host.address).href);
const passing = (n: string) =>
  page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${n} of `) })
    .waitFor();
const panel = (name: string) => page.getByRole('region', { name: `${name} panel` });
const choosePanel = (at: number, label: string) =>
  page.getByLabel(`Panel ${at}`, { exact: true }).selectOption({ label });

describe('Explore', () => {
  it('shows all candidates as cards beside a scatter plot', async () => {
    await explore(1);
    await passing('3,000');
    await panel('Cards').locator('article img').first().waitFor();
    await panel('Scatter plot')
      .getByRole('group', { name: /3,000 candidates by/ })
      .waitFor();
    await expectAccessible(page);
  });

  it('filters by a range and by text, and removes both filters', async () => {
    await page.getByLabel('Total from').fill('0.7');
    await page.getByLabel('Total from').press('Enter');
    await page.getByRole('button', { name: /Remove the filter Total 0.70 to/ }).waitFor();
    await page.getByLabel('Text in the SMILES').fill('S(=O)(=O)');
    await page.getByRole('button', { name: /Remove the filter Contains/ }).waitFor();
    // Hidden and shown again, the list of filters is unchanged.
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    expect(await page.getByLabel('Text in the SMILES').inputValue()).toBe('S(=O)(=O)');
    await page.getByLabel('Text in the SMILES').fill('no such text');
    await page.getByRole('heading', { name: 'Nothing passes the filters' }).first().waitFor();
    await page.getByLabel('Text in the SMILES').fill('');
    await page.getByRole('button', { name: 'Clear all', exact: true }).click();
    await passing('3,000');
  });

  it('undoes removed or changed filters by message and by Ctrl+Z, one step per drag of a handle', async () => {
    const chip = (name: RegExp) => page.getByRole('button', { name });
    await page.getByLabel('Total from').fill('0.7');
    await page.getByLabel('Total from').press('Enter');
    await chip(/Remove the filter Total 0.70 to/).click();
    await passing('3,000');
    await undo(page, /The filter “Total 0.70 to .*” is removed/);
    await chip(/Remove the filter Total 0.70 to/).waitFor();
    const handle = page.getByRole('slider', { name: 'Lowest Total' });
    // Hovering waits until the handle has stopped moving with the layout.
    await handle.hover();
    const box = await handle.boundingBox();
    if (box === null) throw new Error('The handle is not in sight.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.down();
    try {
      for (const by of [-10, -30, -50]) {
        await page.mouse.move(x + by, y, { steps: 3 });
        // Longer than the settling time: a change is not settled while the handle is held.
        await page.clock.runFor(1000);
        expect(await page.getByText(/The filter is now “Total/).count()).toBe(0);
      }
    } finally {
      await page.mouse.up();
    }
    await page.getByText(/The filter is now “Total/).waitFor();
    await page.keyboard.press('Control+z');
    await chip(/Remove the filter Total 0.70 to/).waitFor();
    // Setting a filter shows only a chip and no message, but can be undone too.
    await page.keyboard.press('Control+z');
    await passing('3,000');
  });

  it('selects in one panel what another shows, stars it and undoes that', async () => {
    const plot = panel('Scatter plot').getByRole('group', { name: /candidates by/ });
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The plot is not in sight.');
    await page.mouse.move(box.x + 60, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const toolbar = page.getByRole('toolbar', { name: 'Selection' });
    await toolbar
      .getByRole('status')
      .filter({ hasText: / selected/ })
      .waitFor();
    await toolbar.getByRole('button', { name: 'Star', exact: true }).click();
    await page.getByText(/candidates? starred\./).waitFor();
    await undo(page, /starred\./);
    await page.getByLabel('Starred', { exact: true }).check();
    await page.getByRole('heading', { name: 'Nothing passes the filters' }).first().waitFor();
    await page.getByLabel('Starred', { exact: true }).uncheck();
    await toolbar.getByRole('button', { name: 'Clear' }).click();
  });

  it('is a table that the keyboard navigates, selects in and opens from', async () => {
    await choosePanel(2, 'Table');
    const row = panel('Table').getByRole('row').nth(1);
    await row.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+X');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Enter');
    const open = page.getByRole('complementary', { name: 'Candidate 3' });
    await open.getByText('Log-likelihood when generated').waitFor();
    await open.getByRole('heading', { name: 'Limits', exact: true }).waitFor();
    await open.getByText('Hard: candidates outside score 0').waitFor();
    await expectAccessible(page);
    await open.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'InChIKey' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'InChIKey' }).waitFor({ state: 'detached' });
    await open.waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const [form, found] of [
      ['InChI', /^InChI=1S\//],
      ['InChIKey', /^[A-Z]{14}-[A-Z]{10}-N$/],
      ['Molfile', /M {2}END/],
      ['Picture (SVG)', /^<\?xml|^<svg/],
    ] as const) {
      await open.getByRole('button', { name: 'Copy as' }).click();
      await page.getByRole('menuitem', { name: form, exact: true }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(found);
    }
    await open.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'Picture (PNG)' }).click();
    await expect
      .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)))
      .toContain('image/png');
    await page.keyboard.press('Escape');
  });

  it('saves exactly what is selected', async () => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const path = await (await waiting).path();
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(3);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
  });

  it('marks the Pareto front, and draws parallel coordinates', async () => {
    await choosePanel(1, 'Pareto front');
    await choosePanel(2, 'Parallel coordinates');
    await panel('Pareto front')
      .getByRole('heading', { name: /members? of the front/ })
      .waitFor();
    await panel('Parallel coordinates')
      .getByRole('group', { name: /One line per candidate/ })
      .waitFor();
    await expectAccessible(page);
  });

  it('remembers its panels, reads DNA, and says if there are no candidates yet', async () => {
    await explore(2);
    await passing('300');
    await panel('Parallel coordinates').waitFor();
    await choosePanel(1, 'Cards');
    await panel('Cards').locator('.track').first().waitFor();
    await explore(3);
    await page.getByRole('heading', { name: 'No candidates yet' }).waitFor();
  });

  it('marks candidates outside the applicability domain of a goal’s predictor, and filters them out', async () => {
    await explore(4);
    await passing('200');
    const mark = (name: string) => panel(name).getByText('outside', { exact: true });
    await mark('Cards').first().waitFor();
    await panel('Cards')
      .getByRole('button', { name: /^Candidate .* Outside the applicability domain of Dopamine D2 receptor/ })
      .first()
      .waitFor();
    await choosePanel(2, 'Table');
    await mark('Table').first().waitFor();
    await expectAccessible(page);
    const known = page
      .getByRole('group', { name: 'In the applicability domain of' })
      .getByRole('checkbox', { name: 'Dopamine D2 receptor' });
    await known.check();
    const chip = page.getByRole('button', {
      name: 'Remove the filter In the applicability domain of Dopamine D2 receptor',
    });
    await chip.waitFor();
    await page.getByText(/^\d+ candidates? outside (is|are) hidden\.$/).waitFor();
    const left = Number(
      /^\d+/.exec((await page.getByText(/candidates? outside (is|are) hidden/).textContent()) ?? '')?.[0],
    );
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(200);
    await passing(String(200 - left));
    await panel('Cards')
      .getByRole('button', { name: /^Candidate 1,/ })
      .waitFor();
    expect([await mark('Cards').count(), await mark('Table').count()]).toEqual([0, 0]);
    await chip.click();
    await passing('200');
    expect(await known.isChecked()).toBe(false);
    await undo(page, /In the applicability domain/);
    await passing(String(200 - left));
    expect(await known.isChecked()).toBe(true);
  });
});
