/**
 * @file TF.js for the tests: the same modules as in the bundles of dist/, as a few files that Node loads as they are.
 * Vitest would otherwise load each of its 700 modules by itself, in every test file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const packages = 'node_modules/@tensorflow';
const { version } = JSON.parse(readFileSync(join(root, packages, 'tfjs-core/package.json'), 'utf8'));

/** The name says what the files were made of. */
const folder = `cache/tfjs-${version}-1`;

/** What the project imports of TF.js -> the module that stands for it. */
const modules = {
  '@tensorflow/tfjs-core': 'tfjs-core/dist/index.js',
  '@tensorflow/tfjs-core/dist/register_all_gradients.js': 'tfjs-core/dist/register_all_gradients.js',
  '@tensorflow/tfjs-backend-cpu': 'tfjs-backend-cpu/dist/index.js',
};

/** Aliases for vitest.config.ts. */
export const tfjsAliases = Object.entries(modules).map(([name, module]) => ({
  find: new RegExp(`^${name}$`),
  replacement: join(root, folder, module),
}));

/** Makes the files where they are missing. */
export async function bundleTfjs() {
  if (tfjsAliases.every(({ replacement }) => existsSync(replacement))) return;
  const { bundleShared } = await import('./bundle.mjs');
  await bundleShared(
    Object.fromEntries(Object.values(modules).map((module) => [module, `${packages}/${module}`])),
    folder,
  );
}
