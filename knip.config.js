/**
 * @file Finds files, exports and packages that nothing uses (npm test -- lint). A "!" marks what belongs to the
 * program: with --production an export that only tests import counts as unused as well. One that is exported for its
 * tests says so with @internal and a reason.
 */
import { parts } from './scripts/lib/parts.mjs';

const entries = Object.values(parts).flatMap((part) => Object.values(part.entries));

/** @type {import('knip').KnipConfig} */
export default {
  entry: [
    ...entries.map((entry) => `${entry}!`),
    'scripts/*.mjs!',
    // electron-builder.yml names it.
    'scripts/lib/after-pack.mjs!',
    // Loaded by vitest.config.ts.
    'scripts/lib/tfjs.mjs!',
    'bench/*.ts!',
    // Read as text and put into the report.
    'host/export/report/page.js!',
    'renderer/vite.config.ts',
    'test/renderer/page/{main,vite.config}.ts',
  ],
  project: [
    '{bin,scripts,host,engine,db,contract,renderer,electron,bench}/**/*.{ts,mjs,js,svelte}!',
    'test/**/*.ts',
    // Modules that tests start as external scorers.
    '!test/fixtures/**',
  ],
  // Used by name in style sheets, in the browser, and by the scripts that start them.
  ignoreDependencies: ['@fontsource-variable/inter', 'axe-core', 'electron-builder', 'svelte-check'],
  // Tests may look at a part of a module. What only tests use at all does not belong to the program.
  ignoreExportsUsedInFile: process.argv.includes('--production'),
  ignoreBinaries: ['mount', 'sbatch', 'strip', 'umount'],
};
