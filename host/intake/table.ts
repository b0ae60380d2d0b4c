/** @file A whole table in memory, with what each of its columns holds. */
import type { Modality } from '../../engine/base/modality.ts';
import {
  isMissing,
  type NumberStyle,
  numberStyle,
  parseMeasurement,
} from '../../engine/learn/user-predictor/measurement.ts';
import { isDnaText } from '../../engine/learn/user-predictor/structures.ts';
import { sameClass } from '../../engine/learn/user-predictor/task.ts';
import { headerUnit } from '../../engine/learn/user-predictor/units.ts';
import { InputError } from '../base/errors.ts';
import { choiceNotes, columnIndex, isSequenceColumn, namedSequenceColumn, sequenceColumns } from './column-names.ts';
import { refuseLong } from './layout.ts';
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
  /** Column of the structures, if the user named it. */
  readonly structure?: string;
  /** Of an .xlsx file; the first where left out. */
  readonly sheet?: string;
  /** Rows to read; all where left out. */
  readonly first?: number;
}

/** @throws InputError for a file that is no table, without rows, or too large */
export async function readTable(
  file: string,
  isStructure: IsStructure,
  { sheet, structure, first = Infinity }: ReadTableOptions = {},
): Promise<Table> {
  const isSequence = (cell: string) => cell.length >= SHORTEST_STRUCTURE && (isDnaText(cell) || isStructure(cell));
  const { format, delimiter, notes, rows } = await openTable(file, { sheet, structure, isSequence });
  const [header, ...body] = await gathered(rows, first, file);
  if (header === undefined || body.length === 0) throw new InputError(`${file} has no rows below its header.`);
  refuseHeaderless(header, isStructure, file);
  refuseSecondHeader(header, body, file);
  if (delimiter !== ' ')
    for (const { line, cells } of body) refuseLong(cells, header.cells, delimiter, `${file}:${line}`);
  const { names, notes: renamed } = columnNames(header.cells);
  const columns = names.map((name, i) =>
    describe(
      name,
      body.map(({ cells }) => cells[i] ?? ''),
      isStructure,
    ),
  );
  const about = { file, columns };
  const choice = structure === undefined ? choiceOf(about) : [];
  return { ...about, format, delimiter, notes: [...notes, ...renamed, ...choice], rows: body };
}

function choiceOf(about: Pick<Table, 'file' | 'columns'>): string[] {
  const { columns } = about;
  if (!columns.some(({ kind }) => kind === 'structure' || kind === 'dna')) return [];
  const { index, modality } = structureColumn(about);
  return choiceNotes(
    columns.map(({ name }) => name),
    index,
    modality,
  );
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

function refuseHeaderless({ cells, line }: TableRow, isStructure: IsStructure, file: string): void {
  const numbers = cells.filter((cell) => parseMeasurement(cell, { decimalComma: false }) !== null);
  const structures = cells.filter(
    (cell) => cell.length >= SHORTEST_STRUCTURE && (isDnaText(cell) || isStructure(cell)),
  );
  if (numbers.length > 0 && structures.length > 0)
    throw new InputError(
      `${file}:${line}: the first line is data ("${structures[0].slice(0, 30)}", "${numbers[0]}"). Add a line with column names above it, e.g. smiles, pIC50.`,
    );
}

/** Names and units in two rows would leave the second among the values. */
function refuseSecondHeader({ cells: header }: TableRow, [second, ...rest]: readonly TableRow[], file: string): void {
  const column = Math.max(namedSequenceColumn(header, 'molecule'), namedSequenceColumn(header, 'dna'));
  if (column < 0 || rest.length === 0) return;
  const words = second.cells.filter((cell, i) => i !== column && cell.trim() !== '');
  const isHeader =
    (second.cells[column] ?? '').trim() === '' &&
    words.length > 0 &&
    words.every((cell) => !isMissing(cell) && parseMeasurement(cell, { decimalComma: false }) === null) &&
    rest.every(({ cells }) => (cells[column] ?? '').trim() !== '');
  if (isHeader)
    throw new InputError(
      `${file}:${second.line}: this row looks like a second line of the header ("${words.slice(0, 3).join('", "')}"). Write each name with its unit into one cell, such as "IC50 (nM)", and remove the second row.`,
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
  if (!isNamed(name, 'molecule') && new Set([...distinct].map(sameClass)).size === CLASSES && sample.length > CLASSES)
    return 'classes';
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
  { columns, file }: Pick<Table, 'file' | 'columns'>,
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
    candidates.find((i) => isSequenceColumn(columns[i].name, 'molecule') || isSequenceColumn(columns[i].name, 'dna')) ??
    candidates[0];
  if (best === undefined)
    throw new InputError(
      `${file} has no column of SMILES or DNA. Its columns: ${columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`,
    );
  return answer(best);
}
