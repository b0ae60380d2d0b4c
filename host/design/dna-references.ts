/**
 * DNA that a user refers to: as it is, or by a file of sequences. It becomes text
 * here, before anything is scored, so that a run means the same wherever it is
 * resumed.
 */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { explainDna, parseDna } from '../../engine/dna/sequence.ts';
import { ParameterError } from '../../engine/objectives/types.ts';
import { sequenceColumn } from '../lines.ts';
import { isFile } from './structure-file.ts';

export interface DnaReferences {
  /** Each once, in the order given. */
  readonly sequences: readonly string[];
  /** What to call them, for display. */
  readonly name: string;
}

const LARGEST_FILE = 50_000_000;
/** Most bases that a run keeps for one parameter. */
const MOST_BASES = 5_000_000;

/**
 * @param texts each DNA or a file: FASTA, CSV with a column of sequences, or one a line; also .gz
 * @param folder that file names are relative to; null where files are not read
 * @throws ParameterError naming record and position of what is not A, C, G or T
 */
export function resolveDna(texts: readonly string[], parameter: string, folder: string | null): DnaReferences {
  const sequences = new Set<string>();
  const given = texts.map((text) => text.trim()).filter((text) => text !== '');
  for (const text of given) {
    const path = folder === null ? null : resolve(folder, text);
    const records = path !== null && isFile(path) ? recordsOf(path, parameter) : [{ place: null, text }];
    for (const record of records) sequences.add(dnaOf(record, parameter, folder !== null));
  }
  const bases = [...sequences].reduce((sum, { length }) => sum + length, 0);
  if (sequences.size === 0) throw new ParameterError(parameter, 'No sequence is given.');
  if (bases > MOST_BASES) throw new ParameterError(parameter, `The references have ${bases.toLocaleString('en')} bases; a run keeps at most ${MOST_BASES.toLocaleString('en')}. Take a sample of them.`);
  return { sequences: [...sequences], name: sequences.size === 1 ? '1 sequence' : `${sequences.size} sequences` };
}

interface DnaRecord {
  /** File, record and name, for messages; null where the text was given itself. */
  readonly place: string | null;
  readonly text: string;
}

function dnaOf({ place, text }: DnaRecord, parameter: string, mayBeFile: boolean): string {
  const sequence = parseDna(text);
  if (sequence !== null) return sequence;
  const start = place ?? `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
  const hint = place === null && mayBeFile ? ', and there is no such file' : '';
  throw new ParameterError(parameter, `${start} is ${explainDna(text)}${hint}. References are of A, C, G and T.`);
}

function recordsOf(path: string, parameter: string): DnaRecord[] {
  if (statSync(path).size > LARGEST_FILE) throw new ParameterError(parameter, `${path} is larger than ${LARGEST_FILE / 1e6} MB, too large for a file of references.`);
  try {
    const bytes = readFileSync(path);
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const records = parsed(text, path);
    if (records.length > 0) return records;
  } catch (error) {
    throw new ParameterError(parameter, error instanceof Error ? error.message : String(error));
  }
  throw new ParameterError(parameter, `${path} holds no sequences.`);
}

function parsed(text: string, path: string): DnaRecord[] {
  if (text.trimStart().startsWith('>')) return fastaRecords(text, path);
  const rows = path.replace(/\.gz$/, '').endsWith('.csv') ? columnOf(text, path) : text.split(/\r?\n/).map((line, i) => ({ line: i + 1, text: line }));
  return rows.filter((row) => row.text.trim() !== '').map((row) => ({ place: `${path}, line ${row.line},`, text: row.text }));
}

/** A record's lines are one sequence, whatever spaces are in it. */
function fastaRecords(text: string, path: string): DnaRecord[] {
  return text.split(/^>/m).slice(1).map((record, i) => {
    const [header, ...lines] = record.split(/\r?\n/);
    const name = header.trim().split(/\s/)[0];
    return { place: `${path}, record ${i + 1}${name === '' ? '' : ` (${name})`},`, text: lines.join('').replace(/\s/g, '') };
  });
}

function columnOf(text: string, path: string): { line: number; text: string }[] {
  const [header = [], ...rows] = parse(text, { relax_column_count: true, skip_empty_lines: false, bom: true }) as string[][];
  const column = sequenceColumn(header, path, 'dna');
  return rows.map((row, i) => ({ line: i + 2, text: row[column] ?? '' }));
}
