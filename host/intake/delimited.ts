/** @file Rows of a text whose cells are separated by a mark, with their lines. */
import { Readable } from 'node:stream';
import { type CsvError, type Options, parse } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';
import { InputError } from '../base/errors.ts';
import { cellsOf, type Delimiter } from './delimiter.ts';
import type { TableRow } from './types.ts';

/** A record beyond this is a quote that was never closed: the rest of the file would be read into memory. */
const LARGEST_RECORD = 2 ** 24;

const OPTIONS: Options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  record_delimiter: '\n',
  max_record_size: LARGEST_RECORD,
};

/** Gives each record its line; the last one's place stays known when the next has an open quote. */
class Lines {
  readonly #above: number;
  readonly #starts: number[] = [];
  #last = 0;

  constructor(above: number) {
    this.#above = above;
  }

  /** Line on which the next record starts. */
  get next(): number {
    return this.#above + this.#last + 1;
  }

  readonly count = (cells: string[], { lines }: { readonly lines: number }): string[] => {
    this.#starts.push(this.next);
    this.#last = lines;
    return cells;
  };

  /** The next record that was counted, with its line. */
  row(cells: readonly string[]): TableRow {
    return { line: this.#starts.shift()!, cells };
  }
}

/**
 * Every row, the empty ones too.
 * @param above lines that are left out before the first row
 * @throws InputError naming the line where a quote is left open
 */
export async function* delimitedRows(
  chunks: AsyncIterable<string>,
  delimiter: Delimiter,
  above: number,
  file: string,
): AsyncGenerator<TableRow> {
  const below = withoutLines(chunks, above);
  if (delimiter === ' ') return yield* spacedRows(below, above);
  const lines = new Lines(above);
  const parser = parse({ ...OPTIONS, delimiter, onRecord: lines.count });
  const source = Readable.from(below);
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) yield lines.row(cells);
  } catch (error) {
    throw placed(error, file, lines.next);
  }
}

/** The same of a whole text. */
export function delimitedRowsOf(text: string, delimiter: Delimiter, above: number, file: string): TableRow[] {
  const below = text.split('\n').slice(above).join('\n');
  if (delimiter === ' ')
    return below.split('\n').map((line, i) => ({ line: above + i + 1, cells: cellsOf(line, ' ') }));
  const lines = new Lines(above);
  try {
    const records = parseWhole(below, { ...OPTIONS, delimiter, onRecord: lines.count }) as string[][];
    return records.map((cells) => lines.row(cells));
  } catch (error) {
    throw placed(error, file, lines.next);
  }
}

async function* spacedRows(chunks: AsyncIterable<string>, above: number): AsyncGenerator<TableRow> {
  let line = above;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const one of lines) yield { line: ++line, cells: cellsOf(one, ' ') };
  }
  if (rest !== '') yield { line: ++line, cells: cellsOf(rest, ' ') };
}

async function* withoutLines(chunks: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let left = count;
  for await (const chunk of chunks) {
    let from = 0;
    while (left > 0 && from < chunk.length) {
      const end = chunk.indexOf('\n', from);
      if (end < 0) break;
      from = end + 1;
      left--;
    }
    if (left === 0) yield chunk.slice(from);
  }
}

const QUOTES = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'];

function placed(error: unknown, file: string, line: number): unknown {
  const { code } = error as Partial<CsvError>;
  if (code === undefined || !QUOTES.includes(code)) return error;
  return new InputError(
    `Cannot read ${file}: the row in line ${line} has a quote (") that is never closed. Close it, or remove it.`,
  );
}
