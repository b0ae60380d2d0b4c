/** @file Limits the size of a structure's text before RDKit reads it. */

/**
 * Largest molecule that is read. RDKit's recursive code overruns the WASM stack at some 700 chained atoms, which would
 * end the whole instance.
 */
export const MOST_ATOMS = 500;

const ATOM = /\[[^\]]*\]|Cl|Br|[A-Za-z*]/g;

/** Approximate number of atoms of a SMILES or SMARTS. Counted only if there may be too many, otherwise 0. */
export function manyAtoms(text: string): number {
  return text.length > MOST_ATOMS ? (text.match(ATOM)?.length ?? 0) : 0;
}
