/**
 * @file The app in Electron: its window shows the interface, reaches a real host, and is locked down. Skipped if
 * Electron's binary or a display is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron, hasDisplay } from '../../scripts/lib/electron.mjs';
import { root } from '../../scripts/lib/root.mjs';

const binary = findElectron();
const reason = binary === null ? "Electron's binary is not here" : hasDisplay() ? null : 'there is no display';
if (reason !== null) console.log(`The tests in Electron are skipped: ${reason}.`);

describe.skipIf(reason !== null)('the app in Electron', () => {
  let folder: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'amalgam-electron-'));
    const env = { ...process.env, AMALGAM_NODE: process.execPath, AMALGAM_WORKSPACE: join(folder, 'lab.amalgam') };
    // Chromium's own sandbox does not run as root, as in a container.
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    app = await _electron.launch({
      executablePath: binary ?? '',
      args: [...flags, root, `--user-data-dir=${join(folder, 'data')}`],
      env,
    });
    page = await app.firstWindow();
  });

  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens the interface, which reaches the host', async () => {
    expect(page.url()).toBe('app://amalgam/index.html');
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
  });

  test('has the bridge in its page, and nothing of Node', async () => {
    expect(await page.evaluate(() => Object.keys((window as unknown as { amalgam: object }).amalgam))).toEqual([
      'invoke',
      'subscribe',
    ]);
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([]);
  });

  test('navigates nowhere else and opens no other window', async () => {
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull();
    await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      const refused = new Promise<boolean>((resolve) =>
        // The shell's own listener comes first.
        contents.once('will-navigate', (event) => resolve(event.defaultPrevented)),
      );
      Object.assign(globalThis, { refused });
    });
    await page.evaluate(() => window.location.assign('https://example.org/'));
    expect(await app.evaluate(() => (globalThis as unknown as { refused: Promise<boolean> }).refused)).toBe(true);
    expect(page.url()).toMatch(/^app:\/\/amalgam\//);
    expect(app.windows()).toHaveLength(1);
  });
});
