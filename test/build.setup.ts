/**
 * @file Builds what the tests start as programs: hosts and their workers everywhere, the interface and the shell for
 * the end-to-end tests.
 */
import type { TestProject } from 'vitest/node';
import { build } from '../scripts/build.mjs';
import { bundleTfjs } from '../scripts/lib/tfjs.mjs';

export default async function setup(project: TestProject): Promise<void> {
  await bundleTfjs();
  await build(project.name === 'e2e' ? ['host', 'renderer', 'electron'] : ['host']);
}
