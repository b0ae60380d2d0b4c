/** Runs of several variants over the same seeds as a table, each difference paired by seed. */
import { type SeedMean, seedMean } from '../../engine/learn/statistics.ts';
import type { MergeLine } from './run.ts';

/** The lines of each variant's runs, one run per seed. */
export type Outcomes = ReadonlyMap<string, readonly (readonly MergeLine[])[]>;

type Column = readonly [string, (lines: readonly MergeLine[]) => number | null];

const last = (read: (line: MergeLine) => number | null) => (lines: readonly MergeLine[]) =>
  read(lines[lines.length - 1]);

/** What is read of a run. */
const columns: readonly Column[] = [
  ['total after a quarter', (lines) => at(lines, 1 / 4).total],
  ['total after half', (lines) => at(lines, 1 / 2).total],
  ['total', last(({ total }) => total)],
  ['worst goal', last(({ worst }) => worst)],
  ['hypervolume', last(({ hypervolume }) => hypervolume)],
  ['valid', last(({ valid }) => valid)],
  ['lowest valid', (lines) => Math.min(...lines.map(({ valid }) => valid))],
  ['unique over the run', last(({ uniqueOfRun }) => uniqueOfRun)],
  ['best 10', last(({ best10 }) => best10)],
  ['best 100', last(({ best100 }) => best100)],
  ['KL to the prior', last(({ klPrior }) => klPrior)],
  ['sequences scored', last(({ scored }) => scored)],
  ['seconds', (lines) => lines.reduce((sum, { seconds }) => sum + seconds, 0)],
];

/** The merge nearest to a share of the run. */
function at(lines: readonly MergeLine[], share: number): MergeLine {
  return lines[Math.round(share * (lines.length - 1))];
}

/** Largest fall of the measured total from one merge to the next, of the mean over seeds. */
function largestFall(runs: readonly (readonly MergeLine[])[]): number {
  const totals = runs[0].flatMap((_, i) => seedMean(runs.map((lines) => lines[i].total))?.mean ?? []);
  return Math.max(0, ...totals.slice(1).map((total, i) => totals[i] - total));
}

export interface VariantFigures {
  readonly variant: string;
  readonly seeds: number;
  readonly figures: Readonly<Record<string, SeedMean>>;
  /** Against the first variant, by the seeds that both have; null for the first. */
  readonly differences: Readonly<Record<string, SeedMean>> | null;
  readonly largestFall: number;
}

export function figuresOf(outcomes: Outcomes): VariantFigures[] {
  const [base] = outcomes.values();
  return [...outcomes].map(([variant, runs]) => ({
    variant,
    seeds: runs.length,
    figures: over(runs.map((lines) => (read) => read(lines))),
    differences:
      runs === base
        ? null
        : over(
            pairs(base, runs).map(
              ([a, b]) =>
                (read) =>
                  difference(read(b), read(a)),
            ),
          ),
    largestFall: largestFall(runs),
  }));
}

type Read = Column[1];

function over(runs: readonly ((read: Read) => number | null)[]): Record<string, SeedMean> {
  return Object.fromEntries(
    columns.flatMap(([name, read]) => {
      const mean = seedMean(runs.map((run) => run(read)));
      return mean === null ? [] : [[name, mean]];
    }),
  );
}

function pairs<X>(a: readonly X[], b: readonly X[]): [X, X][] {
  return a.slice(0, b.length).map((one, i) => [one, b[i]]);
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

export function tableOf(variants: readonly VariantFigures[]): string {
  const rows = columns.map(
    ([name]) =>
      `| ${name} | ${variants.map(({ figures, differences }) => cell(figures[name], differences?.[name])).join(' | ')} |`,
  );
  return [
    `| | ${variants.map(({ variant, seeds }) => `${variant} (${seeds})`).join(' | ')} |`,
    `|---|${variants.map(() => '---|').join('')}`,
    ...rows,
    `| largest fall of the mean total between merges | ${variants.map((one) => one.largestFall.toFixed(3)).join(' | ')} |`,
  ].join('\n');
}

function cell(figure: SeedMean | undefined, difference: SeedMean | undefined): string {
  if (figure === undefined) return 'missing';
  return difference === undefined
    ? text(figure)
    : `${text(figure)} [${difference.mean > 0 ? '+' : ''}${text(difference)}]`;
}

function text({ mean, half }: SeedMean): string {
  const digits = Math.abs(mean) >= 100 ? 0 : 3;
  return half === null ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`;
}
