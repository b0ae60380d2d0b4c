#!/usr/bin/env node
/**
 * @file The command line. In a checkout it builds what is stale first; the packaged
 * app has no sources and is built already.
 */
import { existsSync } from 'node:fs';

const buildScript = new URL('../scripts/build.mjs', import.meta.url);

async function buildWhereThereAreSources() {
  if (!existsSync(buildScript)) return;
  const { build } = await import(buildScript.href);
  const { partsFor } = await import(new URL('../scripts/lib/parts.mjs', import.meta.url).href);
  await build(partsFor(process.argv.slice(2)));
}

try {
  await buildWhereThereAreSources();
} catch (error) {
  process.stderr.write(`Error: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
await import(new URL('../dist/host/cli.js', import.meta.url).href);
