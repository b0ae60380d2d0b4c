/**
 * @file What objectives of molecules share: the context in which they are prepared, the batch that they read, and the
 * helper that makes a scorer of batches from a score of one molecule.
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
  /** Reads tables that only some objectives need, when such an objective is prepared. */
  readonly resource: ReadResource;
  /** Runs trained predictors. It starts nothing until the first program is compiled. */
  readonly device: Device;
}

/** Parsed molecules of a batch; null if the sequence is not a valid molecule. */
export type MoleculeBatch = readonly (Molecule | null)[];

/** A part of a molecule that an objective finds, for naming and highlighting. */
export interface MoleculeGroup {
  readonly kind: 'alert' | 'structure' | 'implausible';
  /** The set of the alert, or the objective. */
  readonly of: string;
  /** Name of the alert or the pattern. */
  readonly name: string;
  /** Atom indices of each match. */
  readonly matches: readonly (readonly number[])[];
  /** Details in plain words. */
  readonly note: string;
}

export interface MoleculeObjective<Parameters extends z.ZodObject = z.ZodObject> extends Objective<
  MoleculeContext,
  MoleculeBatch,
  Parameters
> {
  /** The groups that make the score, if it has places in the molecule. @throws ParameterError as `prepare` does */
  groups?(parameters: z.infer<Parameters>, molecule: Molecule, context: MoleculeContext): MoleculeGroup[];
}

/** Infers the type of the parameters from their declaration. */
export function defineObjective<Parameters extends z.ZodObject>(
  objective: MoleculeObjective<Parameters>,
): MoleculeObjective<Parameters> {
  return objective;
}

/**
 * Makes a scorer of batches.
 * @param score raw value of one molecule
 * @param dispose frees what `score` prepared
 * @returns a scorer that gives null for invalid molecules, for molecules that RDKit refuses, and for values that are
 * not finite
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
