/**
 * @file Installs what package-lock.json names and node_modules lacks, so that every
 * command works in a fresh clone. It needs nothing but Node and npm.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './root.mjs';
import { npm } from './run.mjs';
import { say, secondsSince } from './say.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Locked */

/** Makes node_modules what package-lock.json says and its native code fit for this Node. */
export async function ensureInstalled() {
  checkNode();
  const missing = missingPackages();
  if (missing.length > 0) await installAll(missing);
  else await rebuildForThisNode();
}

/** The packages that are not installed in the locked version. @param {string} [folder] */
export function missingPackages(folder = root) {
  const wanted = lockedPackages(join(folder, 'package-lock.json'));
  const installed = lockedPackages(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(
      ([path, { version, optional, link }]) =>
        path !== '' && !optional && !link && installed[path]?.version !== version,
    )
    .map(([path]) => path.replace(/^node_modules\//, ''));
}

/** @param {string} file @returns {Record<string, Locked>} */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const needed = engines.node.replace('>=', '').split('.').map(Number);
  const present = process.versions.node.split('.').map(Number);
  const older = present[0] < needed[0] || (present[0] === needed[0] && present[1] < needed[1]);
  if (older) throw new Error(`Amalgam needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node}.`);
}

/** @param {string[]} missing */
async function installAll(missing) {
  const some = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ', ...' : '');
  say(`Installing packages with npm ci: ${missing.length} missing or out of date (${some}).`);
  say('This takes a minute or two; better-sqlite3 is compiled where no ready binary can be had.');
  const started = performance.now();
  const status = await npm(['ci', '--no-fund', '--no-audit']);
  if (status !== 0)
    throw new Error(
      `npm ci failed with exit status ${status}; its messages are above. It needs a package registry, and a C++ compiler where no ready binary can be had.`,
    );
  say(`Installed in ${secondsSince(started)}.`);
}

/** better-sqlite3 is compiled for one major version of Node; another one needs it compiled again. */
async function rebuildForThisNode() {
  if (nativeModuleLoads()) return;
  say(`Compiling better-sqlite3 for Node ${process.versions.node} with npm rebuild.`);
  const status = await npm(['rebuild', 'better-sqlite3']);
  if (status !== 0)
    throw new Error(`npm rebuild better-sqlite3 failed with exit status ${status}; its messages are above.`);
}

function nativeModuleLoads() {
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}
