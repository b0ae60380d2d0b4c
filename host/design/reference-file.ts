/**
 * Files of references: molecules or DNA a line (.smi, .txt), or a CSV file with a
 * column of them, each also as .gz. Unlike input to be scored they are read
 * whole, since a run keeps all of them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Modality } from '../../engine/base/modality.ts';
import { sequenceColumn } from '../intake/lines.ts';

/** Larger files are no list of references; a hundred thousand SMILES take 5 MB. */
const LARGEST_FILE = 50_000_000;

export interface ReferenceLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** What a file holds, unpacked where it ends in .gz. @throws Error where it is damaged */
export function fileText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** @throws Error where the file is too large or damaged */
export function referenceText(path: string): string {
  if (statSync(path).size > LARGEST_FILE)
    throw new Error(`${path} is larger than ${LARGEST_FILE / 1e6} MB, which is too large for a file of references.`);
  return fileText(path);
}

/**
 * The lines that hold something, a CSV file's header left out.
 * @param text of the file
 * @throws InputError where a CSV file has no column of the modality's sequences; Error where it is damaged
 */
export function referenceLines(text: string, path: string, modality: Modality): ReferenceLine[] {
  const texts = path.replace(/\.gz$/, '').endsWith('.csv') ? csvTexts(text, path, modality) : text.split(/\r?\n/);
  return texts.map((line, i) => ({ number: i + 1, text: line.trim() })).filter((line) => line.text !== '');
}

/** The header's place stays empty, so that lines keep their numbers. */
function csvTexts(text: string, path: string, modality: Modality): string[] {
  const [header = [], ...records] = parse(text, {
    relax_column_count: true,
    skip_empty_lines: false,
    bom: true,
  }) as string[][];
  const column = sequenceColumn(header, path, modality);
  return ['', ...records.map((record) => record[column] ?? '')];
}
