/**
 * DNA that a user refers to, as pasted text or as a file of sequences. It becomes text here, before anything is scored,
 * so that a run means the same wherever it is resumed.
 */
import { resolve } from 'node:path';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { type PastedDna, PastedDnaError, readPastedDna } from '../../engine/dna/pasted.ts';
import { InputError } from '../base/errors.ts';
import { isFile, referenceLines, referenceText } from './reference-file.ts';

export interface DnaReferences {
  /** Distinct sequences in the order given. */
  readonly sequences: readonly string[];
  /** Their names, for display. */
  readonly name: string;
  /** Notes on what was omitted from the texts or changed in them. */
  readonly notes: readonly string[];
}

/** Largest number of bases that a run stores for one parameter. */
const MOST_BASES = 5_000_000;

/**
 * @param texts each DNA, FASTA, GenBank or several lines of it, or a file: FASTA, GenBank, CSV with a column of
 * sequences, or one sequence per line; also .gz
 * @param folder that file names are relative to; null if files are not read
 * @throws ParameterError naming the record and position of a letter other than A, C, G or T
 */
export function resolveDna(texts: readonly string[], parameter: string, folder: string | null): DnaReferences {
  const read = texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => readText(text, parameter, folder));
  const sequences = new Set(read.flatMap(({ records }) => records.map(({ sequence }) => sequence)));
  const bases = [...sequences].reduce((sum, { length }) => sum + length, 0);
  if (sequences.size === 0) throw new ParameterError(parameter, 'No sequence is given.');
  if (bases > MOST_BASES)
    throw new ParameterError(
      parameter,
      `The references have ${bases.toLocaleString('en')} bases; the maximum is ${MOST_BASES.toLocaleString('en')}. Use a sample of them.`,
    );
  return {
    sequences: [...sequences],
    name: sequences.size === 1 ? '1 sequence' : `${sequences.size} sequences`,
    notes: [...new Set(read.flatMap(({ remarks }) => remarks))],
  };
}

function readText(text: string, parameter: string, folder: string | null): PastedDna {
  const path = folder === null || text.includes('\n') ? null : resolve(folder, text);
  if (path !== null && isFile(path)) return readFile(path, parameter);
  const quoted = `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
  const start = text.includes('\n')
    ? ''
    : `${quoted} can't be read as DNA${path === null ? '' : ', and there is no such file'}: `;
  return readRecords(text, start, parameter);
}

/** @param start of the message if it is not DNA */
function readRecords(text: string, start: string, parameter: string): PastedDna {
  try {
    return readPastedDna(text);
  } catch (error) {
    if (error instanceof PastedDnaError) throw new ParameterError(parameter, `${start}${error.message}`);
    throw error;
  }
}

function readFile(path: string, parameter: string): PastedDna {
  try {
    const text = referenceText(path);
    if (/^\s*>/.test(text) || /^ORIGIN\b/m.test(text)) return readRecords(text, `${path}: `, parameter);
    const lines = referenceLines(text, path, 'dna').map((line) =>
      readRecords(line.text, `${path}, line ${line.number}: `, parameter),
    );
    if (lines.length > 0)
      return {
        records: lines.flatMap(({ records }) => records),
        remarks: [...new Set(lines.flatMap(({ remarks }) => remarks))],
      };
  } catch (error) {
    throw error instanceof ParameterError
      ? error
      : new ParameterError(parameter, error instanceof Error ? error.message : String(error));
  }
  throw new ParameterError(parameter, `${path} contains no sequences.`);
}

/** Reads DNA that a user has typed or pasted. @throws InputError if it is not DNA */
export function readingDna<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PastedDnaError) throw new InputError(error.message);
    throw error;
  }
}
