/**
 * DNA that a user refers to, as pasted text or as a file of sequences. It becomes text here, before anything is scored,
 * so that a run means the same wherever it is resumed.
 */
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { type PastedDna, PastedDnaError, readPastedDna } from '../../engine/dna/pasted.ts';
import { InputError } from '../base/errors.ts';
import { decodeText } from '../intake/decode.ts';
import { recordsOf } from '../intake/records.ts';
import { type NamedFile, namedFile, referenceBytes } from './reference-file.ts';

export interface DnaReferences {
  /** Distinct sequences in the order given. */
  readonly sequences: readonly string[];
  /** Their names, for display. */
  readonly name: string;
  /** Notes on what was omitted from the texts or changed in them. */
  readonly notes: readonly string[];
}

/** The first byte of SnapGene's files. */
const SNAPGENE = 9;
/** Most bases that a run keeps for one parameter. */
const MOST_BASES = 5_000_000;

/**
 * @param texts each DNA, FASTA, GenBank or several lines of it, or a file of any format that has a reader
 * @param folder that file names are relative to; null where files are not read
 * @throws ParameterError naming record and position of what is not A, C, G or T
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
  const file = folder === null ? null : namedFile(text, folder);
  if (file !== null) return readFile(file, parameter);
  const quoted = `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
  const start = text.includes('\n')
    ? ''
    : `${quoted} can't be read as DNA${folder === null ? '' : ', and there is no such file'}: `;
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

function readFile({ path, structure }: NamedFile, parameter: string): PastedDna {
  try {
    const bytes = referenceBytes(path);
    if (bytes.length === 0) throw new ParameterError(parameter, `${path} contains no sequences.`);
    const { records, place, notes } = recordsOf(bytes, path, { modality: 'dna', structure }, null);
    // Of sequences alone the whole text is read, so that what was changed in it is said.
    if (place === 'record' && bytes[0] !== SNAPGENE)
      return readRecords(decodeText(bytes, path).text, `${path}: `, parameter);
    const lines = records
      .filter(({ text }) => text !== '')
      .map((record) => readRecords(record.text, `${path}, ${place} ${record.place}: `, parameter));
    if (lines.length > 0)
      return {
        records: lines.flatMap(({ records }) => records),
        remarks: [...notes, ...new Set(lines.flatMap(({ remarks }) => remarks))],
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
