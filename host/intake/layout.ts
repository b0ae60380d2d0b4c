/**
 * @file Where the sequences of a table or a list are: how its cells are separated, which line is the header, what
 * stands above it, and which columns hold sequences and names.
 */
import type { Modality } from '../../engine/base/modality.ts';
import { InputError } from '../base/errors.ts';
import { choiceNotes, columnIndex, nameColumn, namedSequenceColumn, noSequenceColumn } from './column-names.ts';
import { cellsOf, type Delimiter, delimiterOf, saidDelimiter, tried } from './delimiter.ts';

export interface Wanted {
  readonly modality: Modality;
  /** Name of the column of the sequences; detected if omitted. */
  readonly structure?: string;
  /** Whether a cell is a sequence of the modality; RDKit's answer for molecules. */
  readonly isSequence: (cell: string) => boolean;
}

/** What separates the cells, and where the first row is. */
export interface Start {
  readonly delimiter: Delimiter;
  /** Lines above the header, or above the first row where there is none. */
  readonly above: number;
  readonly notes: readonly string[];
}

export interface Layout {
  /** Names of the columns; null where the first row is data. */
  readonly header: readonly string[] | null;
  readonly column: number;
  readonly name: number | null;
  readonly notes: readonly string[];
}

/** Lines and rows that are looked at. */
export const LOOKED_AT = 60;
/** A header further down is none. */
const FURTHEST_HEADER = 20;
/** Share of a column's cells that must be sequences. */
const MOSTLY = 0.8;
/** Shorter texts may be a structure by chance. */
const SHORTEST = 3;

/**
 * Where a table of text begins: below comments, "sep=" lines and titles.
 * @param lines first lines of the file
 */
export function startOf(lines: readonly string[], wanted: Wanted): Start {
  const first = firstRow(lines, wanted);
  const said = lines
    .slice(0, first)
    .map(saidDelimiter)
    .find((delimiter) => delimiter !== null);
  const header = headerIn(lines, first, said, wanted);
  const above = header?.line ?? first;
  const delimiter = said ?? header?.delimiter ?? delimiterOf(lines.slice(first));
  return { delimiter, above, notes: aboveNote(lines.slice(0, above).filter((line) => saidDelimiter(line) === null)) };
}

function aboveNote(lines: readonly string[]): string[] {
  const some = lines.filter((line) => line.trim() !== '');
  if (some.length === 0) return [];
  const text = some[0].trim();
  return [
    `${some.length === 1 ? 'A line' : `${some.length} lines`} above the header ${some.length === 1 ? 'is' : 'are'} left out: "${text.length > 40 ? `${text.slice(0, 37)}...` : text}"${some.length > 1 ? ' ...' : ''}.`,
  ];
}

/** Index of the first line that is neither empty nor a comment nor "sep="; a header may begin with "#". */
function firstRow(lines: readonly string[], wanted: Wanted): number {
  const index = lines.findIndex(
    (line) =>
      line.trim() !== '' && saidDelimiter(line) === null && (!line.startsWith('#') || hasNamedColumn(line, wanted)),
  );
  return index < 0 ? 0 : index;
}

function hasNamedColumn(line: string, wanted: Wanted): boolean {
  return tried.some((delimiter) => isHeader(cellsOf(line, delimiter), wanted));
}

function isHeader(cells: readonly string[], { modality, structure }: Wanted): boolean {
  if (structure === undefined) return namedSequenceColumn(cells, modality) >= 0;
  return cells.some((cell) => cell.trim().toLowerCase() === structure.trim().toLowerCase());
}

/** The first line with a cell that names the sequences, unless sequences stand above it. */
function headerIn(
  lines: readonly string[],
  first: number,
  said: Delimiter | undefined,
  wanted: Wanted,
): { readonly line: number; readonly delimiter: Delimiter } | null {
  const last = Math.min(lines.length, first + FURTHEST_HEADER);
  for (let line = first; line < last; line++) {
    const delimiter = headerDelimiter(lines[line], lines.slice(line), said, wanted);
    if (delimiter === null) continue;
    const above = lines.slice(first, line).flatMap((one) => cellsOf(one, delimiter));
    return above.some((cell) => isSequenceCell(cell, wanted)) ? null : { line, delimiter };
  }
  return null;
}

/** The mark by which a line has a cell that names the sequences, in the most parts. */
function headerDelimiter(
  line: string,
  below: readonly string[],
  said: Delimiter | undefined,
  wanted: Wanted,
): Delimiter | null {
  if (said !== undefined) return isHeader(cellsOf(line, said), wanted) ? said : null;
  const parted = tried
    .filter((delimiter) => delimiter !== ' ')
    .map((delimiter) => ({ delimiter, cells: cellsOf(line, delimiter) }))
    .filter(({ cells }) => cells.length > 1);
  const [best] = parted.filter(({ cells }) => isHeader(cells, wanted)).sort((a, b) => b.cells.length - a.cells.length);
  if (best !== undefined) return best.delimiter;
  if (parted.length > 0) return null;
  const words = cellsOf(line, ' ');
  // "Canonical SMILES" may be one name; the rows below tell.
  const isOne = isHeader([line], wanted) && (words.length === 1 || cellsOf(below[1] ?? '', ' ').length < words.length);
  if (isOne) return delimiterOf(below);
  return isHeader(words, wanted) ? ' ' : null;
}

const isSequenceCell = (cell: string, { isSequence }: Wanted): boolean =>
  cell.trim().length >= SHORTEST && isSequence(cell);

/**
 * Which columns hold what.
 * @param rows the first rows, from the header on @param line of the first row
 * @throws InputError if no column holds sequences
 */
export function layoutOf(rows: readonly (readonly string[])[], wanted: Wanted, file: string, line: number): Layout {
  const [first = [], ...body] = rows;
  const names = first.map((name) => name.replace(/^[\uFEFF#\s]+/, '').trim());
  if (wanted.structure !== undefined) {
    const column = columnIndex(
      names.map((name) => ({ name })),
      wanted.structure,
      `${file}:${line}`,
    );
    return { header: names, column, name: nameColumn(names, column), notes: [] };
  }
  const named = namedSequenceColumn(names, wanted.modality);
  if (named >= 0)
    return {
      header: names,
      column: named,
      name: nameColumn(names, named),
      notes: choiceNotes(names, named, wanted.modality),
    };
  const isData = first.some((cell) => isSequenceCell(cell, wanted));
  const column = columnByContent(isData ? rows : body, wanted);
  if (column === null) throw noSequenceColumn(names, file, line, wanted.modality);
  if (isData) return { header: null, column, name: onlyOther(first, column), notes: [headless(column)] };
  return {
    header: names,
    column,
    name: nameColumn(names, column),
    notes: [
      `The ${wanted.modality === 'dna' ? 'sequences' : 'structures'} are those of the column "${names[column]}".`,
    ],
  };
}

const headless = (column: number): string => `The file has no header. Column ${column + 1} is read.`;

/** The column beside the sequences, where a table of two has no header. */
function onlyOther(cells: readonly string[], column: number): number | null {
  return cells.length === 2 ? 1 - column : null;
}

/** The first column of which most cells are sequences. */
export function columnByContent(rows: readonly (readonly string[])[], wanted: Wanted): number | null {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  for (let column = 0; column < width; column++) {
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
    const long = cells.filter((cell) => cell.length >= SHORTEST);
    const fits = long.filter((cell) => wanted.isSequence(cell)).length;
    if (long.length > 0 && fits >= MOSTLY * long.length && long.length >= MOSTLY * cells.length) return column;
  }
  return null;
}

/** Refuses a row with more cells than the header, which would be read with its cells shifted. */
export function refuseLong(
  cells: readonly string[],
  header: readonly string[],
  delimiter: Delimiter | null,
  place: string,
): void {
  if (cells.length <= header.length || cells.slice(header.length).every((cell) => cell.trim() === '')) return;
  const isDecimal =
    delimiter === ',' && cells.some((cell, i) => /^-?\d+$/.test(cell) && /^\d+$/.test(cells[i + 1] ?? ''));
  const cause = isDecimal
    ? 'A decimal comma is the likely cause: separate the cells by semicolons or tabs, or write decimal points.'
    : 'Put a cell that holds the separator into double quotes.';
  throw new InputError(
    `${place}: the row has ${cells.length} cells, and the header has ${header.length}: "${cells.join(delimiter ?? ' ').slice(0, 60)}". ${cause}`,
  );
}
