/** @file What objectives share: tables and models read once per owner, and molecules standardised once. */
import type { Molecule } from '../chem/molecule.ts';
import type { Rdkit } from '../chem/rdkit.ts';
import { standardise } from '../chem/standardise.ts';

/** @returns a function that calls `make` at most once per owner and keeps its value as long as the owner lives */
export function onceFor<Owner extends object, Value extends object>(
  make: (owner: Owner) => Value,
): (owner: Owner) => Value {
  const made = new WeakMap<Owner, Value>();
  return (owner) => {
    const value = made.get(owner) ?? make(owner);
    made.set(owner, value);
    return value;
  };
}

/** The standard form of a molecule, which predictors and references of one batch ask for again and again. */
export const standardiser = onceFor((rdkit: Rdkit) => onceFor((molecule: Molecule) => standardise(rdkit, molecule)));
