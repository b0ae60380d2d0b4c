/** @file The views of the gallery (gallery.ts), and what prepares each picture. */
import type { Page } from 'playwright-core';
import { referenceRows } from '../fixtures/chem/read.ts';

/** One picture. */
export interface GalleryView {
  readonly title: string;
  /** Its address after the hash. */
  readonly at: (shown: Shown) => string;
  /** Actions before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Addresses of the runs in the pictures. */
export interface Shown {
  readonly run: string;
  readonly dnaRun: string;
}

export const views: Readonly<Record<string, GalleryView>> = {
  designs: { title: 'Designs', at: () => '#/' },
  'new-design': {
    title: 'New design, from an example',
    at: () => '#/new?example=oral-lead.toml',
    prepare: (page) => page.getByText('Ready to run.').waitFor(),
  },
  'new-blank': { title: 'New design, blank', at: () => '#/new' },
  goals: { title: 'Goals of a run', at: ({ run }) => `${run}/goals` },
  run: { title: 'Run', at: ({ run }) => run },
  candidate: { title: 'A candidate', at: ({ run }) => run, prepare: openFirst },
  'candidate-known': { title: 'A candidate and similar known molecules', at: ({ run }) => run, prepare: findKnown },
  'candidate-verify': { title: 'A reproduced candidate', at: ({ run }) => run, prepare: showVerify },
  'candidate-3d': { title: 'A candidate in 3D', at: ({ run }) => run, prepare: showInSpace },
  'new-dna': {
    title: 'New DNA design',
    at: () => '#/new?example=liver-enhancer.toml',
    prepare: (page) => page.getByText('Ready to run.').waitFor(),
  },
  'dna-run': { title: 'DNA run', at: ({ dnaRun }) => dnaRun },
  'dna-candidate': { title: 'A sequence', at: ({ dnaRun }) => dnaRun, prepare: openFirst },
  explore: {
    title: 'Explore',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => page.locator('article img').first().waitFor(),
  },
  'dna-explore': {
    title: 'Explore DNA',
    at: ({ dnaRun }) => `${dnaRun}/explore`,
    prepare: (page) => page.locator('article .track').first().waitFor(),
  },
  draw: { title: 'Draw a substructure', at: ({ run }) => `${run}/explore`, prepare: drawPyridine },
  'dna-logo': {
    title: 'Logo of sequences',
    at: ({ dnaRun }) => `${dnaRun}/explore`,
    prepare: (page) => showPanel(page, 'Logo', /^(All|The first) \d+/),
  },
  'explore-clusters': { title: 'Clusters', at: ({ run }) => `${run}/explore`, prepare: groupAll },
  'explore-map': {
    title: 'Map',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => showPanel(page, 'Map', /^PCA by/),
  },
  'explore-front': {
    title: 'Pareto front',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => showPanel(page, 'Pareto front', /of the front$/),
  },
  'explore-parallel': {
    title: 'Parallel coordinates',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => showPanel(page, 'Parallel coordinates', /^Drag along an axis/),
  },
  'explore-table': {
    title: 'Table',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => showPanel(page, 'Table', /^Candidate$/),
  },
  'explore-scaffolds': {
    title: 'Scaffolds',
    at: ({ run }) => `${run}/explore`,
    prepare: (page) => showPanel(page, 'Scaffolds', /scaffolds in/),
  },
  steer: { title: 'Steer', at: ({ run }) => `${run}/steer`, prepare: steerTwice },
  'steer-compare': { title: 'Two blends compared', at: ({ run }) => `${run}/steer`, prepare: compareBlends },
  compare: { title: 'Compare runs', at: () => '#/compare', prepare: compareTwo },
  'compare-overlap': { title: 'Overlap of runs', at: () => '#/compare', prepare: compareOverlap },
  tour: { title: 'Tour', at: () => '#/settings', prepare: takeTour },
  'time-budget': { title: 'Plan by time', at: () => '#/new?example=oral-lead.toml', prepare: planByTime },
  shortlist: {
    title: 'Shortlist',
    at: () => '#/shortlist',
    prepare: (page) => page.locator('article img').first().waitFor(),
  },
  models: {
    title: 'Models',
    at: () => '#/models',
    prepare: (page) => page.getByRole('article', { name: 'druglike' }).waitFor(),
  },
  card: {
    title: 'A model card',
    at: () => '#/models/card/predictor/lentimpra',
    prepare: (page) => page.getByRole('table').first().waitFor(),
  },
  'train-predictor': {
    title: 'Train a predictor',
    at: () => '#/models/train',
    prepare: (page) => page.getByText('Choose a table').first().waitFor(),
  },
  'train-report': {
    title: 'Report on your predictor',
    at: () => '#/models/train',
    prepare: trainPredictor,
  },
  'adapt-generator': {
    title: 'Adapt a generator',
    at: () => '#/models/adapt',
    prepare: (page) => page.getByText('Choose a file').first().waitFor(),
  },
  guide: {
    title: 'User guide',
    at: () => '#/guide',
    prepare: (page) => page.getByRole('heading', { name: 'User guide' }).waitFor(),
  },
  export: { title: 'Export', at: ({ run }) => `${run}/export` },
  settings: {
    title: 'Settings',
    at: () => '#/settings',
    prepare: (page) => page.getByText('In use').waitFor({ timeout: 120_000 }),
  },
};

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
  await page.getByText('Log-likelihood when generated').waitFor();
}

async function findKnown(page: Page): Promise<void> {
  await openFirst(page);
  const find = page.getByRole('button', { name: 'Find' });
  // After the first request, it opens for every candidate.
  if (await find.isVisible()) await find.click();
  await page
    .getByText(/^Similarity 0\.\d+/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.getByText('Tanimoto similarity of ECFP4 fingerprints').scrollIntoViewIfNeeded();
}

async function showVerify(page: Page): Promise<void> {
  await openFirst(page);
  await page
    .getByText(/^(Retrains|Samples its batch|This result can’t be reproduced)/)
    .first()
    .scrollIntoViewIfNeeded();
}

async function compareOverlap(page: Page): Promise<void> {
  await compareTwo(page);
  await page.getByRole('heading', { name: /found by each$/ }).scrollIntoViewIfNeeded();
  await page.getByRole('table', { name: /by who found them$/ }).scrollIntoViewIfNeeded();
}

async function takeTour(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await page.locator('[data-toured]').waitFor();
  const afresh = page.getByRole('button', { name: 'Clear the form' });
  if (await afresh.isVisible()) await afresh.click();
  await page.getByRole('heading', { name: 'Pick an example' }).waitFor();
}

async function planByTime(page: Page): Promise<void> {
  await page.getByText('Ready to run.').waitFor();
  await page.getByRole('radiogroup', { name: 'Plan the run' }).getByText('By time').click();
  await page.getByLabel('Minutes').scrollIntoViewIfNeeded();
}

async function showInSpace(page: Page): Promise<void> {
  await openFirst(page);
  const show = page.getByRole('button', { name: 'Show in 3D' });
  // After the first request, it opens for every candidate.
  if (await show.isVisible()) await show.click();
  await page.getByText(/^MMFF94 energy/).waitFor({ timeout: 120_000 });
  await page.getByRole('application').scrollIntoViewIfNeeded();
}

/**
 * Replaces the second panel.
 * @param text shown once the panel is ready
 */
async function showPanel(page: Page, name: string, text: RegExp): Promise<void> {
  await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: name });
  await page
    .getByRole('region', { name: `${name} panel` })
    .getByText(text)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.getByText('Computing scaffolds').waitFor({ state: 'detached', timeout: 120_000 });
}

async function drawPyridine(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Draw: Contains' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('canvas').last().waitFor();
  await dialog.getByRole('textbox').fill('c1ccncc1');
}

async function groupAll(page: Page): Promise<void> {
  await page.getByLabel('Panel 2', { exact: true }).selectOption({ label: 'Clusters' });
  await page.getByRole('button', { name: /^Group \d/ }).click();
  await page.getByRole('button', { name: /in cluster 1 / }).click();
}

async function steerTwice(page: Page): Promise<void> {
  const make = page.getByRole('button', { name: 'Generate 100 more' });
  await make.click();
  await page
    .getByRole('button', { name: /^Candidate 1,/ })
    .first()
    .waitFor({ timeout: 120_000 });
  await page
    .getByRole('slider', { name: /^Weight of/ })
    .first()
    .fill('0.9');
  await make.click();
  await page.getByRole('heading', { name: 'Previous blend' }).waitFor({ timeout: 120_000 });
  const surface = page.getByRole('region', { name: 'Measured trade-offs' });
  const measure = surface.getByRole('button', { name: 'Measure' });
  if (await measure.isVisible()) await measure.click();
  await surface.getByRole('img', { name: /^Mean scores of/ }).waitFor({ timeout: 180_000 });
  await surface.getByText(/^Measuring/).waitFor({ state: 'detached', timeout: 180_000 });
  await page.getByRole('heading', { name: 'Weights' }).scrollIntoViewIfNeeded();
}

/** Stores the latest blend and the one before it under names. */
async function compareBlends(page: Page): Promise<void> {
  const kept = page.getByRole('region', { name: 'Kept blends' });
  for (const [name, weight] of [
    ['Balanced', '0.5'],
    ['First goal', '0.9'],
  ]) {
    if (await kept.getByLabel(`Compare ${name}`).isVisible()) continue;
    await page
      .getByRole('slider', { name: /^Weight of/ })
      .first()
      .fill(weight);
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await page.getByRole('button', { name: 'Generating…' }).waitFor({ state: 'detached', timeout: 120_000 });
    await kept.getByLabel('Name of this blend').fill(name);
    await kept.getByRole('button', { name: 'Keep', exact: true }).click();
  }
  for (const name of ['Balanced', 'First goal']) await kept.getByLabel(`Compare ${name}`).check();
  await kept.getByRole('button', { name: 'Compare both' }).click();
  await kept.getByRole('columnheader', { name: 'First goal' }).waitFor({ timeout: 120_000 });
  await kept.getByRole('table').evaluate((table) => table.scrollIntoView({ block: 'end' }));
}

/** A hundred and twenty molecules with RDKit's logP as their potency. */
async function trainPredictor(page: Page): Promise<void> {
  const report = page.getByRole('heading', { name: 'Reliability' });
  if (!(await report.isVisible())) {
    const rows = referenceRows()
      .slice(0, 120)
      .map(({ smiles, logp }) => `${smiles},${(10 ** (4 - logp)).toPrecision(4)}`);
    await page.getByLabel('Table', { exact: true }).setInputFiles({
      name: 'kinase.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`SMILES,IC50 (nM)\n${rows.join('\n')}\n`),
    });
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await report.waitFor({ timeout: 120_000 });
  }
  await report.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
}

/** The two newest runs with the same goals. */
async function compareTwo(page: Page): Promise<void> {
  await page.getByRole('checkbox').first().check();
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('img', { name: /^Mean score of all goals/ }).waitFor();
}
