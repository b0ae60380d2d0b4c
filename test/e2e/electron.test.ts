/**
 * @file The app in a real Electron: its menu and files, a run with everything that may happen to window, engine and app
 * meanwhile, and what the desktop shows of it. The tests share one app and follow each other.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trialDesign } from '../../scripts/lib/trial-design.mjs';
import { DesktopApp, unavailable } from './electron-app.ts';

/** A few rounds of a few molecules each. */
const designText = (name: string, rounds: number): string =>
  trialDesign(name, { steps: rounds, merge_every: 1, batch: 8, measure_samples: 8, final_samples: 8 });

const hour = 5000;
/** Training of a few rounds may take this long on a slow machine. */
const trainingMs = 120_000;
/** A busy machine takes seconds to show what was asked. */
const patient = { timeout: 20_000 };

describe.skipIf(unavailable !== null)('the app in Electron', () => {
  const desktop = new DesktopApp();
  let page: Page;

  const file = (name: string, rounds: number): string => {
    const path = join(desktop.folder, `${name}.amalgam.toml`);
    writeFileSync(path, designText(name, rounds));
    return path;
  };
  const report = join(desktop.folder, 'report.txt');
  const badge = (text: RegExp) => page.locator('.badge').filter({ hasText: text }).first();
  const route = () => page.evaluate(() => location.hash);
  const stored = () => JSON.parse(readFileSync(join(desktop.folder, 'data', 'shell.json'), 'utf8'));
  /** The round that the run's badge tells. */
  const round = async (): Promise<number> =>
    Number(/round (\d+)/.exec((await badge(/round \d+/).textContent()) ?? '')?.[1] ?? -1);
  const advances = async (): Promise<void> => {
    await badge(/^Running/).waitFor({ timeout: trainingMs });
    const before = await round();
    await expect.poll(round, { timeout: trainingMs }).toBeGreaterThan(before);
  };

  beforeAll(async () => {
    page = await desktop.open([file('Opened', 2)]);
  });

  afterAll(() => desktop.close());

  test('opens the interface, with the file of its arguments', async () => {
    expect(page.url()).toMatch(/^app:\/\/amalgam\/index\.html/);
    await page.getByRole('heading', { name: 'Opened' }).waitFor();
  });

  test.each([
    ['New design', 'N', ['control'], '#/new'],
    ['Settings', ',', ['control'], '#/settings'],
    ['Guide', 'F1', [], '#/guide'],
  ] as const)('goes to %s by its key %s', async (label, key, modifiers, hash) => {
    // A window that has just opened may miss the first key.
    const press = async () => {
      if ((await route()) !== hash) await desktop.press(key, [...modifiers]);
      return route();
    };
    await expect.poll(press, { ...patient, interval: 500, message: label }).toBe(hash);
  });

  test('does what the other items of the menu say', async () => {
    await desktop.menu('Help', 'Third-party notices');
    await page.getByRole('heading', { name: 'Third-party notices', level: 1 }).waitFor();
    await desktop.menu('File', 'Export…');
    await page.getByText('Open a run first, then export its candidates.').waitFor();
    await desktop.menu('Edit', 'Find');
    await page.getByText('There is nothing to search on this page.').waitFor();
    await desktop.answer({ button: 1, saveFile: report });
    await desktop.menu('Help', 'Diagnostic report…');
    await desktop.menu('Help', 'About Amalgam');
    expect((await desktop.noted()).questions.at(-1)).toMatch(/^Amalgam \d+\.\d+\.\d+$/);
  });

  test('adds a design file that is chosen, dropped on any view, or opened by a second start', async () => {
    await desktop.answer({ openFile: file('Chosen', 2) });
    await desktop.menu('File', 'Open design file…');
    await page.getByRole('heading', { name: 'Chosen' }).waitFor();
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await drop(page, file('Dropped', 2));
    await page.getByRole('heading', { name: 'Dropped' }).waitFor();
    expect(await desktop.startAgain([file('Started', hour)])).toBe(0);
    await page.getByRole('heading', { name: 'Started' }).waitFor();
    expect(desktop.app.windows()).toHaveLength(1);
  });

  test('tells of a file that is not there, and makes none', async () => {
    const missing = join(desktop.folder, 'missing.amalgam');
    await desktop.startAgain([missing]);
    await expect.poll(async () => (await desktop.noted()).questions.at(-1), patient).toBe('The file can’t be opened.');
    expect(existsSync(missing)).toBe(false);
  });

  test('has written the diagnostic report meanwhile', async () => {
    const text = () => (existsSync(report) ? readFileSync(report, 'utf8') : '');
    await expect.poll(text, { timeout: 60_000 }).toMatch(/^Diagnostic report of Amalgam\n/);
    expect(text()).not.toContain(desktop.folder);
  });

  test('finds among designs', async () => {
    await desktop.press('F', ['control']);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type')), patient).toBe('search');
  });

  test('runs a design, and shows its progress and its end outside the window', async () => {
    await page
      .locator('article')
      .filter({ has: page.getByRole('heading', { name: 'Opened' }) })
      .getByRole('button', { name: 'Run', exact: true })
      .click();
    await badge(/^Finished · 2 rounds/).waitFor({ timeout: trainingMs });
    await expect.poll(async () => (await desktop.noted()).progress.at(-1), patient).toBe(-1);
    const { progress, awake, notices } = await desktop.noted();
    expect(progress.filter((share) => share >= 0 && share <= 1).length).toBeGreaterThan(1);
    expect(awake).toEqual([true, false]);
    expect(notices).toEqual([{ title: 'A run is finished', body: 'Opened, 2 rounds' }]);
  });

  test('steers it', async () => {
    await page.getByRole('navigation', { name: 'This run' }).getByRole('link', { name: 'Steer' }).click();
    await page
      .getByRole('slider', { name: /^Weight of/ })
      .first()
      .fill('1');
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await page
      .getByRole('region', { name: 'Candidates of this blend' })
      .getByRole('button', { name: /^Candidate 1,/ })
      .waitFor({ timeout: trainingMs });
  });

  test('exports through the native dialog', async () => {
    const saved = join(desktop.folder, 'chosen by the user.csv');
    await desktop.answer({ saveFile: saved });
    await desktop.press('E', ['control']);
    await expect.poll(route, patient).toBe('#/run/1/export');
    await page.getByRole('button', { name: 'Save file' }).click();
    await expect.poll(() => existsSync(saved) && readFileSync(saved, 'utf8'), { timeout: 60_000 }).toMatch(/^smiles,/i);
    expect((await desktop.noted()).saves).toEqual([expect.stringMatching(/\.csv$/)]);
  });

  test('hands a candidate over when it is dragged out', async () => {
    await page.evaluate(() => (location.hash = '#/run/1'));
    const card = page
      .getByRole('list', { name: /Best candidates/ })
      .locator('[draggable=true]')
      .first();
    await card.dispatchEvent('pointerdown');
    const types = () =>
      card.evaluate((element) => {
        const data = new DataTransfer();
        element.dispatchEvent(new DragEvent('dragstart', { dataTransfer: data, bubbles: true }));
        return [...data.types].sort();
      });
    await expect
      .poll(types, patient)
      .toEqual(['chemical/x-daylight-smiles', 'chemical/x-mdl-molfile', 'downloadurl', 'text/plain']);
  });

  test('pauses and resumes a run', async () => {
    await page.evaluate(() => (location.hash = '#/'));
    await page
      .locator('article')
      .filter({ has: page.getByRole('heading', { name: 'Started' }) })
      .getByRole('button', { name: 'Run', exact: true })
      .click();
    await advances();
    await page.getByRole('button', { name: 'Pause' }).click();
    await badge(/^Paused/).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await advances();
  });

  test('follows it after the page was loaded again', async () => {
    await page.reload();
    await advances();
    expect(await route()).toBe('#/run/2');
  });

  test('restarts an engine that was killed, says how it ended, and continues the run', async () => {
    const before = await round();
    expect(await desktop.killHost()).toBe(true);
    await page.getByText('Amalgam’s engine stopped and is being restarted.').waitFor();
    await page.getByText('It was ended by the signal SIGKILL.').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await advances();
    expect(await round()).toBeGreaterThan(before);
  });

  test('asks before its window closes, and stays', async () => {
    await desktop.answer({ button: 2 });
    const close = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await close();
    await expect
      .poll(async () => (await desktop.noted()).questions.at(-1), patient)
      .toBe('“Started” is still running.');
    await advances();
  });

  test('goes on without a window, which the next start opens again', async () => {
    await desktop.answer({ button: 1 });
    const closed = page.waitForEvent('close');
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await closed;
    page = await desktop.nextPage(() => desktop.startAgain());
    await page.evaluate(() => (location.hash = '#/run/2'));
    await advances();
  });

  test('loads a page again whose process was killed, and loses nothing', async () => {
    // Asked through the shell: the debugger's page ended with its process. A question to a page that is gone is never
    // answered.
    const inPage = (code: string): Promise<unknown> =>
      desktop.app.evaluate(
        ({ webContents }, text) =>
          Promise.race([
            webContents.getAllWebContents()[0].executeJavaScript(text),
            new Promise((resolve) => setTimeout(resolve, 1000)),
          ]),
        code,
      );
    await desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents()[0].forcefullyCrashRenderer());
    await expect
      .poll(() => inPage("document.querySelector('.badge')?.textContent"), { timeout: 60_000 })
      .toMatch(/^Running · round/);
    expect(await inPage('location.hash')).toBe('#/run/2');
  });

  test('pauses the run when it quits, and is itself again at the next start', async () => {
    await desktop.answer({ button: 0 });
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].setBounds({ x: 40, y: 30, width: 1000, height: 700 }),
    );
    await desktop.quit();
    expect(stored().place).toMatchObject({ width: 1000, height: 700 });
    page = await desktop.open();
    await badge(/^Paused/).waitFor();
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getSize())).toEqual([
      1000, 700,
    ]);
  });

  test('switches to another workspace and back, and remembers both', async () => {
    const other = join(desktop.folder, 'other.amalgam');
    await desktop.answer({ saveFile: other });
    await desktop.menu('File', 'New workspace…');
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
    expect(await desktop.startAgain([desktop.workspace])).toBe(0);
    await page.getByRole('heading', { name: 'Started' }).waitFor();
    expect(stored()).toMatchObject({ workspace: desktop.workspace, recent: [desktop.workspace, other] });
    await desktop.menu('File', 'Recent workspaces', 'other.amalgam');
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
  });
});

/** Drops a file of the disk on the middle of the page, as a file manager does. */
async function drop(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  await session.detach();
}
