/**
 * @file Installs what package-lock.json names and node_modules lacks, so that every
 * command works in a fresh clone. It needs nothing but Node and npm.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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

/** Releases from this one to the supported ones start, with a warning. */
const oldest = '20.19.0';

/**
 * @param {string} version of Node, as in process.versions.node
 * @param {string} range of package.json's engines: parts such as ^22.13.0 or >=24.0.0, joined by ||
 * @returns {'supported' | 'tolerated' | 'too old'}
 */
export function standingOf(version, range) {
  const isSupported = range.split('||').some((part) => {
    const [, operator, least] = /** @type {string[]} */ (/^(\^|>=)(\d+\.\d+\.\d+)$/.exec(part.trim()));
    const isInMajor = operator === '>=' || version.split('.')[0] === least.split('.')[0];
    return isInMajor && isAtLeast(version, least);
  });
  if (isSupported) return 'supported';
  return isAtLeast(version, oldest) ? 'tolerated' : 'too old';
}

/** @param {string} version @param {string} least */
function isAtLeast(version, least) {
  const [present, needed] = [version, least].map((text) => text.split('.').map(Number));
  const differing = needed.findIndex((number, i) => number !== present[i]);
  return differing === -1 || present[differing] > needed[differing];
}

function checkNode() {
  const version = process.versions.node;
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const standing = standingOf(version, engines.node);
  if (standing === 'too old') throw new Error(`Amalgam needs Node 22.13 or newer; this is Node ${version}.`);
  if (standing === 'tolerated')
    say(`Warning: Node ${version} is not a supported release. Use Node 22 (22.13 or newer) or 24.`);
}

/**
 * The environment of npm when it installs or compiles.
 *
 * ONNX Runtime's install script would download hundreds of megabytes of CUDA libraries. npm 11 and newer do not run it
 * (allowScripts in package.json); for older ones, an environment variable skips the download. The headers that came
 * with this Node fit it, whatever folder the user's npm settings name for another Node, and they need no download.
 */
function npmEnvironment() {
  const folder = join(dirname(realpathSync(process.execPath)), '..');
  const headers = headersFit(folder) ? { npm_config_nodedir: folder } : {};
  return { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env, ...headers };
}

/** Whether a folder holds the C++ headers of this very Node. @param {string} folder */
function headersFit(folder) {
  const file = join(folder, 'include', 'node', 'node_version.h');
  return existsSync(file) && readFileSync(file, 'utf8').includes(`NODE_MODULE_VERSION ${process.versions.modules}\n`);
}

/** @param {string[]} missing */
async function installAll(missing) {
  const some = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ', ...' : '');
  say(`Installing packages with npm ci: ${missing.length} missing or out of date (${some}).`);
  say('This takes a minute or two; better-sqlite3 is compiled if there is no prebuilt binary.');
  const started = performance.now();
  const status = await npm(['ci', '--no-fund', '--no-audit'], { env: npmEnvironment() });
  if (status !== 0)
    throw new Error(
      `npm ci failed with exit status ${status}; its messages are above. It needs a package registry, and a C++ compiler if there is no prebuilt binary.`,
    );
  say(`Installed in ${secondsSince(started)}.`);
}

/** better-sqlite3 is compiled for one major version of Node; another one needs it compiled again. */
async function rebuildForThisNode() {
  if (nativeModuleLoads()) return;
  say(`Compiling better-sqlite3 for Node ${process.versions.node} with npm rebuild.`);
  const status = await npm(['rebuild', 'better-sqlite3'], { env: npmEnvironment() });
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
