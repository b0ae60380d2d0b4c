/**
 * @file A plan file: designs, seeds, a grid over their settings, and a table whose columns fill a template design. All
 * problems are reported at once, each with its line.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../contract/api.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import { errorText, InputError, problemsError } from '../base/errors.ts';
import type { LineIndex } from '../design/lines.ts';
import { parseToml } from '../design/toml.ts';
import { checkPlaceName, PlaceError, type PlanValue } from './places.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const planValue = z.union([scalar, z.array(scalar)]);
/** Seeds are stored as 32-bit numbers. */
const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const MOST_SEEDS = 10_000;

const planTable = z.strictObject({
  designs: z.array(z.string()).min(1),
  seeds: z.union([z.int().min(1).max(MOST_SEEDS), z.array(seed).min(1)]).default(1),
  grid: z.record(z.string(), z.unknown()).default({}),
  table: z
    .strictObject({
      file: z.string(),
      sheet: z.string().optional(),
      name: z.string().optional(),
      columns: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});

/** One setting of the grid. */
interface GridAxis {
  /** See places.ts. */
  readonly name: string;
  readonly values: readonly PlanValue[];
  readonly line: number;
}

export interface PlanTable {
  readonly file: string;
  readonly sheet: string | undefined;
  /** Column that names the rows. */
  readonly name: string | undefined;
  /** Column -> place; undefined where the columns are named by their places. */
  readonly columns: Readonly<Record<string, string>> | undefined;
  readonly line: number;
}

export interface Plan {
  /** For messages. */
  readonly file: string;
  /** That file names are relative to. */
  readonly folder: string;
  readonly designs: readonly { readonly file: string; readonly line: number }[];
  readonly seeds: readonly number[];
  readonly grid: readonly GridAxis[];
  readonly table: PlanTable | null;
}

/** @throws InputError where it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`Cannot read ${file}: ${code === 'ENOENT' ? 'there is no such file' : errorText(error)}.`);
  }
}

/** A file of the batch: a plan where it has `designs`, else a single design. @throws InputError */
export function readPlan(file: string, seeds: readonly number[] | undefined): Plan {
  const source = readText(file);
  const { value, lines, problem } = parseToml(source);
  if (problem) throw problemsError([problem], file);
  const single = { file, folder: dirname(resolve(file)), grid: [], table: null };
  if (!isPlan(value)) return { ...single, designs: [{ file, line: 1 }], seeds: seeds ?? [1] };
  return { ...single, ...checkedPlan(value, lines, file), ...(seeds && { seeds }) };
}

/** A design has goals; whatever else says `designs`, `seeds`, `grid` or `table` is a plan. */
function isPlan(value: unknown): boolean {
  const keys = Object.keys(value as object);
  return !keys.includes('objective') && keys.some((key) => Object.hasOwn(planTable.shape, key));
}

type Checked = Pick<Plan, 'designs' | 'seeds' | 'grid' | 'table'>;

function checkedPlan(value: unknown, lines: LineIndex, file: string): Checked {
  const parsed = planTable.safeParse(value);
  if (!parsed.success)
    throw problemsError(
      parsed.error.issues.flatMap((issue) => shapeProblems(issue, lines)),
      file,
    );
  const { designs, seeds, grid, table } = parsed.data;
  const problems: Problem[] = [];
  const axes = axesOf(grid, [], lines, problems);
  for (const [column, place] of Object.entries(table?.columns ?? {}))
    problems.push(...placeProblems(place, lines.lineOf(['table', 'columns', column])));
  if (problems.length > 0) throw problemsError(problems, file);
  const folder = dirname(resolve(file));
  return {
    designs: designs.map((one) => ({ file: resolve(folder, one), line: lines.lineOf(['designs']) })),
    seeds: typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => i + 1) : seeds,
    grid: axes,
    table: table
      ? {
          file: resolve(folder, table.file),
          sheet: table.sheet,
          name: table.name,
          columns: table.columns,
          line: lines.lineOf(['table', 'file']),
        }
      : null,
  };
}

/** A name with dots may be one quoted key, or a key in a table of a table. */
function axesOf(
  grid: Readonly<Record<string, unknown>>,
  above: readonly string[],
  lines: LineIndex,
  problems: Problem[],
): GridAxis[] {
  return Object.entries(grid).flatMap(([key, values]): GridAxis[] => {
    const path = [...above, key];
    if (isTable(values)) return axesOf(values, path, lines, problems);
    const [name, line] = [path.join('.'), lines.lineOf(['grid', ...path])];
    const found = [...placeProblems(name, line), ...valuesProblems(name, values, line)];
    problems.push(...found);
    return found.length > 0 ? [] : [{ name, values: values as PlanValue[], line }];
  });
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placeProblems(name: string, line: number): Problem[] {
  try {
    checkPlaceName(name);
    return [];
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    return [{ path: name, line, message: error.message }];
  }
}

function valuesProblems(name: string, values: unknown, line: number): Problem[] {
  const at = (message: string): Problem[] => [{ path: `grid.${name}`, line, message }];
  if (!Array.isArray(values)) return at(`The grid needs a list of values for "${name}", such as [1, 4, 16].`);
  if (values.length === 0) return at(`The list of "${name}" in the grid is empty. Give values, or remove the line.`);
  const odd = values.findIndex((one) => !planValue.safeParse(one).success);
  if (odd >= 0)
    return at(
      `Value ${odd + 1} of "${name}" in the grid is neither a text, a number, true or false, nor a list of them.`,
    );
  const twice = values.findIndex((one, i) =>
    values.some((other, j) => j < i && JSON.stringify(other) === JSON.stringify(one)),
  );
  return twice < 0 ? [] : at(`"${name}" in the grid has the value ${JSON.stringify(values[twice])} twice.`);
}

function shapeProblems(issue: z.core.$ZodIssue, lines: LineIndex): Problem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, lines));
  const name = path.join('.');
  return [{ path: name, line: lines.lineOf(path), message: shapeMessage(String(path[0]), name) }];
}

function unknownKey(path: readonly (string | number)[], key: string, lines: LineIndex): Problem {
  const choices = Object.keys(path[0] === 'table' ? planTable.shape.table.unwrap().shape : planTable.shape);
  const where = path[0] === 'table' ? ' in [table]' : ' in a plan';
  return {
    path: [...path, key].join('.'),
    line: lines.lineOf([...path, key]),
    message: `Unknown key "${key}"${where}.${didYouMean(key, choices)} Valid keys: ${choices.join(', ')}.`,
  };
}

const EXPECTED: Readonly<Record<string, string>> = {
  designs: 'A plan needs designs = ["FILE.toml", ...] with at least one design file.',
  seeds: `"seeds" must be a number of seeds from 1 to ${MOST_SEEDS}, or a list of seeds such as [1, 2, 3].`,
  grid: '[grid] must be a table of lists, such as "run.merge_every" = [1, 4, 16].',
};

function shapeMessage(head: string, name: string): string {
  return EXPECTED[head] ?? (name === 'table' ? '"table" must be a table with a file.' : `"${name}" must be a text.`);
}
