/**
 * What objectives of molecules share: the context they are prepared in, the
 * batch they read, and the helper that turns a score of one molecule into a
 * scorer of batches.
 */
import type { z } from 'zod';
import type { Alert } from '../chem/alerts.ts';
import { MoleculeError } from '../chem/errors.ts';
import type { FragmentTable } from '../chem/fragments.ts';
import type { Molecule } from '../chem/molecule.ts';
import type { Rdkit } from '../chem/rdkit.ts';
import type { Device } from '../tensor/device.ts';
import type { Objective, ReadResource, Scorer } from './types.ts';

/** What the host has loaded once for all objectives of a worker. */
export interface MoleculeContext {
  readonly rdkit: Rdkit;
  /** Fragment contributions of the SA score. */
  readonly fragments: FragmentTable;
  readonly alerts: readonly Alert[];
  /** For what only some objectives need; read when such an objective is prepared. */
  readonly resource: ReadResource;
  /** Runs trained predictors; nothing starts before one compiles a program. */
  readonly device: Device;
}

/** Parsed molecules of a batch; null where the sequence is not a valid molecule. */
export type MoleculeBatch = readonly (Molecule | null)[];

/** A part of a molecule that an objective finds, to be named and marked. */
export interface MoleculeGroup {
  readonly kind: 'alert' | 'structure';
  /** The set of the alert, or the objective. */
  readonly of: string;
  /** Of the alert, or the pattern. */
  readonly name: string;
  /** Indices of its atoms, of each match. */
  readonly matches: readonly (readonly number[])[];
  /** What there is to say of it. */
  readonly note: string;
}

export interface MoleculeObjective<Parameters extends z.ZodObject = z.ZodObject> extends Objective<
  MoleculeContext,
  MoleculeBatch,
  Parameters
> {
  /** What makes the score, where that has a place in the molecule. @throws ParameterError as `prepare` does */
  groups?(parameters: z.infer<Parameters>, molecule: Molecule, context: MoleculeContext): MoleculeGroup[];
}

/** Infers the parameters' type from their declaration. */
export function defineObjective<Parameters extends z.ZodObject>(
  objective: MoleculeObjective<Parameters>,
): MoleculeObjective<Parameters> {
  return objective;
}

/**
 * @param score raw value of one molecule
 * @param dispose frees what `score` prepared
 * @returns a scorer with null for invalid molecules, for those that RDKit refuses, and for values that are not finite
 */
export function scoreEach(
  score: (molecule: Molecule) => number,
  dispose: () => void = () => undefined,
): Scorer<MoleculeBatch> {
  return { score: (batch) => batch.map((molecule) => molecule && scoreOne(score, molecule)), dispose };
}

function scoreOne(score: (molecule: Molecule) => number, molecule: Molecule): number | null {
  try {
    const value = score(molecule);
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof MoleculeError) return null;
    throw error;
  }
}
