/**
 * Compares IterativeRS, one policy on the weighted sum (MORLHF) and Rewarded Soups on one design, at equal budgets of
 * scored sequences, over several seeds. Figures come from the stored rows: fresh samples of the final merge against
 * fresh samples of the prior. Finished runs are not repeated.
 * Usage: npm run bench -- methods [DESIGN.toml] [SEEDS] [KEY=VALUE,... | KEY=VALUE,...]
 * The variants after SEEDS, each a list of run settings, replace the three methods.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'smol-toml';
import {
  close,
  type FinalFigures,
  finalFigures,
  listRuns,
  openForReading,
  type ReadableWorkspace,
} from '../db/index.ts';
import type { Evaluation } from '../engine/soup/metrics.ts';
import { finalEvaluation } from '../host/runs/compare.ts';

const [file = 'examples/oral-lead.toml', seeds = '3', ...variants] = process.argv.slice(2);
const folder = path.resolve('cache/bench');
const workspace = path.join(folder, `methods-${path.basename(file, '.toml')}.amalgam`);

interface Variant {
  readonly name: string;
  readonly settings: Record<string, string | number | boolean>;
}

interface Outcome {
  readonly evaluation: Evaluation;
  readonly figures: FinalFigures;
  readonly scored: number;
  readonly seconds: number;
}

function parseVariant(text: string): Variant {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const value = (word: string) =>
    word === 'true' || word === 'false' ? word === 'true' : Number.isNaN(Number(word)) ? word : Number(word);
  return { name: text, settings: Object.fromEntries(pairs.map(([key, word]) => [key, value(word)])) };
}

const methods: Variant[] = ['iterative', 'morlhf', 'soups'].map((method) => ({ name: method, settings: { method } }));
const compared = variants.length > 0 ? variants.map(parseVariant) : methods;

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

/** 97.5% quantiles of Student's t for 1 ... 9 degrees of freedom. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Mean over seeds and half the width of its 95% interval. */
function interval(values: readonly (number | null)[]): string {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return 'missing';
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  if (present.length === 1) return mean.toFixed(3);
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (present.length - 1));
  return `${mean.toFixed(3)} ± ${((T[Math.min(present.length - 2, T.length - 1)] * deviation) / Math.sqrt(present.length)).toFixed(3)}`;
}

function table(outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const first = [...outcomes.values()][0][0];
  const columns: [string, (one: Outcome) => number | null][] = [
    ['total', ({ evaluation }) => evaluation.total],
    [
      'gain over the prior',
      ({ evaluation, figures }) =>
        evaluation.total === null || figures.prior?.total.mean == null
          ? null
          : evaluation.total - figures.prior.total.mean,
    ],
    ...first.evaluation.objectives.map((_, i): [string, (one: Outcome) => number | null] => [
      `objective ${i + 1}`,
      ({ evaluation }) => evaluation.objectives[i].mean,
    ]),
    ['worst objective', ({ evaluation }) => evaluation.worst],
    ['hypervolume', ({ evaluation }) => evaluation.hypervolume.value],
    ['valid', ({ evaluation }) => evaluation.valid],
    ['unique', ({ evaluation }) => evaluation.unique],
    ['unique of the whole run', ({ figures }) => figures.run.uniqueness],
    ['scaffolds a molecule', ({ evaluation }) => evaluation.scaffolds],
    ['ICV across objectives', ({ evaluation }) => evaluation.icvObjectives],
    ['ICV across sequences', ({ evaluation }) => evaluation.icvSequences],
    ['sequences scored', ({ scored }) => scored],
    ['seconds', ({ seconds }) => seconds],
  ];
  const names = [...outcomes.keys()];
  const rows = columns.map(
    ([label, read]) => `| ${label} | ${names.map((name) => interval(outcomes.get(name)!.map(read))).join(' | ')} |`,
  );
  return [`| | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`, ...rows].join('\n');
}

mkdirSync(folder, { recursive: true });
const outcomes = new Map<string, Outcome[]>();
for (let seed = 1; seed <= Number(seeds); seed++) {
  for (const variant of compared)
    outcomes.set(variant.name, [...(outcomes.get(variant.name) ?? []), run(variant, seed)]);
}
console.log(`${file}, ${seeds} seeds, mean and 95% interval over seeds\n\n${table(outcomes)}`);
