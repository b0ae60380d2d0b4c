/** @file Text of any encoding and with any line ends, as pieces with "\n" alone. */
import { type Encoding, encodingByMark, encodingOf } from '../../contract/file-text.ts';
import { InputError } from '../base/errors.ts';

/** What a text's encoding and line ends were, for the user. */
const NOTES: Readonly<Partial<Record<Encoding, string>>> = {
  'utf-16le': 'The file is read as utf-16le.',
  'utf-16be': 'The file is read as utf-16be.',
  'windows-1252': 'The file is read as windows-1252.',
};

/** Takes the bytes of one file in order. */
export class TextReader {
  readonly #name: string;
  #decoder: TextDecoder | null = null;
  /** null while all is ASCII. */
  #encoding: Encoding | null = null;
  #isFirst = true;
  /** Whether the last piece ended in "\r", which a "\n" may follow. */
  #isCut = false;

  /** @param name of the file, for messages */
  constructor(name: string) {
    this.#name = name;
  }

  get encoding(): Encoding {
    return this.#encoding ?? 'utf-8';
  }

  get notes(): readonly string[] {
    const note = NOTES[this.encoding];
    return note === undefined ? [] : [note];
  }

  /** @throws InputError where the bytes are no text, or of two encodings */
  push(bytes: Uint8Array): string {
    if (this.#isFirst) this.#encoding = encodingByMark(bytes);
    this.#isFirst = false;
    if (this.#encoding === null && bytes.some((byte) => byte > 127)) this.#encoding = encodingOf(bytes);
    const isWide = this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be';
    if (!isWide && bytes.includes(0))
      throw new InputError(`${this.#name} is not a text file. Save the table as CSV, TSV, XLSX or SDF.`);
    return this.#withLineEnds(this.#decode(bytes, true));
  }

  end(): string {
    const rest = this.#decode(new Uint8Array(), false);
    return `${this.#withLineEnds(rest)}${this.#isCut ? '\n' : ''}`;
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    if (this.#encoding !== null && this.#decoder?.encoding !== this.#encoding)
      this.#decoder = new TextDecoder(this.#encoding, { fatal: true });
    this.#decoder ??= new TextDecoder('utf-8', { fatal: true });
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch {
      throw new InputError(
        `Cannot read ${this.#name}: it begins as ${this.encoding}, and later bytes are not. Save it again as UTF-8.`,
      );
    }
  }

  #withLineEnds(text: string): string {
    const whole = this.#isCut ? `\r${text}` : text;
    this.#isCut = whole.endsWith('\r');
    return (this.#isCut ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }
}

/** The text of a whole file. @throws InputError where it is none */
export function decodeText(
  bytes: Uint8Array,
  name: string,
): { readonly text: string; readonly notes: readonly string[] } {
  const reader = new TextReader(name);
  const text = reader.push(bytes) + reader.end();
  return { text, notes: reader.notes };
}
