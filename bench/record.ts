/**
 * @file Stores the figures of a benchmark as JSON: `npm run bench -- NAME [ARGUMENTS] --out docs/results/FILE.json`.
 * `npm run docs` makes docs/results.md from these files; scripts/lib/docs/results-page.mjs describes their form.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';

interface Figure {
  readonly value?: number | string;
  readonly mean?: number;
  /** Half the width of an interval around the mean. */
  readonly interval?: number;
  readonly digits?: number;
  readonly unit?: string;
}

type Cell = number | string | null | Figure;

interface Table {
  /** One more than the cells of a row: the column of the labels. */
  readonly columns: readonly { readonly label: string; readonly digits?: number; readonly unit?: string }[];
  readonly rows: readonly { readonly label: string; readonly digits?: number; readonly cells: readonly Cell[] }[];
}

interface Measured {
  readonly seeds: string;
  readonly conditions: string;
  readonly units: string;
  readonly figures?: Readonly<Record<string, Cell>>;
  readonly tables?: Readonly<Record<string, Table>>;
}

/** Figures and tables of the file that a later run did not measure again. */
interface Earlier {
  readonly date: string;
  readonly conditions: string;
  readonly names: readonly string[];
}

export interface FigureSet extends Measured {
  readonly command: string;
  readonly date: string;
  readonly machine: string;
  readonly earlier?: readonly Earlier[];
}

const [given, out] = split(process.argv.slice(2));

/** The arguments of the benchmark, without `--out FILE`. */
export const words = given;

function split(all: readonly string[]): [words: readonly string[], out: string | null] {
  const at = all.indexOf('--out');
  if (at < 0) return [all, null];
  if (all[at + 1] === undefined) throw new Error('Name a file after --out, such as docs/results/scaffolds.json.');
  return [[...all.slice(0, at), ...all.slice(at + 2)], all[at + 1]];
}

/** Writes the file after `--out`, if there is one. Figures of the file that were not measured now stay as they are. */
export function record(bench: string, measured: Measured): void {
  if (out === null) return;
  const now = {
    command: `\`${['npm run bench --', bench, ...given].join(' ')}\``,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    ...measured,
    conditions: `${measured.conditions} The load of the machine at the end was ${loadavg()[0].toFixed(1)}.`,
  };
  const before = existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as FigureSet) : null;
  const merged = mergedSet(before, now);
  writeFileSync(out, `${JSON.stringify(merged, null, 2)}\n`);
  const kept = (merged.earlier ?? []).flatMap(({ names }) => names);
  console.error(`Wrote ${path.relative(process.cwd(), out)}.${kept.length > 0 ? ` Kept: ${kept.join(', ')}.` : ''}`);
}

/** Says that the file after `--out`, if there is one, is not written, because a peer is missing. */
export function recordNothing(): void {
  if (out !== null) throw new Error(`${out} was not written, because a peer of the benchmark is missing.`);
}

function machine(): string {
  const all = cpus();
  return `${all.length} cores of ${all[0]?.model.trim() ?? 'an unknown processor'}, Node ${process.versions.node.split('.')[0]}`;
}

/** The new figures in place of the old ones of the same name. `earlier` names the rest with its date and conditions. */
export function mergedSet(before: FigureSet | null, now: FigureSet): FigureSet {
  if (before === null) return now;
  const fresh = new Set(namesOf(now));
  const known = (before.earlier ?? []).map((one) => ({
    ...one,
    names: one.names.filter((name) => !fresh.has(name)),
  }));
  const named = new Set(known.flatMap(({ names }) => names));
  const { date, conditions } = before;
  const rest = { date, conditions, names: namesOf(before).filter((name) => !fresh.has(name) && !named.has(name)) };
  const earlier = [...known, rest].filter(({ names }) => names.length > 0);
  return {
    ...now,
    figures: { ...before.figures, ...now.figures },
    tables: { ...before.tables, ...now.tables },
    ...(earlier.length > 0 && { earlier }),
  };
}

function namesOf({ figures = {}, tables = {} }: Measured): string[] {
  return [...Object.keys(figures), ...Object.keys(tables)];
}

/** With this many digits after the point. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
