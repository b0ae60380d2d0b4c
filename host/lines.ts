/** Molecules of a file a line at a time: .smi, .txt, .csv, each also as .gz, or stdin. */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { InputError } from './errors.ts';

/** Columns of a CSV file that hold the molecule, in the order of preference. */
const SMILES_COLUMNS = ['smiles', 'canonical_smiles', 'smile', 'structure', 'molecule'];

/**
 * One text an input line, in order; '' for a line without a molecule.
 * @param file a path, or '-' for stdin
 * @throws InputError where it cannot be read, or a CSV file has no column of SMILES
 */
export async function* moleculeLines(file: string): AsyncGenerator<string> {
  const bytes = openBytes(file);
  const name = file.replace(/\.gz$/, '');
  if (name.endsWith('.csv')) yield* csvMolecules(bytes, file);
  else yield* plainMolecules(bytes);
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

/** The first word of each line; what follows is a name. */
async function* plainMolecules(bytes: Readable): AsyncGenerator<string> {
  let failure: Error | null = null;
  bytes.on('error', (error) => (failure = error));
  for await (const line of createInterface({ input: bytes, crlfDelay: Infinity })) yield line.trim().split(/\s+/)[0];
  if (failure !== null) throw new InputError(`The file cannot be read: ${(failure as Error).message}.`);
}

async function* csvMolecules(bytes: Readable, file: string): AsyncGenerator<string> {
  const parser = bytes.pipe(parse({ relax_column_count: true, skip_empty_lines: false, bom: true }));
  bytes.on('error', (error) => parser.destroy(error));
  let column: number | null = null;
  for await (const record of parser as AsyncIterable<string[]>) {
    if (column === null) column = smilesColumn(record, file);
    else yield (record[column] ?? '').trim();
  }
}

/** Index of the column that holds SMILES. @throws InputError where none is named so */
export function smilesColumn(header: readonly string[], file: string): number {
  const names = header.map((name) => name.trim().toLowerCase());
  const wanted = SMILES_COLUMNS.find((name) => names.includes(name));
  if (wanted === undefined) throw new InputError(`${file}:1: there is no column of SMILES; one of the columns must be named ${SMILES_COLUMNS.join(', ')}.`);
  return names.indexOf(wanted);
}
