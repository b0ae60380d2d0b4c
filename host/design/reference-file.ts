/**
 * Files of references: one molecule or DNA sequence per line (.smi, .txt), or a CSV file with a column of them, each
 * also as .gz. They are read whole, unlike input to be scored, because a run stores all of them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Modality } from '../../engine/base/modality.ts';
import { sequenceColumn } from '../intake/lines.ts';

/** A larger file is not a list of references; a hundred thousand SMILES take 5 MB. */
const LARGEST_FILE = 50_000_000;

export interface ReferenceLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** The content of a file, unpacked if its name ends in .gz. @throws Error if it is damaged */
export function fileText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** @throws Error if the file is too large or damaged */
export function referenceText(path: string): string {
  if (statSync(path).size > LARGEST_FILE)
    throw new Error(`${path} is larger than ${LARGEST_FILE / 1e6} MB, which is too large for a file of references.`);
  return fileText(path);
}

/**
 * The nonempty lines, without the header of a CSV file.
 * @param text of the file
 * @throws InputError if a CSV file has no column of sequences of the modality; Error if it is damaged
 */
export function referenceLines(text: string, path: string, modality: Modality): ReferenceLine[] {
  const texts = path.replace(/\.gz$/, '').endsWith('.csv') ? csvTexts(text, path, modality) : text.split(/\r?\n/);
  return texts.map((line, i) => ({ number: i + 1, text: line.trim() })).filter((line) => line.text !== '');
}

/** The header becomes an empty line, so that the other lines keep their numbers. */
function csvTexts(text: string, path: string, modality: Modality): string[] {
  const [header = [], ...records] = parse(text, {
    relax_column_count: true,
    skip_empty_lines: false,
    bom: true,
  }) as string[][];
  const column = sequenceColumn(header, path, modality);
  return ['', ...records.map((record) => record[column] ?? '')];
}
