/** @file Design files that the desktop hands over, in the encodings of other programs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { designFile } from '../../electron/opening.ts';
import { temporaryFolder } from '../host/tools.ts';

const folder = temporaryFolder();
const text = 'name = "Prä-Leitstruktur"\n';

test.each([
  ['utf8.toml', Buffer.from(text)],
  ['western.toml', Buffer.from(text, 'latin1')],
  ['wide.toml', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['windows.toml', Buffer.from(text.replaceAll('\n', '\r\n'))],
])('%s', (name, content) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  expect(designFile(file)).toEqual({ command: 'design-file', fileName: name, text });
});
