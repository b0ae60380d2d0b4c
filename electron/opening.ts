/** @file Files that the user opens from the desktop: by double click, by dropping on the icon, or as arguments. */
import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { textOf } from '../contract/file-text.ts';
import type { ShellCommand } from '../contract/shell.ts';

const largestDesign = 2 ** 20;

/** The files among the words of a command line. @param folder that relative paths start from */
export function filesIn(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => !word.startsWith('-') && /\.(amalgam|toml)$/i.test(word))
    .map((word) => resolve(folder, word));
}

export const isWorkspace = (file: string): boolean => /\.amalgam$/i.test(file);

/** @throws Error if there is no such file, since the host would make an empty workspace */
export function requireFile(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no file ${file}.`);
}

/** @throws Error if the file cannot be read or is too large for a design */
export function designFile(file: string): ShellCommand {
  requireFile(file);
  if (statSync(file).size > largestDesign) throw new Error(`${file} is larger than 1 MB, so it is no design file.`);
  return { command: 'design-file', fileName: basename(file), text: textOf(readFileSync(file)) };
}
