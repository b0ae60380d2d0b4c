/**
 * @file The designs of a batch, complete and checked: each design file with each row of the table and each point of the
 * grid.
 */
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '../../contract/api.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { errorText, InputError, problemLine, problemsError } from '../base/errors.ts';
import { type CheckContext, checkDesign } from '../design/check.ts';
import { checkContext } from '../design/design-file.ts';
import type { LineIndex } from '../design/lines.ts';
import { isFile } from '../design/reference-file.ts';
import type { ResolvedDesign } from '../design/resolved.ts';
import { designToml, parseToml } from '../design/toml.ts';
import { type DesignValue, PlaceError, placeIn, type PlanValue, withValue } from './places.ts';
import { type Plan, readText } from './plan-file.ts';
import { type PlanRow, readRows } from './rows.ts';

/** A design that runs with each seed. */
export interface Variant {
  readonly name: string;
  /** The design file, or what the interface would save of the varied design. */
  readonly source: string;
  readonly resolved: ResolvedDesign;
  /** What differs from the design file, by its place (see places.ts). */
  readonly varied: Readonly<Record<string, PlanValue>>;
  /** Where it stands, for messages. */
  readonly from: string;
}

export interface Variants {
  readonly variants: readonly Variant[];
  /** Rows of the table that cannot run, each with its place; the others can. */
  readonly badRows: readonly string[];
  /** Notes for the user, each with its place. */
  readonly notes: readonly string[];
}

/** @throws InputError with every problem of the designs and the grid, each with its place */
export async function variantsOf(plan: Plan, chemistry: MoleculeContext): Promise<Variants> {
  const rows = plan.table === null ? [] : await readRows(plan.table);
  const collected = new Collected();
  for (const { file } of plan.designs) {
    const source = readText(file);
    const { value, lines, problem } = parseToml(source);
    if (problem) throw problemsError([problem], file);
    const design: DesignFile = { file, source, value: value as DesignValue, lines };
    const context = checkContext(chemistry, dirname(resolve(file)));
    for (const row of plan.table === null ? [null] : rows)
      for (const point of pointsOf(plan)) collected.add(made({ plan, design, row, point, context }));
  }
  return collected.variants();
}

interface DesignFile {
  readonly file: string;
  readonly source: string;
  readonly value: DesignValue;
  readonly lines: LineIndex;
}

interface Making {
  readonly plan: Plan;
  readonly design: DesignFile;
  readonly row: PlanRow | null;
  /** A point of the grid. */
  readonly point: Readonly<Record<string, PlanValue>>;
  readonly context: CheckContext;
}

type Made =
  | { readonly variant: Variant; readonly notes: readonly string[] }
  | { readonly variant: null; readonly problems: readonly string[]; readonly ofRow: boolean };

class Collected {
  readonly #variants: Variant[] = [];
  readonly #problems = new Set<string>();
  readonly #badRows = new Set<string>();
  readonly #notes = new Set<string>();

  add(made: Made): void {
    if (made.variant === null)
      for (const problem of made.problems) (made.ofRow ? this.#badRows : this.#problems).add(problem);
    else {
      this.#variants.push(made.variant);
      for (const note of made.notes) this.#notes.add(note);
    }
  }

  variants(): Variants {
    const problems = this.#variants.length === 0 ? [...this.#problems, ...this.#badRows] : [...this.#problems];
    if (problems.length > 0) throw new InputError(problems.join('\n'));
    return { variants: this.#variants, badRows: [...this.#badRows], notes: [...this.#notes] };
  }
}

/** Every combination of the grid's values, the last one varying fastest; one empty point without a grid. */
function pointsOf({ grid }: Plan): Readonly<Record<string, PlanValue>>[] {
  return grid.reduce<Readonly<Record<string, PlanValue>>[]>(
    (points, { name, values }) => points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

function made(making: Making): Made {
  const { plan, design, row, point, context } = making;
  const varied = { ...row?.values, ...point };
  try {
    const { value, places } = filled(design.value, varied, plan, row);
    const named = row?.name ? { ...value, name: `${String(value.name)} ${row.name}` } : value;
    const checked = checkDesign(named, context);
    if (checked.design === null || checked.resolved === null)
      return refused(checked.problems.map((one) => located(one, places, making)));
    const source = row === null && Object.keys(point).length === 0 ? design.source : designToml(checked.design);
    const { name } = checked.design;
    const variant = { name, source, resolved: checked.resolved, varied, from: fromOf(making) };
    return { variant, notes: checked.notes.map((one) => located(one, places, making).text) };
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    const ofRow = row !== null;
    return { variant: null, problems: [`${row?.place ?? plan.file}: ${design.file}: ${errorText(error)}`], ofRow };
  }
}

const refused = (problems: readonly Located[]): Made => ({
  variant: null,
  problems: problems.map(({ text }) => text),
  ofRow: problems.every(({ ofRow }) => ofRow),
});

/** Where each value came from, by its path in the design. */
type Places = ReadonlyMap<string, { readonly name: string; readonly place: string; readonly ofRow: boolean }>;

function filled(
  design: DesignValue,
  varied: Readonly<Record<string, PlanValue>>,
  plan: Plan,
  row: PlanRow | null,
): { value: DesignValue; places: Places } {
  const places = new Map<string, { name: string; place: string; ofRow: boolean }>();
  let value = design;
  for (const [name, given] of Object.entries(varied)) {
    const path = placeIn(value, name);
    const axis = plan.grid.find((one) => one.name === name);
    const ofRow = axis === undefined && row !== null;
    const place = axis === undefined ? (row?.place ?? plan.file) : `${plan.file}:${axis.line}`;
    places.set(path.join('.'), { name, place, ofRow });
    value = withValue(value, path, besidePlan(given, ofRow ? dirname(plan.table!.file) : plan.folder));
  }
  return { value, places };
}

/** A file beside the plan or the table is named by its whole path, since a design looks beside itself. */
function besidePlan(value: PlanValue, folder: string): PlanValue {
  return typeof value === 'string' && value !== '' && isFile(join(folder, value)) ? join(folder, value) : value;
}

interface Located {
  readonly text: string;
  readonly ofRow: boolean;
}

/** With the place of the plan or the table where the value came from there, else with the line of the design. */
function located(problem: Problem, places: Places, { design, row, point }: Making): Located {
  const own = places.get(problem.path);
  if (own !== undefined) return { text: problemLine({ ...problem, line: undefined }, own.place), ofRow: own.ofRow };
  const path = problem.path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const text = problemLine({ ...problem, line: design.lines.lineOf(path) }, design.file);
  const values = Object.entries(point).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const within = [...(row === null ? [] : [row.place]), ...values].join(', ');
  // A row may spoil what another key says, such as a limit whose bounds are crossed.
  return { text: within === '' ? text : `${text} (with ${within})`, ofRow: row !== null };
}

function fromOf({ design, row, point }: Making): string {
  const values = Object.entries(point).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [design.file, ...(row === null ? [] : [row.place]), ...values].join(', ');
}
