/**
 * Files of references, of any format that has a reader (see host/intake). Unlike input to be scored they are read
 * whole, since a run keeps all of them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeText } from '../intake/decode.ts';

/** A larger file is not a list of references; a hundred thousand SMILES take 5 MB. */
const LARGEST_FILE = 50_000_000;

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** A file of references, and the column of a table that holds them if the user names one. */
export interface NamedFile {
  readonly path: string;
  readonly structure?: string;
}

/**
 * A text as the name of a file: "hits.csv", or "hits.csv#parent" for the column "parent".
 * @param folder that file names are relative to
 * @returns null if there is no such file
 */
export function namedFile(text: string, folder: string): NamedFile | null {
  if (text.includes('\n')) return null;
  const whole = resolve(folder, text);
  if (isFile(whole)) return { path: whole };
  const mark = text.lastIndexOf('#');
  const [name, structure] = [text.slice(0, mark).trim(), text.slice(mark + 1).trim()];
  if (mark < 1 || structure === '') return null;
  const path = resolve(folder, name);
  return isFile(path) ? { path, structure } : null;
}

/** What a file holds, unpacked where its name or its first bytes say so. @throws Error where it is damaged */
function fileBytes(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') || (bytes[0] === 0x1f && bytes[1] === 0x8b) ? gunzipSync(bytes) : bytes;
}

/** The text of a file in any encoding, with "\n" as the end of a line. @throws Error where it is damaged or no text */
export function fileText(path: string): string {
  return decodeText(fileBytes(path), path).text;
}

/** @throws Error where the file is too large or damaged */
export function referenceBytes(path: string): Uint8Array {
  if (statSync(path).size > LARGEST_FILE)
    throw new Error(`${path} is larger than ${LARGEST_FILE / 1e6} MB, which is too large for a file of references.`);
  return fileBytes(path);
}
