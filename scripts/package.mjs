/**
 * @file npm run package: builds everything and packs it with electron-builder, with the
 * Node that runs the host. Arguments are electron-builder's, as in
 * `npm run package -- --linux dir`.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { provideNode } from './lib/node-binary.mjs';
import { isProgram } from './lib/root.mjs';
import { tool } from './lib/run.mjs';
import { fail } from './lib/say.mjs';

/** The folder with Electron's binary for this platform, where the user has one. @returns {string[]} */
function ownElectron() {
  const folder = process.env.AMALGAM_ELECTRON_DIST;
  if (folder === undefined || folder === '') return [];
  if (!existsSync(join(folder, 'version')))
    throw new Error(`AMALGAM_ELECTRON_DIST names ${folder}, which is no unpacked Electron: it has no file "version".`);
  return [`-c.electronDist=${resolve(folder)}`];
}

/** @param {string[]} args electron-builder's */
async function main(args) {
  const electron = ownElectron();
  await ensureInstalled();
  await build();
  await provideNode();
  process.exitCode = await tool('electron-builder/cli.js', [
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    ...electron,
    ...args,
  ]);
}

if (isProgram(import.meta.url)) await main(process.argv.slice(2)).catch(fail);
