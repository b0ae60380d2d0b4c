/**
 * Motif files that a design names. The text replaces the name of the file, so that a run means the same wherever it is
 * resumed.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { errorText } from '../base/errors.ts';
import { fileText, isFile } from './reference-file.ts';
import { shortened } from './typed-structure.ts';

/** A run stores the text; JASPAR's 2,000 profiles take 900 kB. */
const LARGEST_FILE = 2_000_000;

/**
 * @param given a file, perhaps gzipped, or the motifs themselves on several lines; '' for the shipped ones
 * @param folder that file names are relative to; null if files are not read
 * @throws ParameterError if the file cannot be read
 */
export function resolveMotifs(given: string, parameter: string, folder: string | null): string {
  if (given.trim() === '' || given.includes('\n')) return given.trim();
  if (folder === null)
    throw new ParameterError(
      parameter,
      `“${shortened(given.trim())}” is a single line. Paste the whole text of a motif file in MEME, JASPAR or TRANSFAC format. File names work only in design files and on the command line.`,
    );
  const path = resolve(folder, given.trim());
  if (!isFile(path)) throw new ParameterError(parameter, `Cannot read ${given}: there is no such file.`);
  if (statSync(path).size > LARGEST_FILE)
    throw new ParameterError(
      parameter,
      `${given} is larger than ${LARGEST_FILE / 1e6} MB. Keep only the motifs that you need.`,
    );
  const text = textOf(path, parameter);
  if (text.trim() === '')
    throw new ParameterError(
      parameter,
      `${given.trim()} is empty. It needs motifs in MEME, JASPAR or TRANSFAC format.`,
    );
  return text;
}

function textOf(path: string, parameter: string): string {
  try {
    return fileText(path);
  } catch (error) {
    throw new ParameterError(parameter, errorText(error));
  }
}
