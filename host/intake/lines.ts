/**
 * Sequences of a file one at a time: a SMILES or a DNA sequence a line (.smi,
 * .txt), a column of a table (.csv, .tsv), a record of FASTA; each also as .gz,
 * or from stdin.
 */
import { createReadStream, existsSync, type ReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Modality } from '../../engine/base/modality.ts';
import { continues, type DnaLine, lettersOf, splitDnaLine } from '../../engine/dna/pasted.ts';
import { InputError } from '../base/errors.ts';

/** Columns of a table that hold the sequence, in the order of preference. */
export const sequenceColumns: Readonly<Record<Modality, readonly string[]>> = {
  molecule: ['smiles', 'canonical_smiles', 'smile', 'structure', 'molecule'],
  dna: ['sequence', 'seq', 'dna', 'dna_sequence'],
};

const FASTA = /\.(fa|fasta|fna|ffn|fas)$/i;
const TABLES: Readonly<Record<string, string>> = { csv: ',', tsv: '\t' };
/** A record beyond this is a quote that was never closed: the rest of the file would be read into memory. */
const LARGEST_RECORD = 2 ** 24;

/** A file whose sequences are being read. */
export interface SequenceFile {
  /**
   * One text an input line or record, in order; '' for one without a sequence.
   * @throws InputError where it cannot be read, or a table has no column of sequences
   */
  readonly sequences: AsyncGenerator<string>;
  /** Share of the file's bytes read so far; null where its size is not known. */
  share(): number | null;
}

/**
 * A sequence as it is written, and what the file calls it: the first word of a FASTA header, or the second of a line.
 */
export interface NamedSequence {
  readonly name: string;
  readonly sequence: string;
}

const nameless = (sequence: string): NamedSequence => ({ name: '', sequence });

/** @param file a path, or '-' for stdin @throws InputError where there is no such file */
export function openSequences(file: string, modality: Modality): SequenceFile {
  const size = file === '-' ? 0 : sizeOf(file);
  let stream: ReadStream | null = null;
  // Opened when it is first read, so that whoever reads hears of every error.
  const open = () => (file === '-' ? process.stdin : (stream = createReadStream(file)));
  return {
    sequences: sequencesOf(readSequences(open, file, modality)),
    share: () => (size === 0 || stream === null ? null : stream.bytesRead / size),
  };
}

/** Molecules of a file, or of stdin for '-'. @throws see openSequences and SequenceFile */
export async function* moleculeLines(file: string): AsyncGenerator<string> {
  yield* openSequences(file, 'molecule').sequences;
}

/** DNA of a file, or of stdin for '-'. @throws see openSequences and SequenceFile */
export async function* dnaLines(file: string): AsyncGenerator<string> {
  yield* openSequences(file, 'dna').sequences;
}

/** DNA with the names of its records. @throws see openSequences and SequenceFile */
export async function* dnaRecords(file: string): AsyncGenerator<NamedSequence> {
  if (file !== '-') sizeOf(file);
  let number = 0;
  for await (const { name, sequence } of readSequences(
    () => (file === '-' ? process.stdin : createReadStream(file)),
    file,
    'dna',
  )) {
    number++;
    yield { name: name || `sequence-${number}`, sequence };
  }
}

async function* sequencesOf(records: AsyncIterable<NamedSequence>): AsyncGenerator<string> {
  for await (const { sequence } of records) yield sequence;
}

/** Whether a file's name says that it is FASTA. */
export function isFasta(file: string): boolean {
  return FASTA.test(file.replace(/\.gz$/i, ''));
}

function sizeOf(file: string): number {
  if (!existsSync(file)) throw new InputError(`Cannot read ${file}: there is no such file.`);
  const about = statSync(file);
  if (about.isDirectory()) throw new InputError(`Cannot read ${file}: it is a folder.`);
  return about.size;
}

function unzipped(bytes: Readable): Readable {
  const stream = createGunzip();
  bytes.on('error', (error) => stream.destroy(error));
  return bytes.pipe(stream);
}

/** Errors of the file system, of gzip and of tables bear the file's name. */
async function* readSequences(open: () => Readable, file: string, modality: Modality): AsyncGenerator<NamedSequence> {
  try {
    yield* parsed(file.endsWith('.gz') ? unzipped(open()) : open(), file, modality);
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(`Cannot read ${file === '-' ? 'the input' : file}: ${error.message}.`);
  }
}

function parsed(bytes: Readable, file: string, modality: Modality): AsyncGenerator<NamedSequence> {
  const ending = basename(file.replace(/\.gz$/i, '')).split('.').at(-1)!.toLowerCase();
  if (Object.hasOwn(TABLES, ending)) return columnOf(bytes, TABLES[ending], file, modality);
  if (modality === 'molecule' && isFasta(file))
    throw new InputError(`${file} is FASTA, which contains DNA, but molecules are expected here.`);
  return modality === 'dna' ? dnaOf(linesOf(bytes), file) : wordsOf(linesOf(bytes));
}

/** Lines without their ends and without a byte order mark. */
async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  let failure: Error | null = null;
  let first = true;
  bytes.on('error', (error) => (failure = error));
  for await (const line of createInterface({ input: bytes, crlfDelay: Infinity })) {
    yield first ? line.replace(/^\uFEFF/, '') : line;
    first = false;
  }
  if (failure !== null) throw failure as Error;
}

/** The first word of each line; what follows is a name. */
async function* wordsOf(lines: AsyncIterable<string>): AsyncGenerator<NamedSequence> {
  for await (const line of lines) yield firstWords(line);
}

function firstWords(line: string): NamedSequence {
  const [sequence, name = ''] = line.trim().split(/\s+/, 2);
  return { name, sequence };
}

/** FASTA where the first line with text starts as a record does, else a sequence a line. */
async function* dnaOf(lines: AsyncGenerator<string>, file: string): AsyncGenerator<NamedSequence> {
  let empty = 0;
  for await (const line of lines) {
    if (line.trim() === '') {
      empty++;
      continue;
    }
    if (line.startsWith('>')) return yield* recordsOf(line, lines);
    if (isFasta(file))
      throw new InputError(`${file}:${empty + 1}: a record of FASTA starts with ">", not with "${line.slice(0, 20)}".`);
    yield* Array.from({ length: empty }, () => nameless(''));
    return yield* basesOf(line, lines);
  }
  yield* Array.from({ length: empty }, () => nameless(''));
}

/** A sequence per line. A numbered line may continue the sequence of the line before, as in GenBank's ORIGIN lines. */
async function* basesOf(first: string, lines: AsyncIterable<string>): AsyncGenerator<NamedSequence> {
  let open = recordOf(splitDnaLine(first));
  for await (const line of lines) {
    const next = splitDnaLine(line);
    if (continues(next, lettersOf(open.sequence).length)) open = { ...open, sequence: `${open.sequence} ${next.text}` };
    else {
      yield open;
      open = recordOf(next);
    }
  }
  yield open;
}

const recordOf = ({ text, name }: DnaLine): NamedSequence => ({ name, sequence: text });

/** Records of FASTA, whose first header has been read. */
async function* recordsOf(first: string, lines: AsyncIterable<string>): AsyncGenerator<NamedSequence> {
  let name = nameIn(first);
  let parts: string[] = [];
  for await (const line of lines) {
    if (line.startsWith('>')) {
      yield { name, sequence: parts.join('') };
      name = nameIn(line);
      parts = [];
    } else parts.push(line.replace(/\s+/g, ''));
  }
  yield { name, sequence: parts.join('') };
}

const nameIn = (header: string) => header.slice(1).trim().split(/\s+/, 1)[0];

async function* columnOf(
  bytes: Readable,
  delimiter: string,
  file: string,
  modality: Modality,
): AsyncGenerator<NamedSequence> {
  const parser = bytes.pipe(
    parse({
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      bom: true,
      max_record_size: LARGEST_RECORD,
    }),
  );
  bytes.on('error', (error) => parser.destroy(error));
  let column: number | null = null;
  for await (const record of parser as AsyncIterable<string[]>) {
    if (column === null) column = sequenceColumn(record, file, modality);
    else yield nameless((record[column] ?? '').trim());
  }
}

/** Index of the column that holds the modality's sequences. @throws InputError where none is named so */
export function sequenceColumn(header: readonly string[], file: string, modality: Modality): number {
  const names = header.map((name) => name.trim().toLowerCase());
  const wanted = sequenceColumns[modality].find((name) => names.includes(name));
  const what = modality === 'dna' ? 'sequences' : 'SMILES';
  if (wanted === undefined)
    throw new InputError(
      `${file}:1: there is no column of ${what}. Name one of the columns ${sequenceColumns[modality].join(', ')}.`,
    );
  return names.indexOf(wanted);
}
