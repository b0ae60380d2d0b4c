/**
 * @file What a build consists of: each part with its entry points, the folders it is
 * made from and the files it leaves. The one place where entry points are listed.
 */

/** Read by every part: the versions of what is bundled, and how it is built. */
const common = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/lib'];

/**
 * @typedef {object} Part
 * @property {Readonly<Record<string, string>>} entries output in dist/ -> source
 * @property {readonly string[]} sources files and folders whose content decides whether it is up to date
 */

/** @type {Readonly<Record<'host' | 'electron' | 'renderer', Part>>} */
export const parts = {
  host: {
    entries: {
      'host/adapter.js': 'host/training/adapter.ts',
      'host/cli.js': 'host/cli.ts',
      'host/compute.js': 'host/compute/compute.ts',
      'host/edit-worker.js': 'host/compute/edit-worker.ts',
      'host/expert-worker.js': 'host/compute/expert-worker.ts',
      'host/fold-worker.js': 'host/training/fold-worker.ts',
      'host/module-runner.js': 'host/external/module-runner.ts',
      'host/scoring-worker.js': 'host/scoring/worker.ts',
      'host/space-worker.js': 'host/candidates/space-worker.ts',
      'host/trainer.js': 'host/training/trainer.ts',
      'host/typescript-hooks.js': 'host/external/typescript-hooks.ts',
    },
    sources: [...common, 'host', 'engine', 'db', 'contract'],
  },
  electron: {
    entries: {
      'electron/main.cjs': 'electron/main.ts',
      'electron/preload.cjs': 'electron/preload.ts',
    },
    sources: [...common, 'electron', 'contract'],
  },
  renderer: {
    entries: { 'renderer/index.html': 'renderer/main.ts' },
    sources: [...common, 'renderer', 'contract'],
  },
};

/** @typedef {keyof typeof parts} PartName */

export const partNames = /** @type {PartName[]} */ (Object.keys(parts));

/**
 * What a verb of the command line is run with.
 * @param {readonly string[]} args those of `amalgam`
 * @returns {PartName[]}
 */
export function partsFor([verb, ...options]) {
  return verb === 'serve' && !options.includes('--ipc') ? ['host', 'renderer'] : ['host'];
}
