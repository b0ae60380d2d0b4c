/**
 * The learner under several settings on one design, over seeds: what each merge
 * shows, and a table with differences from the first variant, paired by seed.
 * Each run leaves a file of one line per merge; finished runs are not repeated.
 * Usage: npm run bench -- learner DESIGN.toml SEEDS [--out FOLDER] [--show] [--json FILE] [NAME:KEY=VALUE,...]...
 * SEEDS is a number (seeds 1 to that) or a range such as 2-4. Each variant is a
 * name and run settings that replace the design's; --show only prints what is
 * there, by the seeds that are finished; --json writes the table's figures.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Asked, linesOf, type MergeLine, runOnce } from './learner/run.ts';
import { figuresOf, tableOf } from './learner/table.ts';
import { seedsOf, settingsOf } from './learner/words.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'cache/learner' }, show: { type: 'boolean' }, json: { type: 'string' } },
});
const [design, range, ...variants] = positionals;
if (design === undefined || range === undefined)
  throw new Error('Usage: npm run bench -- learner DESIGN.toml SEEDS [--out FOLDER] [NAME:KEY=VALUE,...]...');
const out = path.resolve(options.out);

function askedOf(text: string, seed: number): Asked {
  const [variant, settings = ''] = text.split(':');
  return { design, variant, settings: settingsOf(settings), seed };
}

async function outcome(asked: Asked): Promise<MergeLine[] | null> {
  const known = linesOf(out, asked);
  if (known !== null || options.show) return known;
  console.error(`${design}, ${asked.variant}, seed ${asked.seed} ...`);
  return runOnce(out, asked);
}

const outcomes = new Map<string, MergeLine[][]>();
for (const seed of seedsOf(range)) {
  for (const text of variants.length > 0 ? variants : ['defaults']) {
    const asked = askedOf(text, seed);
    const lines = await outcome(asked);
    if (lines !== null) outcomes.set(asked.variant, [...(outcomes.get(asked.variant) ?? []), lines]);
  }
}
if (outcomes.size > 0) {
  const figures = figuresOf(outcomes);
  console.log(
    `${design}, seeds ${range}, mean and 95% interval over seeds, differences paired by seed\n\n${tableOf(figures)}`,
  );
  if (options.json !== undefined) addTo(options.json, figures);
}

/** Adds the figures under the design's name to a file of them. */
function addTo(file: string, figures: unknown): void {
  const before = readExisting(file);
  const name = path.basename(design, '.toml');
  writeFileSync(
    file,
    `${JSON.stringify({ ...before, [name]: { command: `npm run bench -- learner ${positionals.join(' ')}`, figures } }, null, 2)}\n`,
  );
}

function readExisting(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
process.exit(0);
