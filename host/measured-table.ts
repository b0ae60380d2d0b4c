/** Tables of measured DNA: a CSV file with a column of sequences and columns of numbers; also .gz. */
import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { parseDna } from '../engine/dna/sequence.ts';
import type { MeasuredSequences } from '../engine/learn/predictor-data.ts';
import { suggestion } from '../engine/objectives/nearest.ts';
import { InputError } from './errors.ts';
import { sequenceColumn } from './lines.ts';

/**
 * Reads the rows in order. An empty cell of a value is a value that was not measured.
 * @throws InputError naming file and line for what is neither DNA nor a number
 */
export async function readMeasuredTable(file: string, columns: readonly string[]): Promise<MeasuredSequences> {
  if (!existsSync(file)) throw new InputError(`${file} cannot be read: there is no such file.`);
  const sequences: string[] = [];
  const values: Float64Array[] = [];
  let layout: Layout | null = null;
  for await (const { record, info } of records(file)) {
    if (layout === null) layout = layoutOf(record, columns, file);
    else {
      const place = `${file}:${info.lines}`;
      sequences.push(dnaOf(record[layout.sequence], place));
      values.push(Float64Array.from(layout.values, (column, i) => numberOf(record[column], columns[i], place)));
    }
  }
  if (sequences.length === 0) throw new InputError(`${file} has no rows.`);
  return { sequences, values };
}

interface Layout {
  readonly sequence: number;
  readonly values: readonly number[];
}

interface CsvRecord {
  readonly record: readonly (string | undefined)[];
  readonly info: { readonly lines: number };
}

function records(file: string): AsyncIterable<CsvRecord> {
  const parser = parse({ relax_column_count: true, skip_empty_lines: true, bom: true, info: true });
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  for (const source of [bytes, text]) source.on('error', (error: Error) => parser.destroy(error));
  return text.pipe(parser) as AsyncIterable<CsvRecord>;
}

function layoutOf(header: CsvRecord['record'], columns: readonly string[], file: string): Layout {
  const names = header.map((name) => (name ?? '').trim());
  return { sequence: sequenceColumn(names, file, 'dna'), values: columns.map((column) => columnOf(names, column, file)) };
}

function columnOf(names: readonly string[], column: string, file: string): number {
  const index = names.indexOf(column);
  if (index < 0) throw new InputError(`${file}:1: there is no column "${column}".${suggestion(column, names)}`);
  return index;
}

function dnaOf(text: string | undefined, place: string): string {
  const sequence = parseDna(text ?? '');
  if (sequence === null) throw new InputError(`${place}: "${(text ?? '').slice(0, 40)}" is not a sequence of A, C, G and T.`);
  return sequence;
}

function numberOf(text: string | undefined, column: string, place: string): number {
  if (text === undefined || text.trim() === '') return NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new InputError(`${place}: "${text}" in column "${column}" is not a number.`);
  return value;
}
