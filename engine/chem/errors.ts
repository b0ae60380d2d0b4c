/**
 * @file Errors of the chemistry layer that callers distinguish: an invalid structure (the user can correct it), a
 * molecule that cannot be computed (its score is missing), and corrupt WASM memory of RDKit (the worker must restart).
 */

/** A SMILES or SMARTS that RDKit cannot read. */
export class StructureError extends Error {
  readonly structure: string;
  constructor(structure: string, message: string) {
    super(message);
    this.name = 'StructureError';
    this.structure = structure;
  }
}

/** RDKit refused one computation for one molecule. Other molecules are unaffected. */
export class MoleculeError extends Error {
  override readonly name = 'MoleculeError';
}

/** RDKit trapped. Nothing in this WASM instance can be trusted any more. */
export class RdkitCrash extends Error {
  override readonly name = 'RdkitCrash';
}

const TRAPS = [WebAssembly.RuntimeError, RangeError];

/**
 * Runs one call into RDKit. C++ exceptions become MoleculeError. Traps and stack overflows, after which every later
 * call also fails, become RdkitCrash.
 */
export function callRdkit<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (TRAPS.some((trap) => error instanceof trap)) {
      throw new RdkitCrash(`RDKit crashed in ${what}: ${text}`, { cause: error });
    }
    throw new MoleculeError(`RDKit could not compute ${what}: ${text}`, { cause: error });
  }
}
