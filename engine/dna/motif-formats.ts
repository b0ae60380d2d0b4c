/**
 * @file Reads motifs from text in MEME's minimal format, JASPAR's format or TRANSFAC's. Formats:
 * meme-suite.org/meme/doc/meme-format.html; the download formats of jaspar.elixir.no.
 */

/** A count matrix of a binding site. */
export interface Motif {
  /** Identifier in its collection, e.g. MA0139.2. */
  readonly id: string;
  /** Name of the factor, e.g. CTCF; the identifier if the text has no name. */
  readonly name: string;
  /** Counts of A, C, G and T, position by position: [width, 4]. */
  readonly counts: Float64Array;
}

/** A text of motifs that cannot be read, with the line (from 1) of the fault. */
export class MotifFormatError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'MotifFormatError';
    this.line = line;
  }
}

/** Number of sites that MEME's format assumes by default. */
const MEME_DEFAULT_SITES = 20;

/** Longest motif that can be searched for; the longest of JASPAR has 35 positions. */
const LONGEST = 100;

interface Line {
  readonly text: string;
  readonly number: number;
}

/** @throws MotifFormatError if the text has none of the formats, a broken motif or no motif */
export function parseMotifs(text: string): Motif[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ text: line.trim(), number: i + 1 }))
    .filter((line) => line.text !== '');
  const motifs = parserOf(lines)(lines);
  if (motifs.length === 0) throw new MotifFormatError(1, 'there is no motif in it');
  return motifs;
}

function parserOf(lines: readonly Line[]): (lines: readonly Line[]) => Motif[] {
  if (lines.some(({ text }) => /^MEME version/.test(text) || /^letter-probability matrix:/.test(text)))
    return parseMeme;
  if (lines.some(({ text }) => /^P[O0]\s/.test(text))) return parseTransfac;
  if (lines.some(({ text }) => text.startsWith('>'))) return parseJaspar;
  throw new MotifFormatError(
    1,
    'this is not a motif format of MEME, JASPAR or TRANSFAC; the shortest is JASPAR’s: a line ">name" and four lines with the counts of A, C, G and T',
  );
}

/** Groups of lines, each starting with a line that begins a record. */
function records(lines: readonly Line[], start: RegExp): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    if (start.test(line.text)) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups;
}

function parseMeme(lines: readonly Line[]): Motif[] {
  const alphabet = lines.find(({ text }) => /^ALPHABET/.test(text));
  if (alphabet && !/^ALPHABET=?\s*(ACGT|"?DNA"?)/i.test(alphabet.text))
    throw new MotifFormatError(alphabet.number, `its alphabet is not ACGT: ${alphabet.text}`);
  return records(lines, /^MOTIF\s/).map(memeMotif);
}

function memeMotif([title, ...rest]: readonly Line[]): Motif {
  const [, id = '', name = id] = title.text.split(/\s+/);
  const at = rest.findIndex(({ text }) => text.startsWith('letter-probability matrix'));
  if (at < 0) throw new MotifFormatError(title.number, `the motif ${id} has no letter-probability matrix`);
  const sites = Number(/nsites=\s*(\S+)/.exec(rest[at].text)?.[1] ?? MEME_DEFAULT_SITES);
  const width = Number(/\bw=\s*(\d+)/.exec(rest[at].text)?.[1] ?? NaN);
  const end = Number.isNaN(width) ? rest.findIndex(({ text }, i) => i > at && !/^[-+.\d]/.test(text)) : at + 1 + width;
  const rows = rest.slice(at + 1, end < 0 ? undefined : end).map((line) => numbers(line, line.text.split(/\s+/), 4));
  if (!Number.isNaN(width) && rows.length < width)
    throw new MotifFormatError(title.number, `the motif ${id} has ${rows.length} of ${width} rows`);
  return motif(
    title,
    id,
    name,
    rows.map((row) => row.map((share) => share * sites)),
  );
}

function parseTransfac(lines: readonly Line[]): Motif[] {
  return records([{ text: '//', number: 1 }, ...lines], /^\/\//)
    .filter((group) => group.length > 1)
    .map(transfacMotif);
}

function transfacMotif(lines: readonly Line[]): Motif {
  const field = (key: string) => lines.find(({ text }) => new RegExp(`^${key}\\s`).test(text))?.text.split(/\s+/)[1];
  const id = field('AC') ?? field('ID');
  const first = lines[1];
  if (id === undefined) throw new MotifFormatError(first.number, 'a motif has neither AC nor ID');
  const rows = lines
    .filter(({ text }) => /^\d+\s/.test(text))
    .map((line) => numbers(line, line.text.split(/\s+/).slice(1, 5), 4));
  return motif(first, id, field('ID') ?? id, rows);
}

function parseJaspar(lines: readonly Line[]): Motif[] {
  return records(lines, /^>/).map(jasparMotif);
}

/** Four rows of counts, with or without a base in front and brackets around them. */
function jasparMotif([title, ...rows]: readonly Line[]): Motif {
  const [id = '', name = id] = title.text.slice(1).trim().split(/\s+/);
  if (rows.length !== 4)
    throw new MotifFormatError(title.number, `the motif ${id} has ${rows.length} rows instead of 4, for A, C, G and T`);
  const columns = rows.map((line, i) => jasparRow(line, 'ACGT'[i]));
  const width = columns[0].length;
  const uneven = columns.findIndex((column) => column.length !== width);
  if (uneven >= 0)
    throw new MotifFormatError(
      rows[uneven].number,
      `the motif ${id} has ${columns[uneven].length} counts here and ${width} in its first row`,
    );
  return motif(
    title,
    id,
    name,
    columns[0].map((_, position) => columns.map((column) => column[position])),
  );
}

function jasparRow(line: Line, base: string): number[] {
  const words = line.text.replace(/[[\]]/g, ' ').trim().split(/\s+/);
  const letter = /^[A-Za-z]/.test(words[0]) ? words.shift() : base;
  if (letter?.toUpperCase() !== base)
    throw new MotifFormatError(line.number, `the row of ${base} starts with "${letter}"`);
  return numbers(line, words, words.length);
}

function numbers({ number }: Line, words: readonly string[], count: number): number[] {
  const values = words.slice(0, count).map(Number);
  const bad = values.findIndex((value) => !Number.isFinite(value) || value < 0);
  if (bad >= 0) throw new MotifFormatError(number, `"${words[bad]}" is not a count or share of a base`);
  if (values.length < count)
    throw new MotifFormatError(number, `there are ${values.length} numbers instead of ${count}`);
  return values;
}

function motif({ number }: Line, id: string, name: string, rows: readonly (readonly number[])[]): Motif {
  if (id === '') throw new MotifFormatError(number, 'a motif has no identifier');
  if (rows.length === 0 || rows.length > LONGEST)
    throw new MotifFormatError(
      number,
      `the motif ${id} has ${rows.length} positions; motifs of 1 to ${LONGEST} can be searched for`,
    );
  const empty = rows.findIndex((row) => row.every((count) => count === 0));
  if (empty >= 0) throw new MotifFormatError(number, `the motif ${id} has no counts at position ${empty + 1}`);
  return { id, name, counts: Float64Array.from(rows.flat()) };
}
