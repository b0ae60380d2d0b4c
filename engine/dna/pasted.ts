/**
 * @file Reads DNA as people paste it: bases with the numbers and spaces of GenBank's ORIGIN lines, whole GenBank
 * entries, FASTA, RNA, one sequence per line. Unambiguous text is read, with remarks on what was changed. Anything else
 * is refused with its place.
 */
import { flatFormat, flatRecords } from './flat-files.ts';
import { baseFault, codeFault } from './sequence.ts';

interface PastedRecord {
  /** First word of the header; '' without a header. */
  readonly name: string;
  /** A, C, G and T in upper case; at least one. */
  readonly sequence: string;
}

export interface PastedDna {
  /** In the order given, including duplicates. */
  readonly records: readonly PastedRecord[];
  /** Sentences that say how the text was changed. */
  readonly remarks: readonly string[];
}

/** Text that cannot be read as DNA. The message begins with the place of the record. */
export class PastedDnaError extends Error {
  override readonly name = 'PastedDnaError';
}

/** A record before its letters are checked. */
interface Part {
  readonly name: string;
  readonly text: string;
}

/** @throws PastedDnaError, which names the record and the position of the letter among its letters */
export function readPastedDna(text: string): PastedDna {
  const parts = partsOf(text.replace(/^\uFEFF/, ''));
  if (parts.length === 0) throw new PastedDnaError('There is no sequence in it.');
  const records = parts.map((part, i) => ({
    name: part.name,
    sequence: basesOf(part, parts.length === 1 && part.name === '' ? '' : placeOf(part, i)),
  }));
  return { records, remarks: remarksOn(parts, records) };
}

/** "Record 2 (one): ". */
const placeOf = ({ name }: Part, index: number): string => `Record ${index + 1}${name === '' ? '' : ` (${name})`}: `;

function partsOf(text: string): Part[] {
  const format = flatFormat(text);
  return format === null ? lineParts(text) : flatRecords(text, format);
}

/** One record per line or between commas. A line whose number continues the previous line belongs to it. */
function lineParts(text: string): Part[] {
  const parts: { name: string; text: string; letters: number }[] = [];
  for (const line of text.split(/[\r\n,]+/).filter((one) => one.trim() !== '')) {
    const last = parts.at(-1);
    const split = splitDnaLine(line);
    // A word of other letters after the bases is a name; anything else is left to the check of the letters.
    const isNamed = split.name !== '' && isBases(split.text) && !isBases(split.name);
    const letters = lettersOf(isNamed ? split.text : line).length;
    if (last !== undefined && continues(split, last.letters)) {
      last.text += `\n${line}`;
      last.letters += letters;
    } else parts.push(isNamed ? { name: split.name, text: split.text, letters } : { name: '', text: line, letters });
  }
  return parts;
}

const isBases = (word: string): boolean => /^[ACGTUN\s]+$/i.test(word);

/**
 * A pattern of IUPAC codes as typed: spaces and numbers are removed, U becomes T.
 * @returns upper case; '' if nothing is left @throws PastedDnaError, which names the position of the letter among the
 * letters
 */
export function readPattern(text: string): string {
  const codes = dnaLetters(text);
  const fault = codeFault(codes);
  if (fault !== null)
    throw new PastedDnaError(
      `${fault}. Codes are A, C, G, T, N for any base, and R, Y, S, W, K, M, B, D, H and V for some.`,
    );
  return codes;
}

/** A text read as one DNA sequence: its bases, or why it cannot be read. */
export type ReadDna = { readonly bases: string } | { readonly reason: string };

/**
 * Reads one sequence as written in a cell or a record: in either case, in blocks, with numbers, with U for T.
 * @returns A, C, G and T in upper case, or the reason in a few words
 */
export function readDna(text: string): ReadDna {
  const letters = dnaLetters(text);
  if (letters === '') return { reason: 'no sequence' };
  const fault = baseFault(letters);
  return fault === null ? { bases: letters } : { reason: `not DNA: ${fault}` };
}

/** A line of a text file with a sequence per line. */
export interface DnaLine {
  /** The number before the bases, as in GenBank's ORIGIN lines; null if there is none. */
  readonly number: number | null;
  /** The sequence as it is written, its blocks included. */
  readonly text: string;
  /** The word after the sequence; '' if there is none. */
  readonly name: string;
}

/** Bases per block in GenBank's and EMBL's lines. */
const BLOCK = 10;
/** A second word of bases with more letters than this is not a name. */
const LONGEST_NAME_OF_BASES = 4;

/** Splits a line into number, sequence and name. Blocks of bases are one sequence, and any other word is a name. */
export function splitDnaLine(line: string): DnaLine {
  const words = line.trim().split(/\s+/);
  const isNumbered = words.length > 1 && /^\d+$/.test(words[0]);
  const rest = isNumbered ? words.slice(1) : words;
  const number = isNumbered ? Number(words[0]) : null;
  return areBlocks(rest)
    ? { number, text: rest.join(' '), name: '' }
    : { number, text: rest[0], name: rest.length > 1 ? rest[1] : '' };
}

/**
 * Whether words are one sequence: words of bases, unless there are two of them and the second is a short one that may
 * be a name, such as "CAT", and no block.
 */
function areBlocks(words: readonly string[]): boolean {
  if (words.length < 2 || !words.every(isBases)) return false;
  const { length } = words[0];
  const last = words[words.length - 1].length;
  return words.length > 2 || last === length || length === BLOCK || last > LONGEST_NAME_OF_BASES;
}

/** Whether a numbered line continues a sequence that has the given number of letters so far. */
export function continues({ number }: DnaLine, lettersBefore: number): boolean {
  return number !== null && number > 1 && number === lettersBefore + 1;
}

/** The letters of a typed line without spaces and numbers and with T for U, with remarks on what was changed. */
export function cleanLetters(text: string): { readonly letters: string; readonly remarks: readonly string[] } {
  return { letters: dnaLetters(text), remarks: cleaning([text.trim()]) };
}

/** The text in upper case, without spaces and numbers and with T for U. It may hold other letters than bases. */
export const dnaLetters = (text: string): string => lettersOf(text).toUpperCase().replaceAll('U', 'T');

/** The text without spaces and numbers, otherwise as written. */
export const lettersOf = (text: string): string => text.replace(/[\s\d]/g, '');

function basesOf(part: Part, place: string): string {
  const bases = dnaLetters(part.text);
  if (bases === '') throw new PastedDnaError(`${place}${place === '' ? 'There' : 'there'} is no base in it.`);
  const fault = baseFault(bases);
  if (fault !== null) throw new PastedDnaError(`${place}${fault}. Bases are A, C, G and T.`);
  return bases;
}

function remarksOn(parts: readonly Part[], records: readonly PastedRecord[]): string[] {
  const twice = (values: readonly string[]) => [
    ...new Set(values.filter((value, i) => value !== '' && values.indexOf(value) !== i)),
  ];
  const names = twice(records.map(({ name }) => name));
  const same = records.length - new Set(records.map(({ sequence }) => sequence)).size;
  return [
    ...cleaning(parts.map(({ text }) => text)),
    ...(names.length > 0
      ? [
          `${names.length === 1 ? 'The name' : 'The names'} ${names
            .slice(0, 3)
            .map((name) => `"${name}"`)
            .join(
              ', ',
            )}${names.length > 3 ? ' and others' : ''} ${names.length === 1 ? 'is' : 'are'} given more than once; all records are kept.`,
        ]
      : []),
    ...(same > 0
      ? [
          `${same} of ${records.length} sequences ${same === 1 ? 'is a duplicate' : 'are duplicates'} and ${same === 1 ? 'counts' : 'count'} once.`,
        ]
      : []),
  ];
}

/** What is removed from the texts or read differently. */
function cleaning(texts: readonly string[]): string[] {
  const some = (sign: RegExp): boolean => texts.some((text) => sign.test(text.trim()));
  return [
    ...(some(/\d/) ? ['Numbers among the bases are ignored.'] : []),
    ...(some(/[^\S\r\n]/) ? ['Spaces among the bases are ignored.'] : []),
    ...(some(/u/i) ? ['The sequence is RNA: U is read as T.'] : []),
  ];
}
