/** @file Files that a user chooses, in the encodings and with the line ends of other programs. */
import { expect, test } from 'vitest';
import { fileText } from '../../../renderer/lib/file-text.ts';

const text = 'name = "Prä-Leitstruktur"\nsteps = 4\n';
const wide = (bigEndian: boolean): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(2 * (text.length + 1));
  const view = new DataView(bytes.buffer);
  [...`\uFEFF${text}`].forEach((character, i) => view.setUint16(2 * i, character.charCodeAt(0), !bigEndian));
  return bytes;
};

test.each([
  ['UTF-8', new TextEncoder().encode(text)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`)],
  ['Windows-1252', Uint8Array.from(text, (character) => character.charCodeAt(0))],
  ['UTF-16', wide(false)],
  ['UTF-16, big-endian', wide(true)],
  ['the line ends of Windows', new TextEncoder().encode(text.replaceAll('\n', '\r\n'))],
  ['the line ends of the old Mac', new TextEncoder().encode(text.replaceAll('\n', '\r'))],
])('%s', async (_, bytes) => {
  expect(await fileText(new Blob([bytes]))).toBe(text);
});
