/**
 * @file Similarity of candidates in the real interface: the map by both methods, shared selection, the map in words.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => {
    fillRun(db, 400);
    fillRun(db, 200, 'dna');
    fillRun(db, 10);
  });
  page = lab.page;
  await page.goto(lab.host.address);
});

afterAll(() => lab?.close());

const explore = (run: number) => page.goto(new URL(`#/run/${run}/explore`, lab.host.address).href);
const panel = (name: string) => page.getByRole('region', { name: `${name} panel` });
const choosePanel = (at: number, label: string) =>
  page.getByLabel(`Panel ${at}`, { exact: true }).selectOption({ label });
const points = (n: string) => panel('Map').getByRole('group', { name: new RegExp(`^${n} candidates by`) });

describe('the map', () => {
  it('shows all candidates, and selects by a rectangle and by its parts in words', async () => {
    await explore(1);
    await choosePanel(2, 'Map');
    await points('400').waitFor();
    const box = await points('400').boundingBox();
    if (box === null) throw new Error('The map is not in sight.');
    await page.mouse.move(box.x + 32, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 16, box.y + box.height - 32, { steps: 4 });
    await page.mouse.up();
    const selected = page.getByRole('toolbar', { name: 'Selection' }).getByRole('status');
    await selected.filter({ hasText: / selected/ }).waitFor();
    const before = await selected.textContent();
    await panel('Map').getByText('The map as a table').click();
    await panel('Map')
      .getByRole('button', { name: /Select the part/ })
      .first()
      .click();
    expect(await selected.textContent()).not.toBe(before);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
  });

  it('zooms by wheel, keys and buttons, and back to the whole', async () => {
    await panel('Map').getByRole('button', { name: 'Zoom in' }).click();
    await panel('Map').getByRole('button', { name: 'Show all of the plot' }).waitFor();
    await points('400').waitFor({ state: 'detached' });
    await panel('Map')
      .getByRole('group', { name: /candidates? by/ })
      .press('0');
    await points('400').hover();
    await page.mouse.wheel(0, -400);
    await points('400').waitFor({ state: 'detached' });
    await expectAccessible(page);
    await panel('Map').getByRole('button', { name: 'Show all of the plot' }).click();
    await points('400').waitFor();
  });

  it('lays out the candidates that pass the filters by their neighbourhoods', async () => {
    await page.getByLabel('Text in the SMILES').fill('c1ccc');
    await page.getByRole('button', { name: /Remove the filter Contains/ }).waitFor();
    await panel('Map').getByText('UMAP', { exact: true }).click();
    await panel('Map')
      .getByText(/^UMAP by/)
      .waitFor();
    await page.getByRole('button', { name: 'Clear all', exact: true }).click();
    await panel('Map')
      .getByText(/pass the filters are not on it/)
      .waitFor();
    await panel('Map').getByRole('button', { name: 'Compute again' }).click();
    await points('400').waitFor();
    await expectAccessible(page);
  });

  it('maps DNA, and says if there are too few', async () => {
    await explore(2);
    await points('200').waitFor();
    await explore(3);
    await points('10').waitFor();
    await panel('Map').getByText('UMAP', { exact: true }).click();
    await panel('Map')
      .getByText(/too few different candidates/)
      .waitFor();
    expect(await points('10').count()).toBe(0);
  });
});

describe('clusters', () => {
  it('can be selected by a click, used as a filter, and shown as a column of the table', async () => {
    await explore(1);
    await choosePanel(1, 'Table');
    await choosePanel(2, 'Clusters');
    await panel('Clusters').getByRole('button', { name: 'Group 400 candidates' }).click();
    await panel('Clusters')
      .getByText(/clusters? of 400 candidates/)
      .waitFor();
    const first = panel('Clusters').getByRole('button', { name: /in cluster 1 / });
    const members = await first.locator('strong').innerText();
    await first.click();
    await page.getByText(`${members} selected`).waitFor();
    await panel('Clusters').getByRole('button', { name: 'Show only of cluster 1', exact: true }).click();
    await page.getByRole('button', { name: 'Remove the filter Cluster 1' }).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${members} of `) })
      .waitFor();
    await panel('Table')
      .getByRole('columnheader', { name: /Cluster/ })
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove the filter Cluster 1' }).click();
  });
});

describe('scaffolds', () => {
  it('are a tree that the keyboard opens, selects from and filters by', async () => {
    await choosePanel(2, 'Scaffolds');
    const tree = panel('Scaffolds').getByRole('tree');
    const first = tree.getByRole('treeitem').first();
    await first.getByText(/candidates?, /).waitFor();
    await panel('Scaffolds').getByRole('progressbar').waitFor({ state: 'detached' });
    await first.focus();
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { expanded: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const child = tree.locator('[aria-level="2"]').first();
    const members = /[\d,]+/.exec(await child.locator('strong').innerText())?.[0] ?? '';
    await page.getByText(`${members} selected`).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('f');
    await page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${members} of `) })
      .waitFor();
    await page.getByRole('button', { name: /Remove the filter Scaffold / }).click();
  });
});

describe('structures', () => {
  it('filters by a substructure, says what is wrong with one, and compares with a drug', async () => {
    const field = page.getByLabel('Contains', { exact: true });
    await field.fill('c1ccnc');
    await field.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'c1ccnc' }).first().waitFor();
    await expectAccessible(page);
    await field.fill('c1ccncc1');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Remove the filter Has c1ccncc1' }).click();
    await page.getByLabel('Similar to', { exact: true }).fill('celecoxib');
    await page.getByLabel('Similar to', { exact: true }).press('Enter');
    await page.getByLabel('Similarity to celecoxib from').waitFor();
    await expectAccessible(page);
  });
});
