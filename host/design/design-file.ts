/**
 * Reads, checks and completes design files. Problems name the file, the line and the
 * nearest valid choice.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Design } from '../../contract/design-shape.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { InputError, problemLine, problemsError } from '../base/errors.ts';
import { decodeText } from '../intake/decode.ts';
import { configOf, priorProblem } from '../models/generators.ts';
import { type CheckContext, checkToml } from './check.ts';
import { fittedTo } from './prior-samples.ts';
import type { ResolvedDesign } from './resolved.ts';

export interface DesignFile {
  readonly source: string;
  readonly design: Design;
  readonly resolved: ResolvedDesign;
  /** Notes for the user, each with file and line; the design can still run. */
  readonly notes: readonly string[];
}

/**
 * What designs are checked with in this process.
 * @param folder see CheckContext
 * @param fit whether numbers that a goal omits are fitted to the prior's samples, instead of the objective's defaults
 */
export function checkContext(chemistry: MoleculeContext, folder: string | null, fit = false): CheckContext {
  return { chemistry, folder, checkPrior: priorProblem, configOf, fittedTo: fit ? fittedTo : () => () => ({}) };
}

/** @throws InputError naming the file if it cannot be read */
function readText(file: string): string {
  try {
    return decodeText(readFileSync(file), file).text;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`Cannot read ${file}: ${reason(error)}.`);
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'you have no permission to read it' : String(error);
}

/** @param fit see `checkContext` @throws InputError with every problem, each with its line */
export function readDesignFile(file: string, chemistry: MoleculeContext, fit = false): DesignFile {
  const source = readText(file);
  const context = checkContext(chemistry, dirname(resolve(file)), fit);
  const { problems, notes, design, resolved } = checkToml(source, context);
  if (design === null || resolved === null) throw problemsError(problems, file);
  return { source, design, resolved, notes: notes.map((note) => problemLine(note, file)) };
}
