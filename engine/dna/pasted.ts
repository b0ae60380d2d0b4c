/**
 * DNA as people paste it: bases with the numbers and spaces of GenBank's ORIGIN
 * lines, whole GenBank entries, FASTA, RNA, one sequence a line. What can be read
 * without a doubt is read, and said; what can't is refused with its place.
 */
import { baseFault, codeFault } from './sequence.ts';

export interface PastedRecord {
  /** First word of a header; '' where there is none. */
  readonly name: string;
  /** A, C, G and T in upper case; at least one. */
  readonly sequence: string;
}

export interface PastedDna {
  /** In the order given, doubles among them. */
  readonly records: readonly PastedRecord[];
  /** Sentences on what was done to the text. */
  readonly remarks: readonly string[];
}

/** Text that can't be read as DNA; the message begins with the record's place. */
export class PastedDnaError extends Error {
  override readonly name = 'PastedDnaError';
}

/** A record before its letters are looked at. */
interface Part {
  readonly name: string;
  readonly text: string;
}

/** @throws PastedDnaError naming the record and the letter's position among its letters */
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
  if (/^\s*>/.test(text)) return fastaParts(text);
  if (/^ORIGIN\b/m.test(text)) return genbankParts(text);
  return lineParts(text);
}

function fastaParts(text: string): Part[] {
  return text
    .split(/^[^\S\n]*>/m)
    .slice(1)
    .map((record) => {
      const [header, ...lines] = record.split(/\r?\n/);
      return { name: header.trim().split(/\s+/)[0], text: lines.join('\n') };
    });
}

/** The bases of each entry; its features and references are not read. */
function genbankParts(text: string): Part[] {
  return text
    .split(/^\/\/.*$/m)
    .filter((entry) => /^ORIGIN\b/m.test(entry))
    .map((entry) => ({
      name: /^LOCUS\s+(\S+)/m.exec(entry)?.[1] ?? '',
      text: entry.slice(entry.search(/^ORIGIN\b/m)).replace(/^ORIGIN.*$/m, ''),
    }));
}

/** One a line, or between commas; a line whose number goes on from the line before belongs to it. */
function lineParts(text: string): Part[] {
  const parts: { name: string; text: string; letters: number }[] = [];
  for (const line of text.split(/[\r\n,]+/).filter((one) => one.trim() !== '')) {
    const number = Number(/^\s*(\d+)\s+\S/.exec(line)?.[1] ?? NaN);
    const last = parts.at(-1);
    const letters = lettersOf(line).length;
    if (last !== undefined && number > 1 && number === last.letters + 1) {
      last.text += `\n${line}`;
      last.letters += letters;
    } else parts.push({ name: '', text: line, letters });
  }
  return parts;
}

/**
 * A pattern of IUPAC codes as it is typed: spaces and numbers are left out, U is T.
 * @returns upper case, '' where nothing is left @throws PastedDnaError naming the letter's position among the letters
 */
export function readPattern(text: string): string {
  const codes = cleanLetters(text).letters;
  const fault = codeFault(codes);
  if (fault !== null)
    throw new PastedDnaError(
      `${fault}. Codes are A, C, G, T, N for any base, and R, Y, S, W, K, M, B, D, H and V for some.`,
    );
  return codes;
}

/** Letters as they are typed on one line, without spaces and numbers and with T for U, and what was done. */
export function cleanLetters(text: string): { readonly letters: string; readonly remarks: readonly string[] } {
  return { letters: lettersOf(text).toUpperCase().replaceAll('U', 'T'), remarks: cleaning([text.trim()]) };
}

const lettersOf = (text: string): string => text.replace(/[\s\d]/g, '');

function basesOf(part: Part, place: string): string {
  const letters = lettersOf(part.text).toUpperCase();
  if (letters === '') throw new PastedDnaError(`${place}${place === '' ? 'There' : 'there'} is no base in it.`);
  const bases = letters.replaceAll('U', 'T');
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
          `${same} of ${records.length} sequences ${same === 1 ? 'is' : 'are'} given before and ${same === 1 ? 'counts' : 'count'} once.`,
        ]
      : []),
  ];
}

/** What is left out of the texts, or read as something else. */
function cleaning(texts: readonly string[]): string[] {
  const some = (sign: RegExp): boolean => texts.some((text) => sign.test(text.trim()));
  return [
    ...(some(/\d/) ? ['Numbers among the bases are left out.'] : []),
    ...(some(/[^\S\r\n]/) ? ['Spaces among the bases are left out.'] : []),
    ...(some(/u/i) ? ['It is RNA: U is read as T.'] : []),
  ];
}
