/**
 * @file Compiles the interface's modules for a browser while they run in Node: their state classes need no document.
 */
import type { Environment } from 'vitest/runtime';

const environment: Environment = {
  name: 'interface',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};

export default environment;
