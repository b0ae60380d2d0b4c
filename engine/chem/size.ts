/** How large a structure's text may be, told before RDKit reads it. */

/**
 * Largest molecule that is tried. RDKit's recursive code overruns the WASM stack
 * at some 700 chained atoms, which would end the whole instance.
 */
export const MOST_ATOMS = 500;

const ATOM = /\[[^\]]*\]|Cl|Br|[A-Za-z*]/g;

/** Atoms that a SMILES or SMARTS writes, roughly; counted only where they may be too many, else 0. */
export function manyAtoms(text: string): number {
  return text.length > MOST_ATOMS ? (text.match(ATOM)?.length ?? 0) : 0;
}
