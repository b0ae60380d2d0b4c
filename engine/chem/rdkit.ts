/**
 * @file RDKit compiled to WASM (@rdkit/rdkit, RDKit Code/MinimalLib), loaded from bytes that the caller has read.
 * Everything that allocates WASM memory is wrapped in a class with `dispose`.
 */
import initRdkit, { type MainModule, type Mol } from '@rdkit/rdkit';
import { callRdkit, MoleculeError, StructureError } from './errors.ts';
import { blockFault, isMolBlock } from './mol-block.ts';
import { Molecule } from './molecule.ts';
import type { AtomicMass } from './morgan.ts';
import { Pattern, type PatternOptions } from './pattern.ts';
import { manyAtoms, MOST_ATOMS } from './size.ts';
import { formComplaint, smartsComplaint } from './smarts/complaint.ts';

const LONGEST_SMILES = 10 * MOST_ATOMS;

function isTooLarge(smiles: string): boolean {
  return smiles.length > LONGEST_SMILES || manyAtoms(smiles) > MOST_ATOMS;
}

/**
 * Characters that are allowed in a SMILES. RDKit-JS would also accept a mol block or JSON, and would ignore everything
 * after a space.
 */
const SMILES_CHARACTERS = /^[A-Za-z0-9@+\-[\]().=#$:/\\%*<>~]+$/;

/** "A>B>C" and "A>>B". A single ">" may be the end of a dative bond, "->". */
export const isReaction = (smiles: string): boolean => /(?<!-)>/.test(smiles);

const WITH_STEREO = JSON.stringify({ useChirality: true });

/**
 * Extracts reason and position from messages such as "[12:00:00] SMILES Parse Error: unclosed ring for input: 'C1CC'",
 * which name the input and point at the place.
 */
function plainComplaint(log: string): string {
  const lines = log.split('\n').map((line) => line.replace(/^\[[\d:]+\] /, ''));
  const reason = lines[0]
    .replace(/^SMILES Parse Error: /, '')
    .replace(/ (for input|while parsing): .*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
  const position = /around position (\d+)/.exec(log)?.[1];
  if (reason === '') return 'not a valid molecule';
  return `not a valid molecule: ${reason[0].toLowerCase()}${reason.slice(1)}${position === undefined ? '' : ` at position ${position}`}`;
}

export class Rdkit {
  readonly #module: MainModule;
  readonly #masses = new Map<number, number>();

  constructor(module: MainModule) {
    this.#module = module;
  }

  get version(): string {
    return this.#module.version();
  }

  /** @returns null if the text is not a valid molecule; the caller disposes of the result */
  parse(smiles: string): Molecule | null {
    if (isTooLarge(smiles) || !SMILES_CHARACTERS.test(smiles)) return null;
    const mol = this.#read(smiles);
    return mol && new Molecule(smiles, mol, this.#atomicMass);
  }

  /** Says in a few words why `parse` refuses the text, with RDKit's reason if there is one. */
  explain(smiles: string): string {
    if (smiles === '') return 'no molecule';
    const foreign = [...smiles].findIndex((character) => !SMILES_CHARACTERS.test(character));
    if (foreign >= 0) return `not a SMILES: "${[...smiles][foreign]}" at position ${foreign + 1}`;
    if (isTooLarge(smiles)) return `too large: more than ${MOST_ATOMS} atoms`;
    if (isReaction(smiles)) return 'a reaction, not a single molecule';
    return plainComplaint(this.#complaint(smiles));
  }

  /** Says in a few words why `smilesOf` refuses a mol block. */
  explainBlock(block: string): string {
    return blockFault(block) ?? plainComplaint(this.#complaint(block));
  }

  /** What RDKit logs when it reads the text. */
  #complaint(smiles: string): string {
    const log = callRdkit('its log', () => this.#module.set_log_capture('rdApp.error'));
    try {
      this.#read(smiles)?.delete();
      return log?.get_buffer() ?? '';
    } finally {
      log?.delete();
    }
  }

  /**
   * Parses, works and frees. @param invalid is called for what is not a valid molecule; it returns a value or throws
   */
  withMolecule<T>(smiles: string, work: (molecule: Molecule) => T, invalid: () => T): T {
    const molecule = this.parse(smiles);
    if (!molecule) return invalid();
    try {
      return work(molecule);
    } finally {
      molecule.dispose();
    }
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
   * Canonical SMILES, without stereo and isotopes, of a structure that is used as it is, including aromatic atoms.
   * @param json RDKit's JSON, as read by graph.ts
   * @throws MoleculeError if RDKit cannot read it
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

  /**
   * Canonical SMILES of a structure in another format.
   * @param text a mol block, or RDKit's JSON @returns null if it is not a valid molecule, or is a query structure
   */
  smilesOf(text: string): string | null {
    if (isMolBlock(text) && blockFault(text) !== null) return null;
    const mol = this.#read(text);
    try {
      return mol && callRdkit('the canonical SMILES', () => mol.get_smiles());
    } finally {
      mol?.delete();
    }
  }

  /**
   * SMILES of a structure in RDKit's JSON with the arrangement of its double bonds. RDKit would lose them by assigning
   * stereo again while it reads. @returns null if it is not a valid molecule
   */
  smilesWithStereo(json: string): string | null {
    const mol = callRdkit('a structure', () => this.#module.get_mol(json, '{"assignStereo":false}'));
    try {
      return mol && callRdkit('the SMILES', () => mol.get_smiles());
    } finally {
      mol?.delete();
    }
  }

  /**
   * Canonical SMILES of a molecule with hydrogens in place of its unpaired electrons; null if that is not a molecule.
   */
  withoutRadicals(molecule: Molecule): string | null {
    const document = JSON.parse(molecule.use('the molecular graph', (mol) => mol.get_json())) as {
      defaults: { atom: { impHs: number } };
      molecules: { atoms: { nRad?: number; impHs?: number }[] }[];
    };
    for (const atom of document.molecules[0].atoms) {
      atom.impHs = (atom.impHs ?? document.defaults.atom.impHs) + (atom.nRad ?? 0);
      atom.nRad = 0;
    }
    return this.smilesOf(JSON.stringify(document));
  }

  /** Whether the molecule of a mol block has the same stereocentres and double bonds as a molecule. */
  keepsStereo(block: string, molecule: Molecule): boolean {
    const other = this.#read(block);
    try {
      return (
        other !== null &&
        molecule.use('the comparison of stereo', (mol) => other.get_substruct_match(mol, WITH_STEREO)).length > 2
      );
    } finally {
      other?.delete();
    }
  }

  /** The hash of an InChI that databases are searched with, 27 letters. */
  inchiKey(inchi: string): string {
    return callRdkit('the InChIKey', () => this.#module.get_inchikey_for_inchi(inchi));
  }

  /** @throws StructureError, which says what is wrong and where, if the SMARTS is invalid */
  pattern(smarts: string, options: PatternOptions = {}): Pattern {
    const refused = formComplaint(smarts);
    if (refused !== null) throw new StructureError(smarts, refused);
    const log = this.#module.set_log_capture('rdApp.error');
    try {
      const query = callRdkit(`the pattern ${smarts}`, () => this.#module.get_qmol(smarts));
      if (!query) throw new StructureError(smarts, smartsComplaint(smarts, log?.get_buffer() ?? ''));
      return new Pattern(smarts, query, options);
    } finally {
      log?.delete();
    }
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
  // RDKit reports invalid SMILES on the console, and a rollout has hundreds of them.
  const silent = (): undefined => undefined;
  return new Rdkit(await initRdkit({ wasmBinary, print: silent, printErr: silent }));
}
