/**
 * @file The main task in the real interface, with a real host that trains: a design from an example, its run, its
 * molecules, steering, export; with reloads and lost connections. Budgets are small; everything else is as in a user's
 * run.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, type Lab, openLab, startHost } from './harness.ts';

const designName = 'Small oral lead';
/** Training of the whole small run may take this long on a slow machine. */
const runMs = 240_000;

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab();
  page = lab.page;
});

afterAll(() => lab?.close());

const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const tab = (name: string) => page.getByRole('navigation', { name: 'This run' }).getByRole('link', { name });
const cards = () => page.getByRole('list', { name: /Best candidates/ }).getByRole('button', { name: /^Candidate / });
const badge = (text: RegExp) => page.getByText(text).first();

async function expertSetting(label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
}

describe('the main path', () => {
  it('opens on the examples, and hides the token', async () => {
    await page.goto(lab.host.address);
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
    expect(page.url()).not.toContain('token');
    await expectAccessible(page);
  });

  it('stores an unfinished design when the window closes, until it is discarded', async () => {
    const name = page.getByLabel('Name', { exact: true });
    await page.goto(new URL('#/new', lab.host.address).href);
    await lab.calls.after('draft.keep', () => name.fill('Half a thought'));
    await page.reload();
    await page.getByText('Your draft of').waitFor();
    expect(await name.inputValue()).toBe('Half a thought');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear the form' }).click();
    expect(await name.inputValue()).toBe('');
    await page.reload();
    await name.waitFor();
    expect(await page.getByText('Your draft of').count()).toBe(0);
    await page.goto(lab.host.address);
  });

  it('shows problems of a design beside their fields', async () => {
    await page.getByRole('link', { name: /oral/i }).first().click();
    await heading('New design').waitFor();
    const reference = page.getByLabel('Reference', { exact: true }).first();
    const known = await reference.inputValue();
    await reference.fill('celecoxibb');
    await page
      .getByText(/neither a valid SMILES/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true);
    await reference.fill(known);
    await page.getByText('Ready to run.').waitFor();
    await page.getByRole('button', { name: /^Remove .*logP/ }).click();
    await page.getByText(/logP.* is removed\./).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: /^Remove .*logP/ }).waitFor();
    await page.getByText('Ready to run.').waitFor();
    await expectAccessible(page);
  });

  it('measures how long the design takes here, and plans it by time', async () => {
    await page.getByText(/^Estimated from a short trial/).waitFor({ timeout: runMs });
    await page.getByText('By time').click();
    await page.getByLabel('Minutes').fill('');
    await page.getByLabel('Minutes').fill('0.5');
    await page.getByText(/^(Even one round takes longer: )?\d+ steps in \d+ rounds?/).waitFor();
    await page.getByText('Ready to run.').waitFor();
    await expectAccessible(page);
    await page.getByText('By steps').click();
  });

  it('starts a small run from the form', async () => {
    await page.getByLabel('Name', { exact: true }).fill(designName);
    await page.getByLabel('Steps of training').fill('12');
    await page.getByText('Expert settings').click();
    await expertSetting('Merge every', 2);
    await expertSetting('Batch', 16);
    await expertSetting('Measure samples', 16);
    await expertSetting('Final samples', 32);
    await page.getByText('Ready to run.').waitFor();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await heading(designName).waitFor({ timeout: 120_000 });
    // The button disappears with its form, so focus moves to the start of the run.
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    await badge(/Running · round/).waitFor();
  });

  it('shows molecules within the first rounds', async () => {
    await cards().first().waitFor({ timeout: runMs });
    const drawn = page.locator('article img').first();
    await drawn.waitFor();
    expect(await drawn.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).toBe(true);
    await expectAccessible(page);
  });

  it('pauses, finds the run again after a reload, and resumes', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await badge(/Paused · round/).waitFor({ timeout: 60_000 });
    await page.reload();
    await badge(/Paused · round/).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await badge(/Running · round/).waitFor();
  });

  it('finds a running run again after a reload and follows it', async () => {
    await page.reload();
    await heading(designName).waitFor();
    await cards().first().waitFor();
    await badge(/Finished/).waitFor({ timeout: runMs });
    expect(await page.getByRole('img', { name: /Mean score of each goal by step/ }).isVisible()).toBe(true);
    const kept = page.getByRole('img', {
      name: /^Sample quality and expert disagreement by step\. Round 6.*Valid.*Unique, 0\.\d+ Diversity, \d\.\d+ Expert disagreement/,
    });
    expect(await kept.isVisible()).toBe(true);
    expect(await page.getByText('Not recorded in this run').count()).toBe(0);
    await expectAccessible(page);
    await page.getByText('Sample quality and expert disagreement by step').click();
    await kept.waitFor({ state: 'hidden' });
    await page.getByText('Sample quality and expert disagreement by step').click();
  });

  it('extends the finished run by a round, and shows that among its goals', async () => {
    await page.getByRole('button', { name: 'Extend' }).click();
    const dialog = page.getByRole('dialog', { name: 'Extend the run?' });
    await dialog.getByLabel('Additional rounds').fill('0');
    expect(await dialog.getByRole('button', { name: 'Extend', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('Additional rounds').fill('1');
    await dialog.getByText(/^7 rounds in all; about .* more/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Extend', exact: true }).click();
    await badge(/Finished · 7 rounds/).waitFor({ timeout: runMs });
    await tab('Goals').click();
    await page.getByText('After round 6 it was extended by 1 round.').waitFor();
    await tab('Run').click();
  });

  it('opens a candidate with all its details, and stars it', async () => {
    await cards().first().click();
    const panel = page.getByRole('complementary', { name: 'Candidate 1' });
    await panel.getByText('Log-likelihood when generated').waitFor();
    expect(await panel.getByRole('row').count()).toBeGreaterThan(3);
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Star' }).click();
    await panel.getByRole('button', { name: 'Starred' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('complementary', { name: 'Candidate 2' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Starred').check();
    await page.getByText('1 candidate', { exact: true }).waitFor();
    await page.getByLabel('Starred').uncheck();
  });

  it('steers to other weights and shows the blend beside the previous one', async () => {
    await tab('Steer').click();
    await page
      .getByRole('slider', { name: /^Weight of/ })
      .first()
      .fill('1');
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    const latest = page.getByRole('region', { name: 'Candidates of this blend' });
    await latest.getByRole('button', { name: /^Candidate 1,/ }).waitFor({ timeout: 90_000 });
    await page
      .getByRole('slider', { name: /^Weight of/ })
      .nth(1)
      .fill('1');
    await page.getByRole('radio', { name: '2×' }).check({ force: true });
    await page.getByText('Pushes 2 times').waitFor();
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await latest.getByText('reach 2×').waitFor({ timeout: 90_000 });
    await page
      .getByRole('region', { name: 'Previous blend' })
      .getByRole('button', { name: /^Candidate 1,/ })
      .waitFor({ timeout: 90_000 });
    await expectAccessible(page);
  });

  it('stores blends under names, opens, renames and compares them, and measures the surface', async () => {
    const kept = page.getByRole('region', { name: 'Kept blends' });
    await kept.getByLabel('Name of this blend').fill('Both');
    await kept.getByRole('button', { name: 'Keep' }).click();
    await page.reload();
    await kept.getByRole('button', { name: 'Open Both' }).click();
    await page.getByRole('region', { name: 'Candidates of this blend' }).getByText('sampled earlier').waitFor();
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await page.getByRole('region', { name: 'Previous blend' }).waitFor({ timeout: 90_000 });
    await kept.getByLabel('Name of this blend').fill('Other');
    await kept.getByRole('button', { name: 'Keep' }).click();
    await kept.getByRole('button', { name: /^Other/ }).click();
    await kept.getByLabel('New name of Other').fill('Another');
    await kept.getByRole('button', { name: 'Rename', exact: true }).click();
    await kept.getByLabel('Compare Another').check();
    await kept.getByLabel('Compare Both').check();
    await kept.getByRole('button', { name: 'Compare both' }).click();
    await kept.getByRole('columnheader', { name: 'Another' }).waitFor({ timeout: 90_000 });
    const surface = page.getByRole('region', { name: 'Measured trade-offs' });
    await surface.getByRole('button', { name: 'Measure' }).click();
    await surface.getByRole('img', { name: /^Mean scores of/ }).waitFor({ timeout: 120_000 });
    await expectAccessible(page);
    await surface
      .getByRole('button', { name: /^Use the weights/ })
      .first()
      .click();
    await surface
      .getByRole('button', { name: 'Cancel' })
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await kept.getByRole('button', { name: 'Remove Both' }).click();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await kept.getByRole('button', { name: 'Open Both' }).waitFor();
  });

  it.each([
    ['Table (CSV)', /\.csv$/, /^smiles,/i],
    ['SMILES', /\.smi$/, /^\S+/],
    ['2D structures (SDF)', /\.sdf$/, /M {2}END/],
  ])('exports %s', async (format, fileName, content) => {
    await tab('Export').click();
    await page.getByRole('radio', { name: format }).check();
    await page.getByLabel('Number of candidates, best first').fill('10');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save file' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(fileName);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(content);
    await expectAccessible(page);
  });

  it('shows goals and settings of the run', async () => {
    await tab('Goals').click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await expectAccessible(page);
  });

  it('lists the design with its run, its best molecules, and the device in the settings', async () => {
    await page.getByRole('link', { name: 'Designs' }).click();
    await page.getByRole('link', { name: designName }).waitFor();
    await badge(/Finished · 7 rounds/).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('In use').waitFor({ timeout: 120_000 });
    await expectAccessible(page);
  });

  it('has had no errors in the page so far', () => {
    expect(lab.complaints).toEqual([]);
  });

  it('says when the host is lost and continues when it is back', async () => {
    await page.getByRole('link', { name: 'Designs' }).click();
    const { port } = lab.host;
    await lab.host.kill();
    await page.getByText('Amalgam’s engine isn’t responding.').waitFor();
    await expectAccessible(page);
    // A new host has a new token: the address it prints opens the same workspace.
    lab.host = await startHost(lab.workspace, port);
    await page.goto(lab.host.address);
    await page.getByRole('link', { name: designName }).waitFor();
  });

  it('saves a design as a file, and opens such a file', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save ${designName} as a file` }).click();
    const file = await (await saving).path();
    const toml = readFileSync(file, 'utf8').replace(designName, 'From a file');
    const input = page.getByLabel('Design file', { exact: true });
    await input.setInputFiles({ name: 'mine.toml', mimeType: 'application/toml', buffer: Buffer.from(toml) });
    await page.getByRole('heading', { name: 'From a file' }).waitFor();
    await input.setInputFiles({
      name: 'wrong.toml',
      mimeType: 'application/toml',
      buffer: Buffer.from(toml.replace(/^id = .*$/m, 'id = "qet"')),
    });
    await page
      .getByRole('dialog')
      .getByText(/Line \d+: .*qet/)
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();
  });

  it('archives a design and restores it', async () => {
    await page.getByRole('button', { name: 'Archive From a file' }).click();
    await page.getByRole('heading', { name: 'From a file' }).waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Archived' }).check({ force: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Restore From a file' }).click();
    await page.getByRole('heading', { name: 'From a file' }).waitFor();
  });

  it('deletes a design, restores it, and deletes it again', async () => {
    const heading = page.getByRole('heading', { name: designName });
    await page.getByRole('button', { name: `Delete ${designName}` }).click();
    await heading.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await heading.waitFor();
    for (const name of [designName, 'From a file']) await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
  });
});
