/**
 * Structures that a design refers to: by SMILES, by the name of a compound, or
 * by a file whose first line holds either.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest } from '../../engine/objectives/nearest.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { ParameterError } from '../../engine/objectives/types.ts';
import { drugNames } from '../names/drugs.ts';

export interface Structure {
  readonly smiles: string;
  /** What to call it; null where it came as a SMILES. */
  readonly name: string | null;
}

const LARGEST_FILE = 1_000_000;

/**
 * @param folder that relative file names refer to; null where files are not read
 * @throws ParameterError where the text is none of the three
 */
export function resolveStructure(text: string, parameter: string, { rdkit, resolveName }: MoleculeContext, folder: string | null): Structure {
  const given = text.trim();
  const written = folder === null ? undefined : fileText(resolve(folder, given), parameter);
  const subject = written ?? given;
  const known = resolveName(subject);
  if (known !== undefined) return { smiles: known, name: subject.toLowerCase() };
  const molecule = rdkit.parse(subject);
  if (!molecule) throw new ParameterError(parameter, refusal(given, written));
  molecule.dispose();
  return { smiles: subject, name: null };
}

function fileText(path: string, parameter: string): string | undefined {
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  if (statSync(path).size > LARGEST_FILE) throw new ParameterError(parameter, `${path} is too large for the file of one structure.`);
  return readFileSync(path, 'utf8').trim().split(/[\s,;]/)[0];
}

function refusal(given: string, written: string | undefined): string {
  if (written !== undefined) return `The first line of ${given} starts with "${written}", which is neither a valid SMILES nor a known name.`;
  const name = /^[A-Za-z][A-Za-z -]{3,}$/.test(given) ? nearest(given, Object.keys(drugNames())) : undefined;
  const hint = name === undefined ? '' : ` The nearest known name is "${name}".`;
  return `"${given}" is neither a valid SMILES, nor a known name, nor a file.${hint}`;
}
