/**
 * @file The encoding of a text file that a user opens. UTF-8 and UTF-16 are told by their marks or zeros; other bytes
 * beyond ASCII are UTF-8 where they are valid, else Windows-1252, which Excel writes.
 */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** @param bytes the beginning of the file; null if they have neither a mark nor the zeros of UTF-16 */
export function encodingByMark(bytes: Uint8Array): Encoding | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  // Without a mark, the letters of text have a zero at every other place.
  const start = bytes.subarray(0, 400);
  if (start.length < 4) return null;
  const zeros = (from: number) => start.filter((byte, i) => i % 2 === from && byte === 0).length;
  if (zeros(1) > 0.4 * start.length && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > 0.4 * start.length && zeros(1) === 0 ? 'utf-16be' : null;
}

/** @param bytes without a mark; the last character may be cut */
export function encodingOf(bytes: Uint8Array): Encoding {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The text of a whole file, with "\n" as the end of a line, whatever the file has. */
export function textOf(bytes: Uint8Array): string {
  const encoding = encodingByMark(bytes) ?? encodingOf(bytes);
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n');
}
