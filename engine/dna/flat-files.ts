/**
 * @file Readers of FASTA, GenBank and EMBL, which take one line at a time, so that a file of any length needs the
 * memory of one record. The letters are as they are written; nothing is checked here.
 */

/** A record before its letters are checked. */
export interface FlatRecord {
  /** First word of FASTA's header, name of LOCUS or ID; '' without one. */
  readonly name: string;
  readonly text: string;
  /** Line of its header, from 1. */
  readonly line: number;
}

export type FlatFormat = 'FASTA' | 'GenBank' | 'EMBL';

/** Takes a file's lines in order. */
export interface FlatReader {
  /** @param line without its end @returns the record that the line ends, if it ends one */
  push(line: string): FlatRecord | null;
  end(): FlatRecord | null;
}

/** By the first line that holds anything; null if it is none of them. */
export function flatFormat(head: string): FlatFormat | null {
  const text = head.replace(/^\uFEFF/, '');
  if (/^\s*>/.test(text)) return 'FASTA';
  if (/^\s*LOCUS\s/.test(text)) return 'GenBank';
  if (/^\s*ID {3}\S/.test(text) && /^(XX|SQ|AC|DE)\b/m.test(text)) return 'EMBL';
  // An entry whose first lines were not copied.
  return /^ORIGIN\s*$/m.test(text) ? 'GenBank' : null;
}

export function flatReader(format: FlatFormat): FlatReader {
  return format === 'FASTA' ? new FastaReader() : new EntryReader(format === 'GenBank' ? GENBANK : EMBL);
}

class FastaReader implements FlatReader {
  #line = 0;
  #open: { readonly name: string; readonly line: number } | null = null;
  #parts: string[] = [];

  push(line: string): FlatRecord | null {
    this.#line++;
    const header = /^\s*>(.*)$/.exec(line);
    if (header === null) {
      // Old files have comments, which begin with a semicolon.
      if (!line.startsWith(';')) this.#parts.push(line);
      return null;
    }
    const ended = this.end();
    this.#open = { name: header[1].trim().split(/\s+/, 1)[0], line: this.#line };
    return ended;
  }

  end(): FlatRecord | null {
    const ended = this.#open && { ...this.#open, text: this.#parts.join('\n').trim() };
    this.#open = null;
    this.#parts = [];
    return ended;
  }
}

/** How the entries of a format begin and where their bases are. */
interface Entries {
  readonly name: RegExp;
  readonly bases: RegExp;
}

const GENBANK: Entries = { name: /^\s*LOCUS\s+(\S+)/, bases: /^\s*ORIGIN\b/ };
const EMBL: Entries = { name: /^\s*ID\s+([^\s;]+)/, bases: /^SQ\s/ };

class EntryReader implements FlatReader {
  readonly #format: Entries;
  #line = 0;
  #name: string | null = null;
  #start = 0;
  /** null before the bases. */
  #parts: string[] | null = null;

  constructor(format: Entries) {
    this.#format = format;
  }

  push(line: string): FlatRecord | null {
    this.#line++;
    if (/^\s*\/\//.test(line)) return this.end();
    if (this.#parts !== null) {
      this.#parts.push(line);
      return null;
    }
    const name = this.#format.name.exec(line)?.[1];
    if (name !== undefined) [this.#name, this.#start] = [name, this.#line];
    if (this.#format.bases.test(line)) this.#parts = [];
    return null;
  }

  end(): FlatRecord | null {
    const isOpen = this.#name !== null || this.#parts !== null;
    const ended = { name: this.#name ?? '', text: (this.#parts ?? []).join('\n').trim(), line: this.#start };
    this.#name = null;
    this.#parts = null;
    return isOpen ? ended : null;
  }
}

/** Every record of a whole text. */
export function flatRecords(text: string, format: FlatFormat): FlatRecord[] {
  const reader = flatReader(format);
  const records = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .flatMap((line) => reader.push(line) ?? []);
  return [...records, ...[reader.end()].filter((record) => record !== null)];
}
