import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { tfjsAliases } from './scripts/lib/tfjs.mjs';

const shared = {
  globalSetup: ['test/build.setup.ts'],
  // TF.js keeps one global engine: files must not share a process.
  pool: 'forks' as const,
  // Made by the set-up, and loaded by Node as it is.
  alias: tfjsAliases,
  server: { deps: { external: [/\/cache\/tfjs-/] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/renderer/**'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // State in Svelte's runes has to be compiled, as for a browser.
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'unit-interface',
          include: ['test/renderer/**/*.test.ts'],
          environment: './test/renderer/environment.ts',
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // A browser, a host and a compute process each.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Not a test: makes pictures (npm run gallery).
        test: { ...shared, name: 'gallery', include: ['test/e2e/gallery.ts'] },
      },
    ],
  },
});
