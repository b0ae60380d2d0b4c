/**
 * Tables as a user has them: text with commas, semicolons, tabs or bars (also
 * gzipped, in UTF-8, UTF-16 or Windows-1252), Excel's .xlsx, and SDF. All become
 * rows of texts with their place in the file; nothing in a file is executed.
 */
import { InputError } from '../base/errors.ts';
import { isSequenceColumn, plainName } from './column-names.ts';
import { endingOf } from './content.ts';
import { delimitedRows } from './delimited.ts';
import { startOf, type Wanted } from './layout.ts';
import { sdfRows } from './sdf.ts';
import { headLines, linesOf, openSource, type TextSource, unreadable } from './source.ts';
import type { OpenTable, TableRow } from './types.ts';
import { sheetRows } from './xlsx.ts';

/** What the place of a row is called in messages. */
export const placeWord = (format: OpenTable['format']): string =>
  format === 'sdf' ? 'record' : format === 'xlsx' ? 'row' : 'line';

export interface TableWanted {
  readonly sheet?: string;
  /** Name of the column of the structures, if it is known: its row is the header. */
  readonly structure?: string;
  /** Whether a cell is a structure or DNA. */
  readonly isSequence: (cell: string) => boolean;
}

/**
 * @param wanted the sheet of an .xlsx file, the first where left out
 * @throws InputError where there is no such file, or it is no table
 */
export async function openTable(file: string, wanted: TableWanted): Promise<OpenTable> {
  if (wanted.sheet !== undefined && endingOf(file) !== 'xlsx')
    throw new InputError(`${file} has no sheets. Only .xlsx files have sheets.`);
  const source = await openSource(file);
  if (source.content === 'xlsx') return openSheet(source.bytes, file, wanted);
  if (source.content === 'rows') return openDelimited(source, file, wanted);
  if (source.content === 'sdf')
    return {
      format: 'sdf',
      delimiter: null,
      notes: source.notes(),
      rows: named(sdfRows(linesOf(source.chunks)), file),
    };
  const what = source.content === 'snapgene' ? 'a SnapGene file' : source.content;
  throw new InputError(
    `${file} is ${what}: it contains only sequences. Give a table of measurements as CSV, TSV or XLSX.`,
  );
}

async function openSheet(bytes: Uint8Array, file: string, wanted: TableWanted): Promise<OpenTable> {
  const isHeader = (cells: readonly string[]) => isHeaderRow(cells, wanted);
  const { rows, notes } = await sheetRows(bytes, file, wanted.sheet, isHeader);
  const first = rows.findIndex(({ cells }) => isHeader(cells));
  const isBelow = first > 0 && !rows.slice(0, first).some(({ cells }) => cells.some(wanted.isSequence));
  const above = isBelow
    ? [`The ${first === 1 ? 'row' : `${first} rows`} above the header ${first === 1 ? 'is' : 'are'} left out.`]
    : [];
  return {
    format: 'xlsx',
    delimiter: null,
    notes: [...notes, ...above],
    rows: each(isBelow ? rows.slice(first) : rows),
  };
}

function isHeaderRow(cells: readonly string[], { structure }: TableWanted): boolean {
  if (structure !== undefined) return cells.some((cell) => plainName(cell) === plainName(structure));
  return cells.some((cell) => isSequenceColumn(cell, 'molecule') || isSequenceColumn(cell, 'dna'));
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function openDelimited(source: TextSource, file: string, wanted: TableWanted): OpenTable {
  if (source.head === '') throw new InputError(`${file} is empty.`);
  const lines = headLines(source.head);
  const starts = (['molecule', 'dna'] as const).map((modality) =>
    startOf(lines, { ...wanted, modality } satisfies Wanted),
  );
  // The header of a table of DNA is further down than its first line only where it names the sequences.
  const start =
    starts.find((one, i) => isFound(lines[one.above] ?? '', one.delimiter, (['molecule', 'dna'] as const)[i])) ??
    starts[0];
  return {
    format: 'text',
    delimiter: start.delimiter,
    notes: [...source.notes(), ...start.notes],
    rows: named(filled(delimitedRows(source.chunks, start.delimiter, start.above, file)), file),
  };
}

const isFound = (line: string, delimiter: string, modality: 'molecule' | 'dna'): boolean =>
  (delimiter === ' ' ? line.trim().split(/\s+/) : line.split(delimiter)).some((cell) =>
    isSequenceColumn(cell, modality),
  );

async function* filled(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) if (row.cells.some((cell) => cell.trim() !== '')) yield row;
}

async function* named(rows: AsyncIterable<TableRow>, file: string): AsyncGenerator<TableRow> {
  try {
    yield* rows;
  } catch (error) {
    unreadable(file, error);
  }
}
