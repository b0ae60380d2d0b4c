/**
 * @file Whether the app can open in a window here. The electron package brings its
 * binary on first use from a download host that may be out of reach, so its files are
 * looked at and the package itself is never loaded.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * The Electron binary: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, or in the electron package. @returns
 * {string | null} null if there is none
 */
export function findElectron(folder = root, env = process.env) {
  const electron = join(folder, 'node_modules', 'electron');
  const name = readName(join(electron, 'path.txt'));
  const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electron, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

/** The binary's path inside its folder, which the electron package notes once it is there. @param {string} noted */
function readName(noted) {
  if (existsSync(noted)) return readFileSync(noted, 'utf8');
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Windows and macOS always have a display; elsewhere X or Wayland names one. */
export function hasDisplay(platform = process.platform, env = process.env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** A slow line needs minutes for the binary; a download host that never answers must not hold up the app for ever. */
const fetchLimitMs = 5 * 60_000;

/** The Electron binary, downloaded if it is missing. @returns {Promise<string | null>} null if it is not available */
export async function fetchElectron() {
  const present = findElectron();
  if (present !== null) return present;
  say('Fetching Electron for the window, once, about 110 MB (5 minutes at most).');
  const script = join(root, 'node_modules', 'electron', 'install.js');
  await run(process.execPath, [script], { signal: AbortSignal.timeout(fetchLimitMs) }).catch(() => undefined);
  return findElectron();
}
