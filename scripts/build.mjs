/**
 * @file npm run build: makes dist/ from the sources, and only what is not up to date.
 * `npm run build -- host electron` builds these parts alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { partNames, parts } from './lib/parts.mjs';
import { isProgram, root } from './lib/root.mjs';
import { fail, say, secondsSince } from './lib/say.mjs';
import { hashOf, readStamp, writeWhole } from './lib/stamp.mjs';

/** @typedef {import('./lib/parts.mjs').PartName} PartName */

const dist = join(root, 'dist');

/**
 * @param {readonly PartName[]} [names] all of them where left out
 * @throws Error naming the first entry point that is not there, or the compiler's error
 */
export async function build(names = partNames) {
  if (names.every((name) => isCurrent(name, hashOf(root, parts[name].sources)))) return;
  await withLock(join(dist, '.lock'), async () => {
    for (const name of names) await buildPart(name);
  });
}

/** @param {PartName} name */
async function buildPart(name) {
  const hash = hashOf(root, parts[name].sources);
  if (isCurrent(name, hash)) return;
  checkEntries(name);
  const started = performance.now();
  const { bundlers } = await import('./lib/bundle.mjs');
  await bundlers[name]();
  writeWhole(stampOf(name), hash);
  say(`Built ${name} in ${secondsSince(started)}.`);
}

/** @param {PartName} name @param {string} hash */
function isCurrent(name, hash) {
  return (
    readStamp(stampOf(name)) === hash &&
    Object.keys(parts[name].entries).every((output) => existsSync(join(dist, output)))
  );
}

/** @param {PartName} name */
function stampOf(name) {
  return join(dist, `.${name}.stamp`);
}

/** @param {PartName} name */
function checkEntries(name) {
  const missing = Object.values(parts[name].entries).filter((source) => !existsSync(join(root, source)));
  if (missing.length > 0)
    throw new Error(
      `${name} can't be built: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing (entry points are listed in scripts/lib/parts.mjs).`,
    );
}

/** @param {readonly string[]} names @returns {readonly PartName[]} */
function checkNames(names) {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}" to build; the parts are ${partNames.join(', ')}.`);
  return names.length > 0 ? /** @type {PartName[]} */ (names) : partNames;
}

async function main() {
  const names = checkNames(process.argv.slice(2));
  await ensureInstalled();
  await build(names);
}

if (isProgram(import.meta.url)) await main().catch(fail);
