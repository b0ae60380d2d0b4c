/**
 * The comparison of the IterativeRS paper (arXiv 2511.00220) at equal budgets of scored sequences: methods over seeds,
 * judged by predictors from which no run has learned (bench/paper/evaluators.sh trains them).
 * Usage: npm run bench -- paper qm9|dna|oral-lead SEEDS [NAME:KEY=VALUE,...]... [--out FILE.json]
 * SEEDS is a number (seeds 1 to that) or a range such as 2-4. Without variants, each method runs with its defaults.
 * Differences are those of the first variant from each other one, paired by seed. cache/paper keeps finished runs.
 */
import path from 'node:path';
import { type SeedMean, seedMean } from '../engine/learn/statistics.ts';
import { methods } from '../engine/soup/settings.ts';
import { seedsOf, settingsOf } from './learner/words.ts';
import { type Figures, figuresOf } from './paper/figures.ts';
import { finalOf } from './paper/run.ts';
import { TASKS } from './paper/tasks.ts';
import { record, rounded, words } from './record.ts';

const [name, range = '5', ...given] = words;
const task = TASKS[name];
if (task === undefined) throw new Error(`Name one of ${Object.keys(TASKS).join(', ')}.`);
const seeds = seedsOf(range);
const variants = given.length > 0 ? given : methods.map((method) => `${method}:method=${method}`);

/** Figures of each variant by seed. */
const outcomes = new Map<string, Figures[]>();
for (const seed of seeds) {
  for (const variant of variants) {
    const [method, settings = ''] = variant.split(':');
    const asked = { design: task.design, method, settings: { ...task.settings, ...settingsOf(settings) }, seed };
    const figures = await figuresOf(task, await finalOf(path.resolve('cache/paper'), asked));
    outcomes.set(method, [...(outcomes.get(method) ?? []), figures]);
  }
}
const names = [...outcomes.keys()];
const [first, ...others] = names;
const labels = Object.keys(outcomes.get(first)![0]);

/** Counts and times have no decimals. */
const digitsOf = (label: string) => (['sequences scored', 'seconds'].includes(label) ? 0 : 3);

interface Row {
  readonly label: string;
  readonly digits: number;
  readonly cells: readonly (SeedMean | null)[];
  readonly wins?: readonly number[];
}

const rows: Row[] = labels.map((label) => ({
  label,
  digits: digitsOf(label),
  cells: names.map((method) => seedMean(outcomes.get(method)!.map((one) => one[label]))),
}));

const compared = labels.filter((label) => digitsOf(label) > 0);
const differences: Row[] = compared.map((label) => {
  const each = others.map((method) =>
    outcomes.get(method)!.map((other, i) => gap(outcomes.get(first)![i], other, label)),
  );
  return {
    label,
    digits: digitsOf(label),
    cells: each.map((gaps) => seedMean(gaps)),
    wins: each.map((gaps) => gaps.filter((one) => one !== null && one > 0).length),
  };
});

function gap(a: Figures, b: Figures, label: string): number | null {
  const [one, other] = [a[label], b[label]];
  return one === null || other === null ? null : one - other;
}

function text({ digits, cells, wins }: Row): string[] {
  return cells.map((cell, i) => {
    if (cell === null) return 'missing';
    const spread = cell.half === null ? '' : ` ± ${cell.half.toFixed(digits)}`;
    return `${cell.mean.toFixed(digits)}${spread}${wins === undefined ? '' : ` (${wins[i]} of ${seeds.length})`}`;
  });
}

function markdown(columns: readonly string[], lines: readonly Row[]): string {
  const head = [`| | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---|').join('')}`];
  return [...head, ...lines.map((row) => `| ${row.label} | ${text(row).join(' | ')} |`)].join('\n');
}

function recorded(columns: readonly string[], lines: readonly Row[]) {
  return {
    columns: [{ label: '' }, ...columns.map((label) => ({ label }))],
    rows: lines.map((row) => ({
      label: row.label,
      digits: row.digits,
      cells: row.wins ? text(row) : row.cells.map((cell) => figure(cell, row.digits)),
    })),
  };
}

function figure(cell: SeedMean | null, digits: number) {
  if (cell === null) return null;
  const mean = rounded(cell.mean, digits);
  return cell.half === null || cell.half === 0 ? mean : { mean, interval: rounded(cell.half, digits) };
}

const against = others.map((method) => `${first} - ${method}`);
console.log(`${task.design}, seeds ${range}, judged by ${task.evaluator}\n\n${markdown(names, rows)}\n`);
console.log(markdown(against, differences));
record('paper', {
  seeds: seeds.length === 1 ? String(seeds[0]) : `${seeds[0]} to ${seeds[seeds.length - 1]}`,
  conditions: `One thread per run. The judge is ${task.evaluator}.`,
  units:
    'means over seeds with the half width of the 95% interval (Student’s t); scores between 0 and 1; in the differences, the number of seeds above 0',
  tables: {
    outcomes: recorded(names, rows),
    ...(others.length > 0 && { differences: recorded(against, differences) }),
  },
});
