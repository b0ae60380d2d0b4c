/**
 * @file npm run try-package -- APP [--screenshot FILE.png]: starts the packed app APP with a fresh data folder, runs a
 * small design in its window, and ends it. For a person who has packed the app: as an ordinary user it runs with
 * Chromium's sandbox, which is checked on Linux; as root without. Needs a display.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isProgram } from './lib/root.mjs';
import { fail, say } from './lib/say.mjs';
import { trialDesign } from './lib/trial-design.mjs';

const run = { steps: 16, merge_every: 2, batch: 16, measure_samples: 32, final_samples: 64 };
const startMs = 60_000;
const runMs = 300_000;

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { screenshot: { type: 'string' } } });
  const [binary] = positionals;
  if (binary === undefined || !existsSync(binary))
    throw new Error('Name the packed program, as release/…/amalgam-app.');
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-packed-'));
  try {
    await tryApp(resolve(binary), folder, values.screenshot);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} binary @param {string} folder @param {string | undefined} screenshot */
async function tryApp(binary, folder, screenshot) {
  const file = join(folder, 'packed.amalgam.toml');
  writeFileSync(file, trialDesign('Packed', run));
  const isRoot = process.getuid?.() === 0;
  const child = spawn(
    binary,
    [...(isRoot ? ['--no-sandbox'] : []), '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'data')}`, file],
    { env: { ...process.env, AMALGAM_WORKSPACE: join(folder, 'lab.amalgam') }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((done) => child.once('exit', done));
  try {
    const { chromium } = await import('playwright-core');
    const browser = await chromium.connectOverCDP(await debuggerOf(child), { noDefaults: true });
    const [page] = browser.contexts()[0].pages();
    await useApp(page, screenshot);
    say(isRoot ? 'It ran without a sandbox, as root.' : sandboxOf(child.pid ?? 0));
    await browser.close();
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  say('It ended in order.');
}

/** @param {import('playwright-core').Page} page @param {string | undefined} screenshot */
async function useApp(page, screenshot) {
  page.setDefaultTimeout(startMs);
  await page.getByRole('heading', { name: 'Packed' }).waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByText(/^Finished · 8 rounds/)
    .first()
    .waitFor({ timeout: runMs });
  await page
    .getByRole('button', { name: /^Candidate 1,/ })
    .first()
    .waitFor();
  say(`It ran a design; ${await page.evaluate(() => navigator.userAgent.replace(/^.* (Chrome.*) Safari.*$/, '$1'))}.`);
  if (screenshot !== undefined) await page.screenshot({ path: screenshot });
}

/** The address of its debugger, which Chromium prints. @param {import('node:child_process').ChildProcess} child */
function debuggerOf(child) {
  return new Promise((found, lost) => {
    let text = '';
    const timer = setTimeout(() => lost(new Error(`The app did not start within a minute. ${text}`)), startMs);
    child.once('exit', (code) => lost(new Error(`The app ended with the code ${code}. ${text}`)));
    child.stderr?.on('data', (part) => {
      text += part;
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    });
  });
}

/** Whether the page's process is confined, as the system tells. @param {number} app @throws Error if it is not */
function sandboxOf(app) {
  if (process.platform !== 'linux') return 'Whether the sandbox is on is only checked on Linux.';
  const [page] = descendantsOf(app).filter((pid) => read(pid, 'cmdline').includes('--type=renderer'));
  if (page === undefined) throw new Error('The page has no process of its own.');
  const seccomp = /^Seccomp:\s*(\d)/m.exec(read(page, 'status'))?.[1];
  if (seccomp !== '2') throw new Error(`The page's process has no filter of system calls (Seccomp: ${seccomp}).`);
  return 'Its page is in the sandbox: system calls are filtered (Seccomp: 2).';
}

/** @param {number} ancestor @returns {number[]} */
function descendantsOf(ancestor) {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const children = all.filter((pid) => Number(/^PPid:\s*(\d+)/m.exec(read(pid, 'status'))?.[1]) === ancestor);
  return children.flatMap((pid) => [pid, ...descendantsOf(pid)]);
}

/** A process may end meanwhile. @param {number} pid @param {string} name */
function read(pid, name) {
  try {
    return readFileSync(join('/proc', String(pid), name), 'utf8');
  } catch {
    return '';
  }
}

if (isProgram(import.meta.url)) await main().catch(fail);
