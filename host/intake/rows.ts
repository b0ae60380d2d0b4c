/**
 * Tables as a user has them: text with commas, semicolons, tabs or bars (also
 * gzipped, in UTF-8, UTF-16 or Windows-1252), Excel's .xlsx, and SDF. All become
 * rows of texts with their place in the file; nothing in a file is executed.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { errorText, InputError } from '../base/errors.ts';
import { type Delimiter, delimiterOf } from './delimiter.ts';
import { sdfRows } from './sdf.ts';
import type { OpenTable, OpenText, TableRow } from './types.ts';
import { xlsxRows } from './xlsx.ts';

/** What the place of a row is called in messages. */
export const placeWord = (format: OpenTable['format']): string =>
  format === 'sdf' ? 'record' : format === 'xlsx' ? 'row' : 'line';

const LARGEST_RECORD = 2 ** 24;
const NOT_TABLES: Readonly<Record<string, string>> = {
  xls: 'Save it as .xlsx or CSV.',
  ods: 'Save it as .xlsx or CSV.',
  numbers: 'Save it as .xlsx or CSV.',
  pdf: 'Export its table as CSV.',
  docx: 'Export its table as CSV.',
  zip: 'Unpack it first.',
  pkl: 'Pickle files can run code and are never read. Save the table as CSV.',
  parquet: 'Save the table as CSV.',
};

/**
 * @param sheet of an .xlsx file; the first where left out
 * @throws InputError where there is no such file, or it is no table
 */
export async function openTable(file: string, sheet?: string): Promise<OpenTable> {
  if (!existsSync(file)) throw new InputError(`Cannot read ${file}: there is no such file.`);
  if (statSync(file).isDirectory()) throw new InputError(`Cannot read ${file}: it is a folder.`);
  const ending = file.replace(/\.gz$/i, '').split('.').at(-1)!.toLowerCase();
  if (Object.hasOwn(NOT_TABLES, ending))
    throw new InputError(`${file} is not a supported table. ${NOT_TABLES[ending]}`);
  if (sheet !== undefined && ending !== 'xlsx')
    throw new InputError(`${file} has no sheets. Only .xlsx files have sheets.`);
  if (ending === 'xlsx') return { format: 'xlsx', delimiter: null, ...(await xlsxRows(file, sheet)) };
  if (ending === 'sdf' || ending === 'sd')
    return { format: 'sdf', delimiter: null, notes: [], rows: named(sdfRows(await openText(file)), file) };
  return openDelimited(file);
}

async function openDelimited(file: string): Promise<OpenTable> {
  const text = await openText(file);
  const delimiter = delimiterOf(text.head);
  return {
    format: 'text',
    delimiter,
    notes: text.encoding === 'utf-8' ? [] : [`The file is read as ${text.encoding}.`],
    rows: named(delimitedRows(text.chunks, delimiter), file),
  };
}

/** @throws InputError where it cannot be read or is not text */
async function openText(file: string): Promise<OpenText> {
  const bytes = bytesOf(file)[Symbol.asyncIterator]();
  const first = await bytes.next().catch((error: unknown) => unreadable(file, error));
  const start: Uint8Array = first.done === true ? new Uint8Array() : first.value;
  if (start.length === 0) throw new InputError(`${file} is empty.`);
  const encoding = encodingOf(start);
  if (encoding === 'utf-8' && start.includes(0))
    throw new InputError(`${file} is not a text file. Save the table as CSV, TSV, XLSX or SDF.`);
  const head = new TextDecoder(encoding).decode(start, { stream: true });
  return { head, encoding, chunks: decoded(start, bytes, encoding) };
}

function bytesOf(file: string): AsyncIterable<Uint8Array> {
  const bytes = createReadStream(file);
  if (!file.toLowerCase().endsWith('.gz')) return bytes as AsyncIterable<Uint8Array>;
  const plain = createGunzip();
  bytes.on('error', (error) => plain.destroy(error));
  return bytes.pipe(plain) as AsyncIterable<Uint8Array>;
}

/** By the byte order mark, else UTF-8 where it is valid; Excel in the West writes Windows-1252. */
function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

async function* decoded(start: Uint8Array, rest: AsyncIterator<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  yield decoder.decode(start, { stream: true });
  for (let next = await rest.next(); next.done !== true; next = await rest.next())
    yield decoder.decode(next.value, { stream: true });
}

async function* delimitedRows(chunks: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    info: true,
    max_record_size: LARGEST_RECORD,
  });
  const source = Readable.from(chunks);
  source.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>)
    yield { line: info.lines, cells: record };
}

async function* named(rows: AsyncIterable<TableRow>, file: string): AsyncGenerator<TableRow> {
  try {
    yield* rows;
  } catch (error) {
    unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): never {
  if (error instanceof InputError) throw error;
  throw new InputError(`Cannot read ${file}: ${errorText(error).replace(/\.$/, '')}.`);
}
