/** @file How the parts of the program are bundled: esbuild for Node and Electron, Vite for the interface. */
import { join } from 'node:path';
import { parts } from './parts.mjs';
import { root } from './root.mjs';
import { writeWhole } from './stamp.mjs';

const dist = join(root, 'dist');

/**
 * Packages stay in node_modules, except TF.js: its build for Node leaves out the
 * gradients, its modules for bundlers have them. A native binding that the user has
 * installed (tfjs-node) is found at run time.
 * @type {import('esbuild').Plugin}
 */
const externalPackages = {
  name: 'external-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return undefined;
      const bundled =
        /^@tensorflow\/tfjs-(?!node)/.test(path) || (importer.includes('node_modules') && path !== 'node-fetch');
      return bundled ? undefined : { path, external: true };
    });
  },
};

/** CommonJS modules inside an ES module bundle call require. */
const requireForBundledModules =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/** @type {import('esbuild').BuildOptions} */
const node = {
  format: 'esm',
  // The oldest release that Amalgam still starts on.
  target: 'node20.19',
  mainFields: ['module', 'main'],
  plugins: [externalPackages],
  banner: { js: requireForBundledModules },
};

/**
 * The preload script of a sandboxed window can load nothing but electron: all else is inside.
 * @type {import('esbuild').BuildOptions}
 */
const electron = { format: 'cjs', target: 'node22', external: ['electron'] };

export const bundlers = {
  host: () => bundle(parts.host.entries, node),
  electron: () => bundle(parts.electron.entries, electron),
  renderer: bundleInterface,
};

/** One benchmark, as dist/bench/NAME.js. @param {string} name */
export function bundleBench(name) {
  return bundle({ [`bench/${name}.js`]: `bench/${name}.ts` }, node);
}

/**
 * Modules that share what they have in common, so that it is loaded once.
 * @param {Readonly<Record<string, string>>} entries output -> source
 * @param {string} folder of the output, from the checkout's
 */
export function bundleShared(entries, folder) {
  return bundle(entries, { ...node, splitting: true, outdir: join(root, folder) });
}

/**
 * @param {Readonly<Record<string, string>>} entries output in dist/ -> source
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(entries, options) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    outdir: dist,
    ...options,
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out: out.replace(/\.c?js$/, '') })),
    outExtension: { '.js': options.format === 'cjs' ? '.cjs' : '.js' },
    bundle: true,
    platform: 'node',
    sourcemap: 'linked',
    logLevel: 'warning',
    write: false,
  }).catch(() => {
    throw new Error(`${Object.values(entries).join(', ')} could not be bundled; the compiler's messages are above.`);
  });
  for (const { path, contents } of outputFiles) writeWhole(path, contents);
}

async function bundleInterface() {
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'warn',
    // A slow plug-in on a busy machine is nothing that a user should be told.
    build: { rolldownOptions: { checks: { pluginTimings: false } } },
  });
}
