/**
 * @file Decides what is learnt from a column: amounts or two classes, the unit and the scale, from its cells and the
 * user's options.
 */
import { type Bound, isMissing, type NumberStyle, parseMeasurement, positiveClass } from './measurement.ts';
import {
  headerUnit,
  learntQuantity,
  molarity,
  suggestedTransform,
  transformed,
  type TransformId,
  usualUnit,
} from './units.ts';

/** Longer units are pasted by mistake and would appear in every table and plot. */
const LONGEST_UNIT = 40;

export const taskKinds = ['regression', 'classification'] as const;
export type TaskKind = (typeof taskKinds)[number];

export interface Task {
  readonly kind: TaskKind;
  /** Header of the column. */
  readonly column: string;
  /** Name of the predicted quantity and its unit; '' without a unit. */
  readonly name: string;
  readonly unit: string;
  /** Unit of the column; '' without one. */
  readonly measuredUnit: string;
  readonly transform: TransformId;
  /** For two classes: the one whose probability is predicted, and the other. */
  readonly classes: { readonly positive: string; readonly negative: string } | null;
  readonly style: NumberStyle;
}

/** The user's options, which replace what is detected. */
export interface TaskOptions {
  readonly kind?: TaskKind;
  readonly transform?: TransformId;
  readonly unit?: string;
  readonly positive?: string;
}

/** A column that cannot be learnt, or an option that does not apply to it. */
export class TaskError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TaskError';
  }
}

export interface ValueColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly style: NumberStyle;
}

/** @returns the task, and notes on what was decided without the user @throws TaskError */
export function decideTask(
  column: ValueColumn,
  options: TaskOptions,
): { readonly task: Task; readonly notes: readonly string[] } {
  const filled = column.cells.filter((cell) => !isMissing(cell));
  if (filled.length === 0) throw new TaskError(`The column "${column.name}" is empty.`);
  const distinct = new Map<string, string>();
  for (const cell of filled) {
    if (!distinct.has(sameClass(cell))) distinct.set(sameClass(cell), cell.trim());
    if (distinct.size > 2) break;
  }
  const kind = options.kind ?? (distinct.size === 2 ? 'classification' : 'regression');
  if (distinct.size === 1)
    throw new TaskError(
      `The column "${column.name}" has the same value "${filled[0].trim()}" in every row, so there is nothing to learn.`,
    );
  return kind === 'classification'
    ? classes(column, [...distinct.values()], options)
    : amounts(column, filled, options);
}

/** What is the same for cells of one class: "Active" and "active", "1" and "1.0". */
export function sameClass(cell: string): string {
  const text = cell.trim().toLowerCase();
  return /^[+-]?\d+(\.\d*)?$/.test(text) ? String(Number(text)) : text;
}

function classes(
  { name, style }: ValueColumn,
  values: readonly string[],
  { positive: wanted, transform, unit }: TaskOptions,
): ReturnType<typeof decideTask> {
  if (values.length !== 2)
    throw new TaskError(
      `The column "${name}" has more than two different values ("${values.slice(0, 3).join('", "')}"); classification needs exactly two classes.`,
    );
  if (transform !== undefined && transform !== 'none')
    throw new TaskError(
      `A transform is only for amounts; the column "${name}" has two classes, "${values.join('" and "')}".`,
    );
  if (unit !== undefined)
    throw new TaskError(
      `A unit is only for amounts; the column "${name}" has two classes, "${values.join('" and "')}".`,
    );
  const positive =
    wanted === undefined
      ? positiveClass(values[0], values[1])
      : (values.find((value) => sameClass(value) === sameClass(wanted)) ?? null);
  if (positive === null)
    throw new TaskError(
      `The column "${name}" has the classes "${values.join('" and "')}"; choose the one whose probability to predict${wanted === undefined ? '' : ` ("${wanted}" is neither)`}.`,
    );
  const negative = values.find((value) => value !== positive)!;
  const task: Task = {
    kind: 'classification',
    column: name,
    name: `${headerUnit(name).name} is ${positive}`,
    unit: '',
    measuredUnit: '',
    transform: 'none',
    classes: { positive, negative },
    style,
  };
  return {
    task,
    notes: [
      `"${name}" has two values, "${positive}" and "${negative}". The model will learn the probability of "${positive}".`,
    ],
  };
}

function amounts(
  { name, style }: ValueColumn,
  filled: readonly string[],
  options: TaskOptions,
): ReturnType<typeof decideTask> {
  if (options.positive !== undefined)
    throw new TaskError(`The column "${name}" has amounts, not two classes, so there is no positive class.`);
  const read = filled.map((cell) => parseMeasurement(cell, style)).filter((one) => one !== null);
  if (read.length === 0)
    throw new TaskError(
      `The column "${name}" has no numbers ("${filled[0].slice(0, 40)}") and more than two different texts.`,
    );
  const header = headerUnit(name);
  const said = options.unit?.trim().length ?? 0;
  if (said > LONGEST_UNIT)
    throw new TaskError(
      `The unit has ${said.toLocaleString('en')} characters; use one of at most ${LONGEST_UNIT}, such as nM.`,
    );
  const unit = options.unit === undefined ? header.unit || commonUnit(read) : usualUnit(options.unit);
  const values = read.map((one) => inUnit(one.value, one.unit, unit)).filter((value) => value !== null);
  const suggested = suggestedTransform(values, { name: header.name, unit });
  const transform = options.transform ?? suggested.transform;
  if (transform === 'p' && molarity(unit) === null)
    throw new TaskError(
      `-log10 of "${name}" in mol/L needs its unit, e.g. nM${unit === '' ? '' : `; "${unit}" is not a known unit of concentration`}.`,
    );
  const task: Task = {
    kind: 'regression',
    column: name,
    ...learntQuantity({ name: header.name, unit }, transform),
    measuredUnit: unit,
    transform,
    classes: null,
    style,
  };
  const suggestion = options.transform === undefined && suggested.note !== '' ? [suggested.note] : [];
  return { task, notes: [...conversionNotes(read, unit), ...suggestion] };
}

/** Says which cells have another unit than the column. */
function conversionNotes(read: readonly { readonly unit: string }[], unit: string): string[] {
  const others = new Set(read.map((one) => usualUnit(one.unit)).filter((own) => inUnit(1, own, unit) !== null));
  others.delete('');
  others.delete(unit);
  return others.size === 0 ? [] : [`Cells in ${[...others].join(', ')} are converted to ${unit}.`];
}

/** The unit of most cells; '' if they have none. */
function commonUnit(read: readonly { readonly unit: string }[]): string {
  const counts = new Map<string, number>();
  for (const { unit } of read) counts.set(usualUnit(unit), (counts.get(usualUnit(unit)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

/** A value in the column's unit; null if its own unit cannot be converted. */
function inUnit(value: number, own: string, unit: string): number | null {
  const cell = usualUnit(own);
  if (cell === '' || cell === unit) return value;
  const [from, to] = [molarity(cell), molarity(unit)];
  return from === null || to === null ? null : (value * from) / to;
}

/** The value of a row as it is learnt: 1 or 0 for two classes. */
export interface LearntValue {
  readonly value: number;
  readonly bound: Bound;
  readonly approximate: boolean;
}

const OPPOSITE: Readonly<Record<Bound, Bound>> = { exact: 'exact', above: 'below', below: 'above' };

/** @returns a text that says what is wrong with the cell if it has no value */
export function readValue(cell: string, task: Task): LearntValue | string {
  return task.classes === null ? readAmount(cell, task) : readClass(cell, task.classes);
}

function readClass(cell: string, { positive, negative }: NonNullable<Task['classes']>): LearntValue | string {
  const value = [negative, positive].findIndex((one) => sameClass(one) === sameClass(cell));
  return value < 0
    ? `"${cell.trim().slice(0, 40)}" is neither "${positive}" nor "${negative}"`
    : { value, bound: 'exact', approximate: false };
}

function readAmount(cell: string, { transform, measuredUnit, style }: Task): LearntValue | string {
  const read = parseMeasurement(cell, style);
  if (read === null) return `"${cell.trim().slice(0, 40)}" is not a number`;
  const value = inUnit(read.value, read.unit, measuredUnit);
  if (value === null)
    return `"${cell.trim().slice(0, 40)}" has another unit than ${measuredUnit === '' ? 'the column' : measuredUnit}`;
  if (transform !== 'none' && value <= 0) return `${value} has no logarithm`;
  return {
    value: transformed(value, transform, measuredUnit),
    bound: transform === 'p' ? OPPOSITE[read.bound] : read.bound,
    approximate: read.approximate,
  };
}
