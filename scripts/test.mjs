/**
 * @file npm test: every check of the project, from a fresh clone. Types, lint, layers
 * and the build count as one check each; then the unit tests and the end-to-end tests
 * in a real browser. It ends with one line that sums up all of them.
 *
 * `npm test -- types lint` runs these checks alone; `npm test -- unit sascore` runs the
 * unit tests of the files whose name has "sascore".
 */
import { build } from './build.mjs';
import { findBrowser } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { isProgram } from './lib/root.mjs';
import { tool } from './lib/run.mjs';
import { fail, say, secondsSince } from './lib/say.mjs';
import { runTests } from './lib/vitest.mjs';

/** @typedef {import('./lib/vitest.mjs').Counts} Counts */

/** @param {number} status @returns {Counts} */
const asOne = (status) => ({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });

const layers = ['engine', 'db', 'contract', 'host', 'renderer', 'electron', 'bench', 'test', 'scripts', 'bin'];

/** @type {Readonly<Record<string, (filters: readonly string[]) => Promise<Counts>>>} */
const checks = {
  types: async () => asOne(await tool('typescript/bin/tsc', ['--noEmit', '-p', '.'])),
  'interface types': async () =>
    asOne(await tool('svelte-check/bin/svelte-check', ['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings'])),
  lint: async () =>
    inTurn(
      ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
      ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    ),
  layers: async () =>
    asOne(
      await tool('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.mjs', ...layers]),
    ),
  build: async () => asOne(await build().then(() => 0, reported)),
  unit: (filters) => runTests('unit', filters),
  e2e: inBrowser,
};

/**
 * Tools that count as one check: the first that fails ends it.
 * @param {...string[]} tools each a program in node_modules and its arguments @returns {Promise<Counts>}
 */
async function inTurn(...tools) {
  for (const [program, ...args] of tools) {
    const status = await tool(program, args);
    if (status !== 0) return asOne(status);
  }
  return asOne(0);
}

/** @param {unknown} error */
function reported(error) {
  fail(error);
  return 1;
}

/** @param {readonly string[]} filters @returns {Promise<Counts>} */
async function inBrowser(filters) {
  if (findBrowser() !== null) return runTests('e2e', filters);
  say(
    'End-to-end tests are skipped: no Chromium was found. Install it (apt-get install chromium) or name one in CHROMIUM_PATH.',
  );
  return { passed: 0, failed: 0, skipped: 1 };
}

/** Words that name checks choose them; the others are parts of test files' names. @param {readonly string[]} words */
function choose(words) {
  const named = words.filter((word) => Object.hasOwn(checks, word));
  const filters = words.filter((word) => !Object.hasOwn(checks, word));
  if (filters.length > 0 && !named.some((name) => name === 'unit' || name === 'e2e')) named.push('unit');
  return { names: named.length > 0 ? named : Object.keys(checks), filters };
}

/** @param {string} name @param {readonly string[]} filters */
async function check(name, filters) {
  say(`\n== ${name}`);
  const started = performance.now();
  const counts = await checks[name](filters);
  say(`== ${name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${secondsSince(started)}`);
  return counts;
}

async function main() {
  const { names, filters } = choose(process.argv.slice(2));
  await ensureInstalled();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    const counts = await check(name, filters);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

if (isProgram(import.meta.url)) await main().catch(fail);
