import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // TF.js keeps one global engine: files must not share a process.
    pool: 'forks',
    maxWorkers: 2,
    server: { deps: { inline: [/@tensorflow\/tfjs/] } },
  },
});
