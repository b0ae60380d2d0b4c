/**
 * Tables of measured DNA: a column of sequences, or of names whose sequences are in a
 * FASTA file, and columns of numbers. They are read row by row, since they may be long,
 * in every format that openTable reads.
 */
import { readDna } from '../../engine/dna/pasted.ts';
import type { MeasuredSequences } from '../../engine/learn/predictor-data.ts';
import {
  isMissing,
  type NumberStyle,
  numberStyle,
  parseMeasurement,
} from '../../engine/learn/user-predictor/measurement.ts';
import { isDnaText } from '../../engine/learn/user-predictor/structures.ts';
import { InputError } from '../base/errors.ts';
import { columnIndex, sequenceColumn } from '../intake/column-names.ts';
import { refuseLong } from '../intake/layout.ts';
import { namedRecords } from '../intake/lines.ts';
import { openTable, placeWord } from '../intake/rows.ts';
import type { TableRow } from '../intake/types.ts';

export interface MeasuredTableOptions {
  /** Column of the sequences, or of their names in the FASTA file; detected if omitted. */
  readonly structure?: string;
  /** Of an .xlsx file. */
  readonly sheet?: string;
  /** FASTA file with the sequences. */
  readonly fasta?: string;
}

/**
 * Reads the rows in order. An empty cell of a value is a value that was not measured.
 * @param tell is told which rows are left out because their sequence is not DNA, if they are few
 * @throws InputError naming file and line for what is neither DNA nor a number
 */
export async function readMeasuredTable(
  file: string,
  columns: readonly string[],
  options: MeasuredTableOptions = {},
  tell: (note: string) => void = () => undefined,
): Promise<MeasuredSequences> {
  const { rows, format, delimiter } = await openTable(file, { ...options, isSequence: isDnaText });
  const named = options.fasta === undefined ? null : await sequencesByName(options.fasta);
  const { header, body } = await opened(rows);
  if (header === null) throw new InputError(`${file} has no rows.`);
  const layout = layoutOf(header, columns, file, options);
  const placeOf = (row: TableRow) =>
    format === 'text' ? `${file}:${row.line}` : `${file}, ${placeWord(format)} ${row.line}`;
  const read = new MeasuredRows(layout, columns, placeOf, named);
  for await (const row of body) {
    refuseLong(row.cells, header.cells, delimiter, placeOf(row));
    read.add(row);
  }
  const all = read.finish();
  refuseBad(read.bad, all.sequences.length, tell);
  if (all.sequences.length === 0) throw new InputError(`${file} has no rows.`);
  return all;
}

/** Share of rows without DNA above which the table is refused. */
const MOST_BAD = 0.2;

function refuseBad(bad: readonly string[], kept: number, tell: (note: string) => void): void {
  if (bad.length === 0) return;
  if (bad.length > MOST_BAD * (kept + bad.length)) throw new InputError(bad[0]);
  tell(`Rows left out: ${bad.length}. The first: ${bad[0]}`);
}

/** Rows from which the number format is detected. */
const FIRST_ROWS = 200;

async function opened(
  rows: AsyncIterable<TableRow>,
): Promise<{ readonly header: TableRow | null; readonly body: AsyncIterable<TableRow> }> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  return { header: first.done === true ? null : first.value, body: { [Symbol.asyncIterator]: () => iterator } };
}

/** Sequences of a FASTA file by name. @throws InputError if two have the same name */
export async function sequencesByName(fasta: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, text: sequence } of namedRecords(fasta)) {
    if (found.has(name)) throw new InputError(`${fasta} has two records called "${name}".`);
    found.set(name, sequence);
  }
  return found;
}

interface Layout {
  readonly sequence: number;
  readonly values: readonly number[];
}

/** Columns that hold the names of sequences. */
const NAME_COLUMNS = /^(id|name|sequence_?id|seq_?id|sequence_?name|element|oligo)$/i;

function layoutOf(
  { cells, line }: TableRow,
  columns: readonly string[],
  file: string,
  { structure, fasta }: MeasuredTableOptions,
): Layout {
  const names = cells.map((name) => name.replace(/^\uFEFF/, '').trim());
  const named = names.map((name) => ({ name }));
  const found = () =>
    fasta === undefined
      ? sequenceColumn(names, file, 'dna')
      : Math.max(
          0,
          names.findIndex((name) => NAME_COLUMNS.test(name)),
        );
  return {
    sequence: structure === undefined ? found() : columnIndex(named, structure, `${file}:${line}`),
    values: columns.map((column) => columnIndex(named, column, `${file}:${line}`)),
  };
}

/** Collects rows; the first ones wait until the number format is known. */
class MeasuredRows {
  readonly #sequences: string[] = [];
  readonly #values: Float64Array[] = [];
  readonly #layout: Layout;
  readonly #columns: readonly string[];
  readonly #place: (row: TableRow) => string;
  readonly #named: ReadonlyMap<string, string> | null;
  /** What is wrong with each sequence that is not DNA. */
  readonly bad: string[] = [];
  #waiting: TableRow[] | null = [];
  #styles: readonly NumberStyle[] = [];

  /** @param named sequences by name; null if they are in the table */
  constructor(
    layout: Layout,
    columns: readonly string[],
    place: (row: TableRow) => string,
    named: ReadonlyMap<string, string> | null,
  ) {
    this.#layout = layout;
    this.#columns = columns;
    this.#place = place;
    this.#named = named;
  }

  add(row: TableRow): void {
    if (this.#waiting === null) this.#read(row);
    else if (this.#waiting.push(row) === FIRST_ROWS) this.#settle();
  }

  finish(): MeasuredSequences {
    this.#settle();
    return { sequences: this.#sequences, values: this.#values };
  }

  #settle(): void {
    if (this.#waiting === null) return;
    const rows = this.#waiting;
    this.#waiting = null;
    this.#styles = this.#layout.values.map((column) =>
      numberStyle(rows.map(({ cells }) => cells[column] ?? '').filter((cell) => !isMissing(cell))),
    );
    for (const row of rows) this.#read(row);
  }

  #read(row: TableRow): void {
    const place = this.#place(row);
    const sequence = this.#sequence(row.cells[this.#layout.sequence] ?? '', place);
    if (sequence === null) return;
    this.#sequences.push(sequence);
    this.#values.push(
      Float64Array.from(this.#layout.values, (column, i) =>
        numberOf(row.cells[column] ?? '', this.#columns[i], this.#styles[i], place),
      ),
    );
  }

  /** null for what is not DNA. */
  #sequence(text: string, place: string): string | null {
    const written = this.#named === null ? text : this.#named.get(text.trim());
    if (written === undefined)
      throw new InputError(`${place}: the FASTA file has no record "${text.trim().slice(0, 40)}".`);
    const read = readDna(written);
    if ('bases' in read) return read.bases;
    this.bad.push(
      `${place}: "${around(written, read.reason)}" cannot be read: ${read.reason}. Bases are A, C, G and T.`,
    );
    return null;
  }
}

/** The part of a text that a message has room for, around the place that the reason names. */
function around(text: string, reason: string): string {
  const position = Number(/position (\d+)/.exec(reason)?.[1] ?? 1);
  const from = text.length <= 40 ? 0 : Math.max(0, position - 20);
  return `${from > 0 ? '...' : ''}${text.slice(from, from + 40)}${from + 40 < text.length ? '...' : ''}`;
}

function numberOf(text: string, column: string, style: NumberStyle, place: string): number {
  if (isMissing(text)) return NaN;
  const read = parseMeasurement(text, style);
  if (read === null) throw new InputError(`${place}: "${text}" in column "${column}" is not a number.`);
  if (read.bound !== 'exact')
    throw new InputError(
      `${place}: "${text}" in column "${column}" is a bound. Predictors of DNA learn only exact values. Leave the cell empty.`,
    );
  return read.value;
}
