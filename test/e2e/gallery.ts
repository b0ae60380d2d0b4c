/**
 * @file Pictures of every view, light and dark, at two sizes, from a real host after a
 * real run: `npm run gallery`. All of them go to cache/gallery; those that the documents
 * show also to docs/guide/images. With AMALGAM_GALLERY_WORKSPACE an existing workspace is
 * shown, its newest run of molecules and of DNA, instead of training anew.
 */
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { inTheme, openBrowser, startHost, type RunningHost } from './harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const gallery = join(root, 'cache/gallery');
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const shownInDocuments = [
  ...['designs', 'new-design', 'run', 'candidate', 'explore', 'explore-map', 'explore-clusters', 'steer', 'compare', 'candidate-known', 'time-budget', 'tour', 'draw', 'shortlist', 'export', 'models', 'dna-candidate', 'train-predictor', 'settings'].map((name) => `${name}-light-1280.png`),
  'run-dark-1280.png',
];
/** Enough for curves worth looking at. */
const steps = 48;
const runMs = 900_000;

let host: RunningHost;
let browser: Browser;
let page: Page;
let run = '';
let dnaRun = '';

/** Each view by the address after the hash, and what makes it worth a picture. */
const views: Record<string, { at: () => string; prepare?: () => Promise<void> }> = {
  designs: { at: () => '#/' },
  'new-design': { at: () => '#/new?example=oral-lead.toml', prepare: () => page.getByText('Ready to run.').waitFor() },
  'new-blank': { at: () => '#/new' },
  goals: { at: () => `${run}/goals` },
  run: { at: () => run },
  candidate: { at: () => run, prepare: openFirst },
  'candidate-known': { at: () => run, prepare: findKnown },
  'candidate-verify': { at: () => run, prepare: showVerify },
  'candidate-3d': { at: () => run, prepare: showInSpace },
  'new-dna': { at: () => '#/new?example=liver-enhancer.toml', prepare: () => page.getByText('Ready to run.').waitFor() },
  'dna-run': { at: () => dnaRun },
  'dna-candidate': { at: () => dnaRun, prepare: openFirst },
  explore: { at: () => `${run}/explore`, prepare: () => page.locator('article img').first().waitFor() },
  'dna-explore': { at: () => `${dnaRun}/explore`, prepare: () => page.locator('article .track').first().waitFor() },
  draw: { at: () => `${run}/explore`, prepare: drawPyridine },
  'dna-logo': { at: () => `${dnaRun}/explore`, prepare: () => showPanel('Logo', /^(All|The first) \d+/) },
  'explore-clusters': { at: () => `${run}/explore`, prepare: groupAll },
  'explore-map': { at: () => `${run}/explore`, prepare: () => showPanel('Map', /^PCA by/) },
  'explore-scaffolds': { at: () => `${run}/explore`, prepare: () => showPanel('Scaffolds', /scaffolds in/) },
  steer: { at: () => `${run}/steer`, prepare: steerTwice },
  compare: { at: () => '#/compare', prepare: compareTwo },
  'compare-overlap': { at: () => '#/compare', prepare: compareOverlap },
  tour: { at: () => '#/settings', prepare: takeTour },
  'time-budget': { at: () => '#/new?example=oral-lead.toml', prepare: planByTime },
  shortlist: { at: () => '#/shortlist', prepare: () => page.locator('article img').first().waitFor() },
  models: { at: () => '#/models', prepare: () => page.getByRole('article', { name: 'druglike' }).waitFor() },
  card: { at: () => '#/models/card/predictor/lentimpra', prepare: () => page.getByRole('table').first().waitFor() },
  'train-predictor': { at: () => '#/models/train', prepare: () => page.getByText('Choose a table').first().waitFor() },
  'adapt-generator': { at: () => '#/models/adapt', prepare: () => page.getByText('Choose a file').first().waitFor() },
  guide: { at: () => '#/guide', prepare: () => page.getByRole('heading', { name: 'User guide' }).waitFor() },
  export: { at: () => `${run}/export` },
  settings: { at: () => '#/settings', prepare: () => page.getByText('In use').waitFor({ timeout: 120_000 }) },
};

async function openFirst(): Promise<void> {
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
  await page.getByText('Log-likelihood when made').waitFor();
}

async function findKnown(): Promise<void> {
  await openFirst();
  const find = page.getByRole('button', { name: 'Find it' });
  // Once asked for, it is shown of every candidate.
  if (await find.isVisible()) await find.click();
  await page.getByText(/^Similarity 0\.\d+/).first().waitFor({ timeout: 120_000 });
  await page.getByText('Tanimoto similarity of ECFP4 fingerprints').scrollIntoViewIfNeeded();
}

async function showVerify(): Promise<void> {
  await openFirst();
  await page.getByText(/^(Trains|Draws its batch|It can’t be made again)/).first().scrollIntoViewIfNeeded();
}

async function compareOverlap(): Promise<void> {
  await compareTwo();
  await page.getByRole('heading', { name: /found by each$/ }).scrollIntoViewIfNeeded();
  await page.getByRole('table', { name: /by who found them$/ }).scrollIntoViewIfNeeded();
}

async function takeTour(): Promise<void> {
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await page.locator('[data-toured]').waitFor();
  const afresh = page.getByRole('button', { name: 'Start afresh' });
  if (await afresh.isVisible()) await afresh.click();
  await page.getByRole('heading', { name: 'Pick an example' }).waitFor();
}

async function planByTime(): Promise<void> {
  await page.getByText('Ready to run.').waitFor();
  await page.getByRole('radiogroup', { name: 'Plan the run' }).getByText('By time').click();
  await page.getByLabel('Minutes it may take').scrollIntoViewIfNeeded();
}

async function showInSpace(): Promise<void> {
  await openFirst();
  const show = page.getByRole('button', { name: 'Show in 3D' });
  // Once asked for, it is shown of every candidate.
  if (await show.isVisible()) await show.click();
  await page.getByText(/^MMFF94 energy/).waitFor({ timeout: 120_000 });
  await page.getByRole('application').scrollIntoViewIfNeeded();
}

/** In the place of the second panel. @param text what it says once it is done */
async function showPanel(name: string, text: RegExp): Promise<void> {
  await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: name });
  await page.getByRole('region', { name: `${name} panel` }).getByText(text).waitFor({ timeout: 120_000 });
}

async function drawPyridine(): Promise<void> {
  await page.getByRole('button', { name: 'Draw: Contains' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('canvas').last().waitFor();
  await dialog.getByRole('textbox').fill('c1ccncc1');
}

async function groupAll(): Promise<void> {
  await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: 'Clusters' });
  await page.getByRole('button', { name: /^Group \d/ }).click();
  await page.getByRole('button', { name: /in cluster 1 / }).click();
}

async function steerTwice(): Promise<void> {
  const make = page.getByRole('button', { name: 'Make 100 more' });
  await make.click();
  await page.getByRole('button', { name: /^Candidate 1,/ }).first().waitFor({ timeout: 120_000 });
  await page.getByRole('slider', { name: /^Weight of/ }).first().fill('0.9');
  await make.click();
  await page.getByRole('heading', { name: 'Previous blend' }).waitFor({ timeout: 120_000 });
  const surface = page.getByRole('region', { name: 'What all weights give' });
  const measure = surface.getByRole('button', { name: 'Measure' });
  if (await measure.isVisible()) await measure.click();
  await surface.getByRole('img', { name: /^Mean scores of/ }).waitFor({ timeout: 180_000 });
  await surface.getByText(/^Measuring/).waitFor({ state: 'detached', timeout: 180_000 });
  await page.getByRole('heading', { name: 'Weigh the goals: no retraining' }).scrollIntoViewIfNeeded();
}

/** The two newest runs with the same goals. */
async function compareTwo(): Promise<void> {
  await page.getByRole('checkbox').first().check();
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('img', { name: /^Mean score of all goals/ }).waitFor();
}

/** The baseline on the design of the newest run, and the best three of that run on the shortlist. */
async function addBaselineAndStars(): Promise<void> {
  await page.goto(`${host.address}#/compare`);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: /Rewarded Soups too$/ }).click();
  await page.getByText(/^Finished/).waitFor({ timeout: runMs });
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Starred', exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
  }
}

async function train(example: string): Promise<void> {
  await page.goto(`${host.address}#/new?example=${example}`);
  await page.reload();
  await page.getByLabel('Steps of training').fill(String(steps));
  await page.getByText('Ready to run.').waitFor();
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByText(/^Finished/).waitFor({ timeout: runMs });
}

async function picture(name: string, theme: 'light' | 'dark', size: (typeof sizes)[number]): Promise<void> {
  const file = `${name}-${theme}-${size.width}.png`;
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(gallery, file) });
  if (shownInDocuments.includes(file)) copyFileSync(join(gallery, file), join(root, 'docs/guide/images', file));
}

beforeAll(async () => {
  mkdirSync(gallery, { recursive: true });
  const given = process.env.AMALGAM_GALLERY_WORKSPACE;
  host = await startHost(given ?? join(mkdtempSync(join(tmpdir(), 'amalgam-gallery-')), 'leads.amalgam'));
  browser = await openBrowser();
  page = await browser.newPage({ viewport: sizes[0] });
  page.setDefaultTimeout(30_000);
  if (given === undefined) for (const example of ['liver-enhancer.toml', 'oral-lead.toml']) await train(example);
  if (given === undefined) await addBaselineAndStars();
  await page.goto(host.address);
  run = await newestRun(page.locator('li', { has: page.locator('.thumb img'), hasNotText: 'Rewarded Soups' }));
  dnaRun = await newestRun(page.locator('li', { has: page.locator('.thumb .track') }));
}, 3 * runMs + 120_000);

async function newestRun(designs: Locator): Promise<string> {
  return (await designs.first().getByRole('link', { name: /^Seed / }).first().getAttribute('href')) ?? '';
}

afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

describe('the gallery', () => {
  it.each(Object.entries(views))('%s', async (name, { at, prepare }) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.goto(new URL(at(), host.address).href);
      await page.reload();
      await prepare?.();
      for (const theme of ['light', 'dark'] as const) {
        await inTheme(page, theme);
        await picture(name, theme, size);
      }
    }
  }, 300_000);
});
