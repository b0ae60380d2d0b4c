/**
 * @file npm start: opens the app in Electron, or, where there is no display or no
 * Electron, serves the same interface on a loopback address and prints it.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { fetchElectron, hasDisplay } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { isProgram, root } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';

/** @param {string[]} args passed on to the app or to `amalgam serve` */
async function main(args) {
  await ensureInstalled();
  await build();
  const electron = hasDisplay() ? await fetchElectron() : null;
  process.exitCode = electron === null ? await serve(args) : await openWindow(electron, args);
}

/** @param {string} electron @param {string[]} args */
function openWindow(electron, args) {
  // The host runs on this Node: its native modules are compiled for it, not for Electron's.
  return run(electron, [root, ...args], { env: { ...process.env, AMALGAM_NODE: process.execPath } });
}

/** @param {string[]} args */
function serve(args) {
  say(
    hasDisplay()
      ? "Electron can't be had here: serving the interface for a browser."
      : 'No display: serving the interface for a browser.',
  );
  return run(process.execPath, [join(root, 'bin', 'amalgam.mjs'), 'serve', ...args]);
}

if (isProgram(import.meta.url)) await main(process.argv.slice(2)).catch(fail);
