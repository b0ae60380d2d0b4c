/**
 * RDKit compiled to WASM (@rdkit/rdkit, RDKit Code/MinimalLib), loaded from
 * bytes that the caller has read. Everything that allocates WASM memory is
 * wrapped in a class with `dispose`.
 */
import initRdkit, { type MainModule, type Mol } from '@rdkit/rdkit';
import { callRdkit, MoleculeError, StructureError } from './errors.ts';
import { Molecule } from './molecule.ts';
import type { AtomicMass } from './morgan.ts';
import { Pattern } from './pattern.ts';

/**
 * Largest molecule that is tried. RDKit's recursive code overruns the WASM stack
 * at some 700 chained atoms, which would end the whole instance.
 */
export const MOST_ATOMS = 500;
const LONGEST_SMILES = 10 * MOST_ATOMS;
const ATOM = /\[[^\]]*\]|Cl|Br|[A-Za-z*]/g;

function isTooLarge(smiles: string): boolean {
  return smiles.length > LONGEST_SMILES || (smiles.length > MOST_ATOMS && (smiles.match(ATOM)?.length ?? 0) > MOST_ATOMS);
}

/**
 * Characters that a SMILES can have. RDKit-JS would take a mol block or JSON
 * for a structure too, and would ignore what follows a space.
 */
const SMILES_CHARACTERS = /^[A-Za-z0-9@+\-[\]().=#$:/\\%*<>~]+$/;

export class Rdkit {
  readonly #module: MainModule;
  readonly #masses = new Map<number, number>();

  constructor(module: MainModule) {
    this.#module = module;
  }

  get version(): string {
    return this.#module.version();
  }

  /** @returns null for anything that is not a valid molecule; the caller disposes the rest */
  parse(smiles: string): Molecule | null {
    if (isTooLarge(smiles) || !SMILES_CHARACTERS.test(smiles)) return null;
    const mol = this.#read(smiles);
    return mol && new Molecule(smiles, mol, this.#atomicMass);
  }

  #read(smiles: string): Mol | null {
    try {
      return callRdkit(`the structure ${smiles}`, () => this.#module.get_mol(smiles));
    } catch (error) {
      if (error instanceof MoleculeError) return null;
      throw error;
    }
  }

  /**
   * Canonical SMILES, without stereo and isotopes, of a structure that is taken as
   * it is, aromatic atoms included.
   * @param json RDKit's JSON, as graph.ts reads it
   * @throws MoleculeError where RDKit cannot read it
   */
  plainSmiles(json: string): string {
    return callRdkit('the SMILES of a scaffold', () => {
      const mol = this.#module.get_mol(json, '{"sanitize":false}');
      if (!mol) throw new Error('it is not a structure');
      try {
        return mol.get_smiles('{"doIsomericSmiles":false}');
      } finally {
        mol.delete();
      }
    });
  }

  /** @throws StructureError where the SMARTS does not parse */
  pattern(smarts: string): Pattern {
    const query = smarts.trim() === '' ? null : callRdkit(`the pattern ${smarts}`, () => this.#module.get_qmol(smarts));
    if (!query) throw new StructureError(smarts, `"${smarts}" is not a valid SMARTS pattern`);
    return new Pattern(smarts, query);
  }

  /** From RDKit's own tables: the weight of the bare atom. */
  readonly #atomicMass: AtomicMass = (element, isotope) => {
    const key = element * 1024 + isotope;
    let mass = this.#masses.get(key);
    if (mass === undefined) this.#masses.set(key, (mass = this.#weigh(`[${isotope || ''}#${element}]`)));
    return mass;
  };

  #weigh(atom: string): number {
    const mol = this.#read(atom);
    if (!mol) throw new StructureError(atom, `RDKit does not know the atom ${atom}`);
    try {
      return (JSON.parse(mol.get_descriptors()) as { amw: number }).amw;
    } finally {
      mol.delete();
    }
  }
}

/** @param wasmBinary the bytes of RDKit_minimal.wasm */
export async function loadRdkit(wasmBinary: Uint8Array): Promise<Rdkit> {
  // RDKit reports bad SMILES on the console; a rollout has hundreds.
  const silent = (): undefined => undefined;
  return new Rdkit(await initRdkit({ wasmBinary, print: silent, printErr: silent }));
}
