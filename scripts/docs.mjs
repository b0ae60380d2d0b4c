/**
 * @file npm run docs: writes the pages that are made and not written: docs/api.md from contract/, docs/results.md from
 * the figures in docs/results/.
 */
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { isProgram, root } from './lib/root.mjs';
import { fail, say } from './lib/say.mjs';
import { writeWhole } from './lib/stamp.mjs';

async function main() {
  await ensureInstalled();
  const { apiReference } = await import('./lib/docs/api-reference.mjs');
  const { resultsPage } = await import('./lib/docs/results-page.mjs');
  writeWhole(join(root, 'docs', 'api.md'), await apiReference(root));
  writeWhole(join(root, 'docs', 'results.md'), resultsPage(root));
  say('Wrote docs/api.md and docs/results.md.');
}

if (isProgram(import.meta.url)) await main().catch(fail);
