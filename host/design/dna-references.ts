/**
 * DNA that a user refers to: as it is, or by a file of sequences. It becomes text
 * here, before anything is scored, so that a run means the same wherever it is
 * resumed.
 */
import { resolve } from 'node:path';
import { explainDna, parseDna } from '../../engine/dna/sequence.ts';
import { ParameterError } from '../../engine/objectives/types.ts';
import { isFile, referenceLines, referenceText } from './reference-file.ts';

export interface DnaReferences {
  /** Each once, in the order given. */
  readonly sequences: readonly string[];
  /** What to call them, for display. */
  readonly name: string;
}

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
  try {
    const records = parsed(referenceText(path), path);
    if (records.length > 0) return records;
  } catch (error) {
    throw new ParameterError(parameter, error instanceof Error ? error.message : String(error));
  }
  throw new ParameterError(parameter, `${path} holds no sequences.`);
}

function parsed(text: string, path: string): DnaRecord[] {
  if (text.trimStart().startsWith('>')) return fastaRecords(text, path);
  return referenceLines(text, path, 'dna').map((line) => ({ place: `${path}, line ${line.number},`, text: line.text }));
}

/** A record's lines are one sequence, whatever spaces are in it. */
function fastaRecords(text: string, path: string): DnaRecord[] {
  return text.split(/^>/m).slice(1).map((record, i) => {
    const [header, ...lines] = record.split(/\r?\n/);
    const name = header.trim().split(/\s/)[0];
    return { place: `${path}, record ${i + 1}${name === '' ? '' : ` (${name})`},`, text: lines.join('').replace(/\s/g, '') };
  });
}
