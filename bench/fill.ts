/**
 * Fills a new workspace with a finished run of invented candidates, to see the interface with many.
 * Usage: npm run bench -- fill WORKSPACE [COUNT, default 100000] [molecule|dna]
 */
import { close, openForWriting } from '../db/index.ts';
import { fillRun } from '../test/fill-run.ts';

const [path, count = '100000', modality = 'molecule'] = process.argv.slice(2);
if (path === undefined || (modality !== 'molecule' && modality !== 'dna'))
  throw new Error('Usage: npm run bench -- fill WORKSPACE [COUNT] [molecule|dna]');
const start = performance.now();
const db = openForWriting(path);
const runId = fillRun(db, Number(count), modality);
close(db);
console.log(`Run ${runId}: ${count} candidates in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
