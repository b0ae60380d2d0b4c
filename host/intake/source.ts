/** @file A file, standard input or a pasted text as what it is: bytes of a format, or text with its first lines. */
import { createReadStream, existsSync, type ReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorText, InputError } from '../base/errors.ts';
import { archiveContent, type Content, endingOf, recogniseBytes, type Recognised, recogniseText } from './content.ts';
import { TextReader } from './decode.ts';

/** Characters that are read before a file is recognised. */
const HEAD = 65_536;
/** Larger files of these formats would be in memory whole. */
const LARGEST_WHOLE = 50_000_000;

export interface TextSource {
  readonly content: Exclude<Content, 'xlsx' | 'snapgene'>;
  /** First characters, with "\n" as the end of a line. */
  readonly head: string;
  /** All of it, the head included. @throws InputError where it cannot be read on */
  readonly chunks: AsyncIterable<string>;
  /** About the encoding; complete when everything is read. */
  notes(): readonly string[];
}

interface BytesSource {
  readonly content: 'xlsx' | 'snapgene';
  readonly bytes: Uint8Array;
}

/** An open file. */
export type Source = (TextSource | BytesSource) & {
  /** Share of the file's bytes read so far; null where its size is not known. */
  share(): number | null;
};

/** Size of a file. @throws InputError where there is none */
function sizeOf(file: string): number {
  if (!existsSync(file)) throw new InputError(`Cannot read ${file}: there is no such file.`);
  const about = statSync(file);
  if (about.isDirectory()) throw new InputError(`Cannot read ${file}: it is a folder.`);
  return about.size;
}

/** @param file a path, or '-' for stdin @throws InputError where it cannot be read, or is of a format that is not */
export async function openSource(file: string): Promise<Source> {
  const name = file === '-' ? 'the input' : file;
  const size = file === '-' ? 0 : sizeOf(file);
  const stream = file === '-' ? process.stdin : createReadStream(file);
  const share = () => (size === 0 ? null : (stream as ReadStream).bytesRead / size);
  return { ...(await recognised(plain(stream, file), name)), share };
}

/** The same of a file that is in memory, unpacked or not. @throws see openSource */
export async function sourceOfBytes(bytes: Uint8Array, name: string): Promise<Source> {
  return { ...(await recognised(plain(Readable.from(piecesOf(bytes)), name), name)), share: () => null };
}

/** As a file is read, so that its encoding is told by its first piece. */
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += HEAD) yield bytes.subarray(at, at + HEAD);
}

async function recognised(read: AsyncIterable<Uint8Array>, name: string): Promise<TextSource | BytesSource> {
  const bytes = new Peeked(read);
  const start = await reading(name, () => bytes.peek(4));
  const known = recogniseBytes(start, name);
  if (known !== null) {
    const content = contentOf(known, name);
    const whole = await reading(name, () => wholeOf(bytes, name));
    if (content === 'xlsx' && start[0] === 0x50) contentOf(archiveContent(whole), name);
    return { content, bytes: whole } as BytesSource;
  }
  return openText(bytes, name);
}

async function openText(bytes: AsyncIterable<Uint8Array>, name: string): Promise<TextSource> {
  const reader = new TextReader(name);
  const chunks = textOf(bytes, reader, name)[Symbol.asyncIterator]();
  const first: string[] = [];
  for (let length = 0; length < HEAD;) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const head = first.join('');
  const content = contentOf(recogniseText(head), name) as TextSource['content'];
  return { content, head, chunks: joined(first, chunks), notes: () => reader.notes };
}

/** @throws InputError that names the format and what would do */
export function contentOf(found: Recognised, name: string): Content {
  if ('content' in found) return found.content;
  const what = found.what.startsWith('not ') ? found.what : `${found.what}, which cannot be read here`;
  throw new InputError(`${name} is ${what}. ${found.instead}`);
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, reader: TextReader, name: string): AsyncGenerator<string> {
  try {
    for await (const chunk of bytes) yield reader.push(chunk);
    yield reader.end();
  } catch (error) {
    unreadable(name, error);
  }
}

async function* joined(first: readonly string[], rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function wholeOf(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += all.push(chunk) && chunk.length;
    if (length > LARGEST_WHOLE)
      throw new InputError(`${name} is larger than ${LARGEST_WHOLE / 1e6} MB. Save the table as CSV.`);
  }
  return Buffer.concat(all);
}

/** Bytes of a stream, of which the first can be looked at before they are read. */
class Peeked implements AsyncIterable<Uint8Array> {
  readonly #bytes: AsyncIterator<Uint8Array>;
  #first: Uint8Array = new Uint8Array();

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes[Symbol.asyncIterator]();
  }

  /** At least so many bytes if there are as many. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#first.length < count) {
      const next = await this.#bytes.next();
      if (next.done === true) break;
      this.#first = Buffer.concat([this.#first, next.value]);
    }
    return this.#first;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#first.length > 0) yield this.#first;
    for (let next = await this.#bytes.next(); next.done !== true; next = await this.#bytes.next()) yield next.value;
  }
}

/** Unpacked where the name or the first bytes say that it is packed. */
async function* plain(bytes: Readable, name: string): AsyncGenerator<Uint8Array> {
  const packed = new Peeked(bytes as AsyncIterable<Uint8Array>);
  const [first, second] = await packed.peek(2);
  if (!name.toLowerCase().endsWith('.gz') && !(first === 0x1f && second === 0x8b)) return yield* packed;
  const unpacked = createGunzip();
  const feeding = feed(packed, unpacked);
  yield* unpacked as AsyncIterable<Uint8Array>;
  await feeding;
}

async function feed(packed: AsyncIterable<Uint8Array>, unpacked: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of packed) if (!unpacked.write(chunk)) await drained(unpacked);
    unpacked.end();
  } catch (error) {
    unpacked.destroy(error as Error);
  }
}

function drained(stream: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      stream.off('drain', settle).off('close', settle);
      resolve();
    };
    stream.once('drain', settle).once('close', settle);
  });
}

async function reading<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    return unreadable(name, error);
  }
}

/** Errors of the file system, of gzip and of tables bear the file's name. */
export function unreadable(name: string, error: unknown): never {
  if (error instanceof InputError) throw error;
  throw new InputError(`Cannot read ${name}: ${errorText(error).replace(/\.$/, '')}.`);
}

/** Lines of a text, without their ends. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** First lines of a head, without the last, which may be cut. */
export function headLines(head: string): string[] {
  const lines = head.split('\n');
  return lines.length > 1 ? lines.slice(0, -1) : lines;
}

/** Whether a file's name says that it is FASTA. */
export function isFasta(file: string): boolean {
  return ['fa', 'fasta', 'fna', 'ffn', 'fas'].includes(endingOf(file));
}
