/**
 * Compares IterativeRS, one policy on the weighted sum (MORLHF), Rewarded Soups and RiC on one design, at equal budgets
 * of scored sequences, over several seeds. Figures come from the stored rows: fresh samples of the final merge against
 * fresh samples of the prior. Finished runs are not repeated.
 * Usage: npm run bench -- methods [DESIGN.toml] [SEEDS] [KEY=VALUE,... | KEY=VALUE,...] [--out FILE.json]
 * The variants after SEEDS, each a list of run settings, replace the four methods.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'smol-toml';
import {
  close,
  type FinalFigures,
  finalFigures,
  getRun,
  listRuns,
  openForReading,
  type ReadableWorkspace,
} from '../db/index.ts';
import { type SeedMean, seedMean } from '../engine/learn/statistics.ts';
import type { Evaluation } from '../engine/soup/metrics.ts';
import { methods } from '../engine/soup/settings.ts';
import { finalEvaluation } from '../host/runs/compare.ts';
import { objectivesOf } from '../host/runs/setup.ts';
import type { Settings } from './learner/run.ts';
import { settingsOf } from './learner/words.ts';
import { record, rounded, words } from './record.ts';

const [file = 'examples/oral-lead.toml', seeds = '3', ...variants] = words;
const folder = path.resolve('cache/bench');
const workspace = path.join(folder, `methods-${path.basename(file, '.toml')}.amalgam`);

interface Variant {
  readonly name: string;
  readonly settings: Settings;
}

interface Outcome {
  /** Names of the goals. */
  readonly goals: readonly string[];
  readonly evaluation: Evaluation;
  readonly figures: FinalFigures;
  readonly scored: number;
  readonly seconds: number;
}

const parseVariant = (text: string): Variant => ({ name: text, settings: settingsOf(text) });

const compared: Variant[] =
  variants.length > 0 ? variants.map(parseVariant) : methods.map((method) => ({ name: method, settings: { method } }));

/** Writes the design under a name of its own and runs it, unless it has run already. */
function run({ name, settings }: Variant, seed: number): Outcome {
  const design = parse(readFileSync(file, 'utf8')) as { name: string; run?: Record<string, string | number | boolean> };
  const title = `${design.name} [${name}]`;
  const copy = path.join(folder, `${name.replace(/[^\w.=-]+/g, '_')}.toml`);
  writeFileSync(copy, stringify({ ...design, name: title, run: { ...design.run, ...settings } }));
  const done = stored(title, seed);
  if (done !== undefined) return done;
  console.log(`${title}, seed ${seed} ...`);
  execFileSync(
    process.execPath,
    ['bin/amalgam.mjs', 'design', copy, '--seed', String(seed), '--workspace', workspace],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const outcome = stored(title, seed);
  if (outcome === undefined) throw new Error(`${title} with seed ${seed} did not finish.`);
  return outcome;
}

function stored(title: string, seed: number): Outcome | undefined {
  let db: ReadableWorkspace;
  try {
    db = openForReading(workspace);
  } catch {
    return undefined;
  }
  try {
    const match = listRuns(db).find((one) => one.designName === title && one.seed === seed && one.state === 'finished');
    return (
      match && {
        ...outcomeOf(db, match.id),
        goals: objectivesOf(getRun(db, match.id)).map(({ label }) => label),
        scored: match.scored,
        seconds: (Date.parse(match.finished ?? match.updated) - Date.parse(match.created)) / 1e3,
      }
    );
  } finally {
    close(db);
  }
}

function outcomeOf(db: ReadableWorkspace, runId: number): Pick<Outcome, 'evaluation' | 'figures'> {
  const evaluation = finalEvaluation(db, runId);
  if (evaluation === null) throw new Error(`Run ${runId} has no merge to measure.`);
  return { evaluation, figures: finalFigures(db, runId) };
}

type Row = readonly [label: string, figures: readonly (SeedMean | null)[]];

function rowsOf(outcomes: ReadonlyMap<string, readonly Outcome[]>): Row[] {
  const first = [...outcomes.values()][0][0];
  const figures: [string, (one: Outcome) => number | null][] = [
    ['total', ({ evaluation }) => evaluation.total],
    [
      'gain over the generator',
      ({ evaluation, figures }) =>
        evaluation.total === null || figures.prior?.total.mean == null
          ? null
          : evaluation.total - figures.prior.total.mean,
    ],
    ...first.goals.map((goal, i): [string, (one: Outcome) => number | null] => [
      goal,
      ({ evaluation }) => evaluation.objectives[i].mean,
    ]),
    ['worst objective', ({ evaluation }) => evaluation.worst],
    ['hypervolume', ({ evaluation }) => evaluation.hypervolume.value],
    ['valid', ({ evaluation }) => evaluation.valid],
    ['unique', ({ evaluation }) => evaluation.unique],
    ['unique in the whole run', ({ figures }) => figures.run.uniqueness],
    ['scaffolds per molecule', ({ evaluation }) => evaluation.scaffolds],
    ['ICV across objectives', ({ evaluation }) => evaluation.icvObjectives],
    ['ICV across sequences', ({ evaluation }) => evaluation.icvSequences],
    ['sequences scored', ({ scored }) => scored],
    ['seconds', ({ seconds }) => seconds],
  ];
  return figures.map(([label, read]) => [label, [...outcomes.values()].map((seeds) => seedMean(seeds.map(read)))]);
}

function table(names: readonly string[], rows: readonly Row[]): string {
  const cell = (one: SeedMean | null) =>
    one === null ? 'missing' : `${one.mean.toFixed(3)}${one.half === null ? '' : ` ± ${one.half.toFixed(3)}`}`;
  const lines = rows.map(([label, cells]) => `| ${label} | ${cells.map(cell).join(' | ')} |`);
  return [`| | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`, ...lines].join('\n');
}

/** Figures of counts and times have no decimals. */
const WHOLE = ['sequences scored', 'seconds'];

function recorded([label, cells]: Row) {
  const digits = WHOLE.includes(label) ? 0 : 3;
  const cell = ({ mean, half }: SeedMean) =>
    half === null || half === 0
      ? rounded(mean, digits)
      : { mean: rounded(mean, digits), interval: rounded(half, digits) };
  return { label, digits, cells: cells.map((one) => one && cell(one)) };
}

mkdirSync(folder, { recursive: true });
const outcomes = new Map<string, Outcome[]>();
for (let seed = 1; seed <= Number(seeds); seed++) {
  for (const variant of compared)
    outcomes.set(variant.name, [...(outcomes.get(variant.name) ?? []), run(variant, seed)]);
}
const names = [...outcomes.keys()];
const rows = rowsOf(outcomes);
console.log(`${file}, ${seeds} seeds, mean and 95% interval over seeds\n\n${table(names, rows)}`);
record('methods', {
  seeds: seeds === '1' ? '1' : `1 to ${seeds}`,
  conditions: 'The runs follow one another.',
  units:
    seeds === '1'
      ? 'scores between 0 and 1'
      : 'means over seeds with the half width of the 95% interval (Student’s t); scores between 0 and 1',
  tables: {
    outcomes: { columns: [{ label: '' }, ...names.map((label) => ({ label }))], rows: rows.map(recorded) },
  },
});
