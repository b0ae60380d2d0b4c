/** Molecules or DNA of a file one at a time: .smi, .txt, .csv, FASTA, each also as .gz, or stdin. */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { InputError } from './errors.ts';

/** Columns of a CSV file that hold the molecule, in the order of preference. */
const SMILES_COLUMNS = ['smiles', 'canonical_smiles', 'smile', 'structure', 'molecule'];
/** The same for DNA. */
const DNA_COLUMNS = ['sequence', 'seq', 'dna', 'dna_sequence'];

/**
 * One text an input line, in order; '' for a line without a molecule.
 * @param file a path, or '-' for stdin
 * @throws InputError where it cannot be read, or a CSV file has no column of SMILES
 */
export async function* moleculeLines(file: string): AsyncGenerator<string> {
  const bytes = openBytes(file);
  const name = file.replace(/\.gz$/, '');
  if (name.endsWith('.csv')) yield* csvColumn(bytes, (header) => smilesColumn(header, file));
  else for await (const line of plainLines(bytes)) yield firstWord(line);
}

/**
 * One sequence a record of FASTA, or a line of text or CSV; '' for one without.
 * @param file a path, or '-' for stdin
 * @throws InputError where it cannot be read, or a CSV file has no column of sequences
 */
export async function* dnaLines(file: string): AsyncGenerator<string> {
  const bytes = openBytes(file);
  const name = file.replace(/\.gz$/, '');
  if (name.endsWith('.csv')) yield* csvColumn(bytes, (header) => columnOf(header, DNA_COLUMNS, 'sequences', file));
  else yield* fastaRecords(plainLines(bytes));
}

/** Records whose sequences may run over lines; lines before the first header are sequences of their own. */
async function* fastaRecords(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let record: string | null = null;
  for await (const line of lines) {
    if (line.startsWith('>')) {
      if (record !== null) yield record;
      record = '';
    } else if (record === null) yield firstWord(line);
    else record += line.replace(/\s/g, '');
  }
  if (record !== null) yield record;
}

function openBytes(file: string): Readable {
  if (file === '-') return process.stdin;
  if (!existsSync(file)) throw new InputError(`${file} cannot be read: there is no such file.`);
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes;
  const unzipped = createGunzip();
  bytes.on('error', (error) => unzipped.destroy(error));
  return bytes.pipe(unzipped);
}

/** What follows is a name. */
const firstWord = (line: string) => line.trim().split(/\s+/)[0];

async function* plainLines(bytes: Readable): AsyncGenerator<string> {
  let failure: Error | null = null;
  bytes.on('error', (error) => (failure = error));
  for await (const line of createInterface({ input: bytes, crlfDelay: Infinity })) yield line;
  if (failure !== null) throw new InputError(`The file cannot be read: ${(failure as Error).message}.`);
}

async function* csvColumn(bytes: Readable, columnIn: (header: readonly string[]) => number): AsyncGenerator<string> {
  const parser = bytes.pipe(parse({ relax_column_count: true, skip_empty_lines: false, bom: true }));
  bytes.on('error', (error) => parser.destroy(error));
  let column: number | null = null;
  for await (const record of parser as AsyncIterable<string[]>) {
    if (column === null) column = columnIn(record);
    else yield (record[column] ?? '').trim();
  }
}

/** Index of the column that holds SMILES. @throws InputError where none is named so */
export function smilesColumn(header: readonly string[], file: string): number {
  return columnOf(header, SMILES_COLUMNS, 'SMILES', file);
}

function columnOf(header: readonly string[], columns: readonly string[], what: string, file: string): number {
  const names = header.map((name) => name.trim().toLowerCase());
  const wanted = columns.find((name) => names.includes(name));
  if (wanted === undefined) throw new InputError(`${file}:1: there is no column of ${what}; one of the columns must be named ${columns.join(', ')}.`);
  return names.indexOf(wanted);
}
