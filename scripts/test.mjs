/**
 * @file npm test: every check of the project, from a fresh clone. Types, lint, layers
 * and the build count as one check each; then the unit tests and the end-to-end tests
 * in a real browser. It ends with one line that sums up all of them.
 *
 * `npm test -- types lint` runs these checks alone; `npm test -- unit sascore` runs the
 * unit tests of the files whose name has "sascore"; `npm test -- quick` runs what takes
 * less than two minutes.
 */
import { availableParallelism, freemem } from 'node:os';
import { build } from './build.mjs';
import { findBrowser } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { quickTests } from './lib/quick.mjs';
import { isProgram } from './lib/root.mjs';
import { toolBeside } from './lib/run.mjs';
import { fail, say, secondsSince } from './lib/say.mjs';
import { runTests } from './lib/vitest.mjs';

/** @typedef {import('./lib/vitest.mjs').Counts} Counts */
/** @typedef {{ status: number, output: string }} Result */
/** @typedef {{ names: string[], filters: readonly string[], isQuick: boolean }} Choice */

const layers = ['engine', 'db', 'contract', 'host', 'renderer', 'electron', 'bench', 'test', 'scripts', 'bin'];

/** @param {string} tool @returns {string[]} a tool's cache, which knows files by their content */
const cacheOf = (tool) => ['--cache', '--cache-location', `cache/${tool}`, '--cache-strategy', 'content'];

const eslint = 'eslint/bin/eslint.js';
const lintAll = ['.', '--max-warnings', '0'];

/** What nothing uses, and what only tests use (knip.config.js). @returns {Promise<Result>} */
async function unusedCode() {
  const all = await toolBeside('knip/bin/knip.js', ['--no-progress']);
  return all.status === 0 ? toolBeside('knip/bin/knip.js', ['--no-progress', '--production']) : all;
}

/**
 * Checks that each use one core, the longest first. Some rules of ESLint look at types in other files, which its cache
 * does not know: only the quick checks use the cache, and they leave those rules out.
 * @type {Readonly<Record<string, (choice: Choice) => Promise<Result>>>}
 */
const beside = {
  lint: async ({ isQuick }) => {
    const check = ['--check', '--log-level', 'warn', ...cacheOf('prettier'), '.'];
    const format = await toolBeside('prettier/bin/prettier.cjs', check);
    if (format.status !== 0) return format;
    const unused = await unusedCode();
    if (unused.status !== 0) return unused;
    return isQuick
      ? toolBeside(eslint, [...lintAll, ...cacheOf('eslint')], { ...process.env, AMALGAM_LINT: 'quick' })
      : toolBeside(eslint, lintAll);
  },
  'interface types': () =>
    toolBeside('svelte-check/bin/svelte-check', ['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings']),
  types: () =>
    toolBeside('typescript/bin/tsc', ['--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', 'cache/types.json']),
  layers: () =>
    toolBeside('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.mjs', ...layers]),
  build: () =>
    build().then(
      () => ({ status: 0, output: '' }),
      (/** @type {Error} */ error) => ({ status: 1, output: `Error: ${error.message}\n` }),
    ),
};

/** Tests, which use all cores. @type {Readonly<Record<string, (choice: Choice) => Promise<Counts>>>} */
const alone = {
  unit: ({ filters, isQuick }) => runTests('unit', isQuick ? quickTests : filters),
  e2e: ({ filters }) => inBrowser(filters),
};

/** @param {readonly string[]} filters @returns {Promise<Counts>} */
async function inBrowser(filters) {
  if (findBrowser() !== null) return runTests('e2e', filters);
  say(
    'End-to-end tests are skipped: no Chromium was found. Install it (apt-get install chromium) or name one in CHROMIUM_PATH.',
  );
  return { passed: 0, failed: 0, skipped: 1 };
}

/**
 * Words that name checks choose them; the others are parts of test files' names.
 * @param {readonly string[]} words @returns {Choice}
 */
function choose(words) {
  const all = [...Object.keys(beside), ...Object.keys(alone)];
  if (words.includes('quick')) return { names: ['lint', 'types', 'layers', 'unit'], filters: [], isQuick: true };
  const named = words.filter((word) => all.includes(word));
  const filters = words.filter((word) => !all.includes(word));
  if (filters.length > 0 && !named.some((name) => Object.hasOwn(alone, name))) named.push('unit');
  return { names: named.length > 0 ? named : all, filters, isQuick: false };
}

/** A type check or a lint takes up to 2 GB. */
function lanes() {
  return freemem() < 5 * 2 ** 30 ? 1 : Math.min(2, availableParallelism());
}

/** @param {Choice} choice @returns {Promise<Counts[]>} */
async function checkBeside(choice) {
  const waiting = Object.keys(beside).filter((name) => choice.names.includes(name));
  /** @type {Counts[]} */
  const counts = [];
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const started = performance.now();
      const { status, output } = await beside[name](choice);
      report(name, output, status === 0, started);
      counts.push({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
    }
  };
  await Promise.all(Array.from({ length: lanes() }, lane));
  return counts;
}

/** @param {Choice} choice @returns {Promise<Counts[]>} */
async function checkAlone(choice) {
  const counts = [];
  for (const name of Object.keys(alone).filter((name) => choice.names.includes(name))) {
    say(`\n== ${name}`);
    const started = performance.now();
    const found = await alone[name](choice);
    report(name, '', found.failed === 0, started);
    counts.push(found);
  }
  return counts;
}

/** @param {string} name @param {string} output @param {boolean} isPassed @param {number} started */
function report(name, output, isPassed, started) {
  process.stderr.write(output);
  say(`== ${name}: ${isPassed ? 'passed' : 'FAILED'} in ${secondsSince(started)}`);
}

async function main() {
  const choice = choose(process.argv.slice(2));
  await ensureInstalled();
  const counts = [...(await checkBeside(choice)), ...(await checkAlone(choice))];
  const total = (/** @type {keyof Counts} */ key) => counts.reduce((sum, one) => sum + one[key], 0);
  const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
  console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped}`);
  process.exitCode = total('failed') > 0 ? 1 : 0;
}

if (isProgram(import.meta.url)) await main().catch(fail);
