/** @file npm run design -- FILE.toml: the main job without a screen, from a fresh clone. */
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { isProgram, root } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { fail } from './lib/say.mjs';

/** @param {string[]} args those of `amalgam design` */
async function main(args) {
  await ensureInstalled();
  // npm changes to the checkout's folder; file names are meant from where it was called.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await run(process.execPath, [join(root, 'bin', 'amalgam.mjs'), 'design', ...args], { cwd });
}

if (isProgram(import.meta.url)) await main(process.argv.slice(2)).catch(fail);
