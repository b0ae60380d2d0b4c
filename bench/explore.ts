/**
 * The Explore view with many candidates, in a real browser against a real host: time from the click to the view,
 * filters and orders, and a scripted scroll. A frame is the time between two animation frames. A cell is blank if it
 * shows no numbers at that moment.
 * Usage: npm run bench -- explore [CANDIDATES, default 100000] [BROWSER]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { close, openForWriting } from '../db/index.ts';
import { findBrowser } from '../scripts/lib/browser.mjs';
import { fillRun } from '../test/fill-run.ts';

const candidates = Number(process.argv[2] ?? 100_000);
const executablePath = process.argv[3] ?? findBrowser();
if (executablePath === null) throw new Error('No Chromium was found. Install it, or name one in CHROMIUM_PATH.');
/** Seconds of a scroll, and screens of rows per second. */
const [seconds, screens] = [8, 3];

interface Scrolled {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly frames: number;
  /** Visible cells at every tenth frame, and how many of them lack numbers or a picture. */
  readonly cells: number;
  readonly blank: number;
  readonly undrawn: number;
}

/** Runs in the page. */
async function scrollBy({
  panel,
  cell,
  seconds,
  screens,
}: {
  panel: string;
  cell: string;
  seconds: number;
  screens: number;
}): Promise<Scrolled> {
  const scroller = document.querySelector(`section[aria-label="${panel} panel"] .scroll`) as HTMLElement;
  const frames: number[] = [];
  let [cells, blank, undrawn] = [0, 0, 0];
  const look = (): void => {
    const box = scroller.getBoundingClientRect();
    for (const one of scroller.querySelectorAll(cell)) {
      const { top, bottom } = one.getBoundingClientRect();
      if (bottom < box.top || top > box.bottom) continue;
      cells++;
      if (!/\d\.\d\d/.test(one.textContent ?? '')) blank++;
      if (one.querySelector('img') === null) undrawn++;
    }
  };
  const start = performance.now();
  for (let last = start; last - start < seconds * 1000;) {
    const now = await new Promise<number>(requestAnimationFrame);
    frames.push(now - last);
    scroller.scrollTop += ((now - last) / 1000) * screens * scroller.clientHeight;
    last = now;
    if (frames.length % 10 === 0) look();
  }
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), p95: at(0.95), worst: at(1), frames: sorted.length, cells, blank, undrawn };
}

/** Milliseconds from an action until the next frame that shows its result. */
async function timed(page: Page, action: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => performance.clearMarks());
  const start = performance.now();
  await action();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return performance.now() - start;
}

async function measure(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(() => localStorage.setItem('amalgam.explore.panels', 'grid'));
  await page.goto(new URL('#/run/1', address).href);
  await page.getByRole('link', { name: 'Explore' }).waitFor();
  const start = performance.now();
  await page.getByRole('link', { name: 'Explore' }).click();
  await page.locator('article').first().waitFor();
  console.log(`From the click to the first cards: ${Math.round(performance.now() - start)} ms`);
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${candidates.toLocaleString('en')} of`) })
    .waitFor();
  await page.locator('article img').first().waitFor();
  console.log(`To all ${candidates} candidates: ${Math.round(performance.now() - start)} ms`);
  await page.waitForTimeout(1500);
  for (const [panel, id, cell] of [
    ['Cards', 'grid', 'article'],
    ['Table', 'table', '[role=row][data-index]'],
  ] as const) {
    await page.getByLabel('Panel 1', { exact: true }).selectOption(id);
    await page.locator(cell).first().waitFor();
    await page.waitForTimeout(1500);
    const { median, p95, worst, frames, cells, blank, undrawn } = await page.evaluate(scrollBy, {
      panel,
      cell,
      seconds,
      screens,
    });
    console.log(
      `${panel}, ${screens} screens per second: median frame ${median.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms, longest ${worst.toFixed(1)} ms of ${frames}; ${blank} of ${cells} cells blank, ${undrawn} without their picture yet`,
    );
  }
  const lowest = page.getByLabel('Total from');
  for (const value of ['0.5', '0.6', '0.7']) {
    await lowest.fill(value);
    console.log(`Filter by total, to the next frame: ${Math.round(await timed(page, () => lowest.press('Enter')))} ms`);
  }
  await page.getByRole('button', { name: 'Clear all' }).click();
  console.log(
    `Sort, to the next frame: ${Math.round(await timed(page, () => page.getByLabel('Sort by').selectOption('raw:2')))} ms`,
  );
  await page.getByLabel('Sort by').selectOption('total');
  await page.getByText('Weigh the goals').click();
  console.log(
    `Weights moved, to the next frame: ${Math.round(
      await timed(page, () =>
        page
          .getByRole('slider', { name: /^Weight of/ })
          .first()
          .fill('0.9'),
      ),
    )} ms`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-bench-'));
  const workspace = join(folder, 'many.amalgam');
  const db = openForWriting(workspace);
  fillRun(db, candidates);
  close(db);
  const host = spawn(
    process.execPath,
    [resolve('bin/amalgam.mjs'), 'serve', '--workspace', workspace, '--device', 'cpu', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const address = await new Promise<string>((done) =>
    host.stdout.once('data', (text) => done((JSON.parse(String(text).split('\n')[0]) as { address: string }).address)),
  );
  const browser = await chromium.launch({
    executablePath: executablePath ?? undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    await measure(await browser.newPage({ viewport: { width: 1280, height: 800 } }), address);
  } finally {
    await browser.close();
    host.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
