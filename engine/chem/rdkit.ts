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
import { manyAtoms, MOST_ATOMS } from './size.ts';
import { formComplaint, smartsComplaint } from './smarts/complaint.ts';

const LONGEST_SMILES = 10 * MOST_ATOMS;

function isTooLarge(smiles: string): boolean {
  return smiles.length > LONGEST_SMILES || manyAtoms(smiles) > MOST_ATOMS;
}

/**
 * Characters that a SMILES can have. RDKit-JS would take a mol block or JSON
 * for a structure too, and would ignore what follows a space.
 */
const SMILES_CHARACTERS = /^[A-Za-z0-9@+\-[\]().=#$:/\\%*<>~]+$/;

/** "A>B>C" and "A>>B"; a lone ">" may be the end of a dative bond, "->". */
export const isReaction = (smiles: string): boolean => /(?<!-)>/.test(smiles);

const WITH_STEREO = JSON.stringify({ useChirality: true });

/**
 * From "[12:00:00] SMILES Parse Error: unclosed ring for input: 'C1CC'" and the
 * like, which name the input and draw the place: the reason and the position.
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

  /** @returns null for anything that is not a valid molecule; the caller disposes the rest */
  parse(smiles: string): Molecule | null {
    if (isTooLarge(smiles) || !SMILES_CHARACTERS.test(smiles)) return null;
    const mol = this.#read(smiles);
    return mol && new Molecule(smiles, mol, this.#atomicMass);
  }

  /** Why `parse` refuses the text, in a few words; RDKit's own where it has any. */
  explain(smiles: string): string {
    if (smiles === '') return 'no molecule';
    const foreign = [...smiles].findIndex((character) => !SMILES_CHARACTERS.test(character));
    if (foreign >= 0) return `not a SMILES: "${[...smiles][foreign]}" at position ${foreign + 1}`;
    if (isTooLarge(smiles)) return `too large: more than ${MOST_ATOMS} atoms`;
    if (isReaction(smiles)) return 'a reaction, not one molecule';
    return plainComplaint(this.#complaint(smiles));
  }

  /** Why `smilesOf` refuses a mol block, in a few words. */
  explainBlock(block: string): string {
    return plainComplaint(this.#complaint(block));
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

  /** Parses, works and frees. @param invalid answers for, or refuses, what is not a valid molecule */
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

  /**
   * Canonical SMILES of a structure in another form.
   * @param text a mol block, or RDKit's JSON @returns null where it is not a valid molecule
   */
  smilesOf(text: string): string | null {
    const mol = this.#read(text);
    try {
      return mol && callRdkit('the canonical SMILES', () => mol.get_smiles());
    } finally {
      mol?.delete();
    }
  }

  /** Canonical SMILES of a molecule with hydrogen in place of its unpaired electrons; null where that is none. */
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

  /**
   * Whether the molecule of a mol block has every stereo centre and double bond that a molecule says, as it says it.
   */
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

  /** The hash of an InChI that databases are searched by, 27 letters. */
  inchiKey(inchi: string): string {
    return callRdkit('the InChIKey', () => this.#module.get_inchikey_for_inchi(inchi));
  }

  /** @throws StructureError saying what is wrong and where, where the SMARTS does not parse */
  pattern(smarts: string): Pattern {
    const refused = formComplaint(smarts);
    if (refused !== null) throw new StructureError(smarts, refused);
    const log = this.#module.set_log_capture('rdApp.error');
    try {
      const query = callRdkit(`the pattern ${smarts}`, () => this.#module.get_qmol(smarts));
      if (!query) throw new StructureError(smarts, smartsComplaint(smarts, log?.get_buffer() ?? ''));
      return new Pattern(smarts, query);
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
  // RDKit reports bad SMILES on the console; a rollout has hundreds.
  const silent = (): undefined => undefined;
  return new Rdkit(await initRdkit({ wasmBinary, print: silent, printErr: silent }));
}
