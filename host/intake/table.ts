/** @file A whole table in memory, with what each of its columns holds. */
import type { Modality } from '../../engine/base/modality.ts';
import { suggestion } from '../../engine/base/nearest.ts';
import {
  isMissing,
  type NumberStyle,
  numberStyle,
  parseMeasurement,
} from '../../engine/learn/user-predictor/measurement.ts';
import { isDnaText } from '../../engine/learn/user-predictor/structures.ts';
import { headerUnit } from '../../engine/learn/user-predictor/units.ts';
import { InputError } from '../base/errors.ts';
import { sequenceColumns } from './lines.ts';
import { openTable } from './rows.ts';
import { MOL_BLOCK } from './sdf.ts';
import type { OpenTable, TableRow } from './types.ts';

type ColumnKind = 'structure' | 'dna' | 'numbers' | 'classes' | 'text' | 'empty';

export interface Column {
  readonly name: string;
  /** Of its header. */
  readonly unit: string;
  readonly kind: ColumnKind;
  /** Cells that say something. */
  readonly filled: number;
  /** Different cells, counted up to 100. */
  readonly distinct: number;
  readonly examples: readonly string[];
  readonly style: NumberStyle;
}

export interface Table {
  readonly file: string;
  readonly format: OpenTable['format'];
  readonly delimiter: OpenTable['delimiter'];
  readonly notes: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** Larger tables would not fit in memory, nor be learnt from in hours. */
const MOST_ROWS = 200_000;
const EXAMPLES = 3;
const MOST_DISTINCT = 100;
/** Share of the filled cells that must be what a column is said to hold. */
const MOSTLY = 0.8;
/** And of a column whose name says so. */
const NAMED_SHARE = 0.5;
/** A column of words with this many different ones, some more than once, is one of classes. */
const CLASSES = 2;
/** Shorter texts may be a structure by chance. */
const SHORTEST_STRUCTURE = 3;
/** Cells that are looked at to tell what a column holds. */
const SAMPLED = 500;

/** Whether a text is a structure; RDKit's answer. */
export type IsStructure = (text: string) => boolean;

export interface ReadTableOptions {
  /** Of an .xlsx file; the first where left out. */
  readonly sheet?: string;
  /** Rows to read; all where left out. */
  readonly first?: number;
}

/** @throws InputError for a file that is no table, without rows, or too large */
export async function readTable(
  file: string,
  isStructure: IsStructure,
  { sheet, first = Infinity }: ReadTableOptions = {},
): Promise<Table> {
  const { format, delimiter, notes, rows } = await openTable(file, sheet);
  const [header, ...body] = await gathered(rows, first, file);
  if (header === undefined || body.length === 0) throw new InputError(`${file} has no rows below its header.`);
  refuseHeaderless(header, isStructure, file);
  const { names, notes: renamed } = columnNames(header.cells);
  const columns = names.map((name, i) =>
    describe(
      name,
      body.map(({ cells }) => cells[i] ?? ''),
      isStructure,
    ),
  );
  return { file, format, delimiter, notes: [...notes, ...renamed], columns, rows: body };
}

async function gathered(rows: AsyncIterable<TableRow>, first: number, file: string): Promise<TableRow[]> {
  const all: TableRow[] = [];
  for await (const row of rows) {
    if (all.length > first) break;
    if (all.push(row) > MOST_ROWS + 1)
      throw new InputError(`${file} has more than ${MOST_ROWS.toLocaleString('en')} rows. Use a sample of them.`);
  }
  return all;
}

function refuseHeaderless({ cells }: TableRow, isStructure: IsStructure, file: string): void {
  const numbers = cells.filter((cell) => parseMeasurement(cell, { decimalComma: false }) !== null);
  const structures = cells.filter(
    (cell) => cell.length >= SHORTEST_STRUCTURE && (isDnaText(cell) || isStructure(cell)),
  );
  if (numbers.length > 0 && structures.length > 0)
    throw new InputError(
      `${file}:1: the first line is data ("${structures[0].slice(0, 30)}", "${numbers[0]}"). Add a line with column names above it, e.g. smiles, pIC50.`,
    );
}

/** Each name once: a second "IC50" becomes "IC50 (2)", and a column without one is called by its place. */
function columnNames(cells: readonly string[]): { names: string[]; notes: string[] } {
  const names: string[] = [];
  const notes: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const own = cell.replace(/^\uFEFF/, '').trim() || `column ${i + 1}`;
    const times = names.filter((name) => name === own || name.startsWith(`${own} (`)).length;
    names.push(names.includes(own) ? `${own} (${times + 1})` : own);
    if (names.indexOf(own) < i && names.includes(own))
      notes.push(`Two columns are called "${own}"; the one further right is "${names[i]}" here.`);
  }
  return { names, notes };
}

function describe(name: string, cells: readonly string[], isStructure: IsStructure): Column {
  const filled = cells.filter((cell) => !isMissing(cell));
  const distinct = distinctOf(filled);
  const sample = sampleOf(filled);
  const style = numberStyle(sample);
  return {
    name,
    unit: headerUnit(name).unit,
    kind: kindOf(name, sample, distinct, style, isStructure),
    filled: filled.length,
    distinct: distinct.size,
    examples: [...distinct].slice(0, EXAMPLES),
    style,
  };
}

function distinctOf(cells: readonly string[]): ReadonlySet<string> {
  const distinct = new Set<string>();
  for (const cell of cells) if (distinct.add(cell.trim()).size === MOST_DISTINCT) break;
  return distinct;
}

/** Evenly from all of them, since tables are often sorted. */
function sampleOf(cells: readonly string[]): string[] {
  const step = Math.max(1, cells.length / SAMPLED);
  return Array.from({ length: Math.min(cells.length, SAMPLED) }, (_, i) => cells[Math.floor(i * step)]);
}

function kindOf(
  name: string,
  sample: readonly string[],
  distinct: ReadonlySet<string>,
  style: NumberStyle,
  isStructure: IsStructure,
): ColumnKind {
  const most = (test: (cell: string) => boolean) => sample.filter(test).length >= MOSTLY * sample.length;
  if (sample.length === 0) return 'empty';
  if (most((cell) => parseMeasurement(cell, style) !== null)) return 'numbers';
  if (name === MOL_BLOCK && most((cell) => cell.includes('M  END'))) return 'structure';
  if (most(isDnaText)) return 'dna';
  if (!isNamed(name, 'molecule') && distinct.size === CLASSES && sample.length > CLASSES) return 'classes';
  // A column that says it holds molecules may hold many that are none: its name is believed.
  return (
    isNamed(name, 'molecule') ? sample.filter(isStructure).length >= NAMED_SHARE * sample.length : most(isStructure)
  )
    ? 'structure'
    : 'text';
}

function isNamed(name: string, modality: Modality): boolean {
  return sequenceColumns[modality].includes(name.toLowerCase());
}

/** The column of what was measured, and its modality: by its kind, and by its name where several are of one. */
export function structureColumn(
  { columns, file }: Table,
  wanted?: string,
): { readonly index: number; readonly modality: Modality } {
  const kinds = { structure: 'molecule', dna: 'dna' } as const;
  const fits = (i: number): i is number => columns[i].kind === 'structure' || columns[i].kind === 'dna';
  const answer = (index: number) => ({ index, modality: kinds[columns[index].kind as 'structure' | 'dna'] });
  if (wanted !== undefined) {
    const index = columnIndex(columns, wanted, file);
    if (!fits(index))
      throw new InputError(
        `${file}: the column "${columns[index].name}" holds neither SMILES nor DNA ("${columns[index].examples[0] ?? ''}").`,
      );
    return answer(index);
  }
  const candidates = [...columns.keys()].filter(fits);
  const best =
    candidates.find((i) => isNamed(columns[i].name, 'molecule') || isNamed(columns[i].name, 'dna')) ??
    candidates.find((i) => /smiles|sequence/i.test(columns[i].name)) ??
    candidates[0];
  if (best === undefined)
    throw new InputError(
      `${file} has no column of SMILES or DNA. Its columns: ${columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`,
    );
  return answer(best);
}

/**
 * A column by its name as it stands in the header, or without its unit, whatever the case, and without what is neither
 * letter nor digit.
 * @throws InputError naming the nearest
 */
export function columnIndex(columns: readonly Pick<Column, 'name'>[], wanted: string, file: string): number {
  const plain = (text: string) => text.trim().toLowerCase();
  const letters = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '');
  const tests = [
    (name: string) => name === wanted,
    (name: string) => plain(name) === plain(wanted),
    (name: string) => plain(headerUnit(name).name) === plain(wanted),
    (name: string) => letters(wanted) !== '' && letters(headerUnit(name).name) === letters(wanted),
  ];
  for (const test of tests) {
    const found = [...columns.keys()].filter((i) => test(columns[i].name));
    if (found.length > 1)
      throw new InputError(
        `${file}: "${wanted}" is ambiguous: ${found.map((i) => `"${columns[i].name}"`).join(' or ')}. Give the full name.`,
      );
    if (found.length === 1) return found[0];
  }
  throw new InputError(
    `${file}: there is no column "${wanted}".${suggestion(
      wanted,
      columns.map(({ name }) => name),
    )}`,
  );
}
