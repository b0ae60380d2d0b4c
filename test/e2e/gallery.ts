/**
 * @file Pictures of every view, light and dark, at two sizes, from a real host after a real run: `npm run gallery`. All
 * are written to cache/gallery at full size and to docs/gallery at half size; those in the guide also go to
 * docs/guide/images. AMALGAM_GALLERY_WORKSPACE names an existing workspace, whose newest runs of molecules and of DNA
 * are shown instead of training.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { type Shown, views } from './gallery-views.ts';
import { inTheme, openBrowser, type RunningHost, startHost } from './harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = {
  whole: join(root, 'cache/gallery'),
  small: join(root, 'docs/gallery'),
  guide: join(root, 'docs/guide/images'),
};
const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const shownInDocuments = [
  ...[
    'designs',
    'new-design',
    'run',
    'candidate',
    'explore',
    'explore-map',
    'explore-clusters',
    'steer',
    'compare',
    'candidate-known',
    'time-budget',
    'tour',
    'draw',
    'shortlist',
    'export',
    'models',
    'dna-candidate',
    'train-predictor',
    'settings',
  ].map((name) => `${name}-light-1280`),
  'run-dark-1280',
];
/** A temporary data folder, so that the user's models are neither shown nor changed. */
const data = mkdtempSync(join(tmpdir(), 'amalgam-gallery-data-'));
/** Enough for meaningful curves. */
const steps = 48;
const runMs = 900_000;

let host: RunningHost;
let browser: Browser;
let page: Page;
let shown: Shown;

/** Adds the baseline for the design of the newest run, and stars the best three candidates of that run. */
async function addBaselineAndStars(): Promise<void> {
  await page.goto(`${host.address}#/compare`);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: /Rewarded Soups$/ }).click();
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

/**
 * WebP, a quarter of the size of an equivalent PNG.
 * @param scale relative to the screen
 */
async function captured(scale: number, quality: number): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...page.viewportSize()!, scale };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip });
  await session.detach();
  return Buffer.from(data, 'base64');
}

type Size = (typeof sizes)[number];
const pictureName = (view: string, theme: string, { width }: Size): string => `${view}-${theme}-${width}`;

async function picture(view: string, theme: (typeof themes)[number], size: Size): Promise<void> {
  const name = pictureName(view, theme, size);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      [...document.images].every(({ complete }) => complete) &&
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
  await page.screenshot({ path: join(folders.whole, `${name}.png`) });
  writeFileSync(join(folders.small, `${name}.webp`), await captured(0.5, 70));
  if (shownInDocuments.includes(name)) writeFileSync(join(folders.guide, `${name}.webp`), await captured(1, 85));
}

/** The page that shows the small pictures. */
function indexPage(): string {
  const row = (view: string, size: Size) =>
    `| ${themes.map((theme) => `![${views[view].title}, ${theme}, ${size.width} x ${size.height}](${pictureName(view, theme, size)}.webp)`).join(' | ')} |`;
  const section = ([view, { title }]: [string, { title: string }]) =>
    [`## ${title}`, '', '| Light | Dark |', '|---|---|', ...sizes.map((size) => row(view, size)), ''].join('\n');
  return [
    '# Gallery',
    '',
    'The gallery shows every view in both themes at 1280 x 800 and 1920 x 1080, scaled to half the size. `npm run gallery` makes the pictures.',
    '',
    ...Object.entries(views).map(section),
  ].join('\n');
}

beforeAll(
  async () => {
    for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
    vi.stubEnv('XDG_DATA_HOME', data);
    const given = process.env.AMALGAM_GALLERY_WORKSPACE;
    host = await startHost(given ?? join(mkdtempSync(join(tmpdir(), 'amalgam-gallery-')), 'leads.amalgam'));
    browser = await openBrowser();
    page = await browser.newPage({ viewport: sizes[0] });
    page.setDefaultTimeout(30_000);
    if (given === undefined) for (const example of ['liver-enhancer.toml', 'oral-lead.toml']) await train(example);
    if (given === undefined) await addBaselineAndStars();
    await page.goto(host.address);
    const run = await newestRun(page.locator('li', { has: page.locator('.thumb img'), hasNotText: 'Rewarded Soups' }));
    shown = { run, dnaRun: await newestRun(page.locator('li', { has: page.locator('.thumb .track') })) };
    writeFileSync(join(folders.small, 'README.md'), indexPage());
  },
  3 * runMs + 120_000,
);

async function newestRun(designs: Locator): Promise<string> {
  return (
    (await designs
      .first()
      .getByRole('link', { name: /^Seed / })
      .first()
      .getAttribute('href')) ?? ''
  );
}

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

describe('the gallery', () => {
  it.each(Object.entries(views))(
    '%s',
    async (name, { at, prepare }) => {
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.goto(new URL(at(shown), host.address).href);
        await page.reload();
        await prepare?.(page);
        for (const theme of themes) {
          await inTheme(page, theme);
          await picture(name, theme, size);
        }
      }
    },
    300_000,
  );
});
