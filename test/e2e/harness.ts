/** @file A real host in a process of its own and a real browser that opens its interface. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { close, openForWriting, type WritableWorkspace } from '../../db/index.ts';
import { findBrowser } from '../../scripts/lib/browser.mjs';

const program = fileURLToPath(new URL('../../bin/amalgam.mjs', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const startSeconds = 240;

export interface RunningHost {
  /** With its token. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  /** Ends the host as a user would, and waits for it. */
  stop(): Promise<void>;
  /** Ends it without notice. */
  kill(): Promise<void>;
}

/** @param workspace path of the workspace file, made where it is missing */
export async function startHost(workspace: string, port = 0): Promise<RunningHost> {
  const child = spawn(
    process.execPath,
    [program, 'serve', '--workspace', workspace, '--port', String(port), '--device', 'cpu', '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const { address, port: taken, token } = await firstLine(child);
  return { address, port: taken, token, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function firstLine(child: ChildProcess): Promise<{ address: string; port: number; token: string }> {
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    const timer = setTimeout(
      () => reject(new Error(`The host printed no address within ${startSeconds} s. ${errors}`)),
      startSeconds * 1000,
    );
    child.stderr?.on('data', (text) => (errors += String(text)));
    child.once('exit', (code) =>
      reject(new Error(`The host ended with code ${code} before it printed its address. ${errors}`)),
    );
    child.stdout?.on('data', (text) => {
      out += String(text);
      if (!out.includes('\n')) return;
      clearTimeout(timer);
      resolve(JSON.parse(out.slice(0, out.indexOf('\n'))));
    });
  });
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chromium was found. Install it, or name one in CHROMIUM_PATH.');
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  return chromium.launch({ executablePath, args });
}

/** A fresh workspace, a host on it, and a page that shows nothing yet. */
export interface Lab {
  readonly workspace: string;
  /** A test that ends it puts the next one here. */
  host: RunningHost;
  readonly page: Page;
  /** What the page complained about so far. */
  readonly complaints: readonly string[];
  readonly calls: Calls;
  close(): Promise<void>;
}

const frameOnWire = z.object({ kind: z.string(), id: z.number(), method: z.string().optional() });

/** The page's calls to its host, as its socket carries them. */
class Calls {
  readonly #page: Page;
  readonly #waiting = new Map<number, string>();
  readonly #answered: string[] = [];

  constructor(page: Page) {
    this.#page = page;
    page.on('websocket', (socket) => {
      this.#waiting.clear();
      socket.on('framesent', ({ payload }) => {
        const { kind, id, method } = frameOnWire.parse(JSON.parse(String(payload)));
        if (kind === 'invoke') this.#waiting.set(id, method!);
      });
      socket.on('framereceived', ({ payload }) => {
        const { kind, id } = frameOnWire.parse(JSON.parse(String(payload)));
        if (kind !== 'result') return;
        this.#answered.push(this.#waiting.get(id) ?? 'a call of an earlier page');
        this.#waiting.delete(id);
      });
    });
  }

  /** What the page has sent so far is answered, and the page has shown it. */
  async allAnswered(): Promise<void> {
    // A page that has answered has also reported the frames that it sent before.
    await this.#page.evaluate(() => undefined);
    await expect.poll(() => [...this.#waiting.values()], { timeout: 60_000 }).toEqual([]);
    await this.#page.evaluate(() => new Promise(requestAnimationFrame));
  }

  /** Resolves when the action has led to an answered call of this method. */
  async after(method: string, action: () => Promise<void>): Promise<void> {
    const count = (): number => this.#answered.filter((one) => one === method).length;
    const before = count();
    await action();
    await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(before);
  }
}

/**
 * @param fill puts something into the workspace before the host opens it
 * @param prepare does what takes programs of its own, before that
 */
export async function openLab(
  fill?: (db: WritableWorkspace) => void,
  prepare?: (workspace: string) => Promise<void>,
): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-e2e-'));
  const workspace = join(folder, 'lab.amalgam');
  await prepare?.(workspace);
  if (fill !== undefined) {
    const db = openForWriting(workspace);
    fill(db);
    close(db);
  }
  const host = await startHost(workspace);
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  page.setDefaultTimeout(120_000);
  const lab: Lab = {
    workspace,
    host,
    page,
    complaints: complaintsOf(page),
    calls: new Calls(page),
    async close() {
      await browser.close();
      await lab.host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;
}

/** Collects what the page complains about: console errors and uncaught exceptions. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** Takes back what the message with these words tells; others may stand beside it. */
export function undo(page: Page, words: RegExp | string): Promise<void> {
  return page
    .getByRole('region', { name: 'Messages' })
    .getByRole('group')
    .filter({ hasText: words })
    .getByRole('button', { name: 'Undo' })
    .click();
}

/** @returns one line for each accessibility rule that the page breaks */
export async function brokenRules(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's content security policy does not bind.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (
      window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> } }
    ).axe;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

export async function inTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
  // Colours in transition would be measured between two themes.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.evaluate(() => {
    // One that goes round for ever has no end to be taken to.
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  });
}

/** How many pixels the page itself can be scrolled down: what hangs out of a view would move the whole window. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
}

/** No accessibility rule is broken in either theme, and the window stays where it is. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await overhang(page), `${page.url()} scrolls as a whole`).toBe(0);
  for (const theme of ['light', 'dark'] as const) {
    await inTheme(page, theme);
    // A view that is redrawn during the check gets a second check; a real fault remains.
    await expect.poll(() => brokenRules(page), { timeout: 10_000, message: `${page.url()} in ${theme}` }).toEqual([]);
  }
  await inTheme(page, 'light');
}
