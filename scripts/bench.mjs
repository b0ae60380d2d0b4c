/** @file npm run bench -- NAME [ARGS]: bundles bench/NAME.ts and runs it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { isProgram, root } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { fail } from './lib/say.mjs';

/** @param {string[]} words a benchmark's name, then its arguments */
async function main([name, ...args]) {
  const names = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
  if (!names.includes(name))
    throw new Error(
      `${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: npm run bench -- ${names.join('|')}`,
    );
  await ensureInstalled();
  await build(['host']);
  const { bundleBench } = await import('./lib/bundle.mjs');
  await bundleBench(name);
  process.exitCode = await run(process.execPath, [join(root, 'dist', 'bench', `${name}.js`), ...args]);
}

if (isProgram(import.meta.url)) await main(process.argv.slice(2)).catch(fail);
