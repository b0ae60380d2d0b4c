#!/usr/bin/env node
/**
 * @file The command line. In a checkout it builds what is stale first; the packaged
 * app has no sources and is built already.
 */
import { existsSync } from 'node:fs';

const buildScript = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(buildScript)) {
  const { build } = await import(buildScript.href);
  await build(['host']);
}
await import(new URL('../dist/host/cli.js', import.meta.url).href);
