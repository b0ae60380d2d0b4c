/**
 * @file 3D conformers by openchemlib, from torsions of crystal structures (the Crystallography Open Database), each
 * relaxed with the force field MMFF94 (Halgren, J. Comput. Chem. 1996, 17, 490). The one of lowest energy is kept.
 */
import { ConformerGenerator, ForceFieldMMFF94, Molecule as Drawing, Resources } from 'openchemlib';
import { molblock } from './depict.ts';
import type { Molecule } from './molecule.ts';
import type { Rdkit } from './rdkit.ts';

export interface Conformer {
  /** V2000 with all hydrogens and coordinates in Å. */
  readonly molfile: string;
  /** MMFF94, kcal/mol; null if the force field has no parameters for the molecule, which is then not relaxed. */
  readonly energy: number | null;
}

/** A conformer, or the reason why there is none. */
export type Embedding = Conformer | { readonly problem: string };

/** Seed: the same molecule gets the same conformer each time. */
const SEED = 1;
/** Number of conformers that are relaxed. The first takes most of the time. */
const CONFORMERS = 4;
/** Larger molecules take minutes, and a single conformer says little about them. */
const MOST_HEAVY_ATOMS = 100;
/** Header lines of a mol block. */
const HEADER_LINES = 4;

/** @param tables openchemlib's resources.json, as text; registered for the whole thread */
export function registerConformerTables(tables: string): void {
  Resources.register(tables);
}

/** @param molecule one molecule; unspecified stereocentres get either configuration */
export function embed(molecule: Molecule, rdkit: Rdkit): Embedding {
  const { atoms, element } = molecule.graph;
  if (molecule.canonical.includes('.')) return { problem: 'It is a mixture, whose parts have no defined arrangement.' };
  if (element.includes(0)) return { problem: 'It has an open attachment point.' };
  if (atoms > MOST_HEAVY_ATOMS)
    return { problem: `It has ${atoms} heavy atoms; conformers are computed for up to ${MOST_HEAVY_ATOMS}.` };
  const best = lowestOf(molblock(molecule));
  if (best === undefined) return { problem: 'No conformer without clashing atoms was found.' };
  if (!rdkit.keepsStereo(best.molfile, molecule))
    return { problem: 'The stereocentres of the conformer differ from those of the molecule.' };
  return best;
}

function relaxed(block: string): Conformer[] {
  const generator = new ConformerGenerator(SEED);
  if (
    !generator.initializeConformers(Drawing.fromMolfile(block), { strategy: ConformerGenerator.STRATEGY_LIKELY_RANDOM })
  )
    return [];
  const found: Conformer[] = [];
  while (found.length < CONFORMERS) {
    const next = generator.getNextConformerAsMolecule();
    if (next === null) break;
    const energy = relax(next);
    found.push({ molfile: molfileOf(next), energy });
    if (energy === null) break;
  }
  return found;
}

/**
 * openchemlib scales a molecule of short bonds, such as water, like a drawing. This restores its coordinates. Its y and
 * z axes point the other way.
 */
function molfileOf(molecule: Drawing): string {
  const lines = molecule.toMolfile().split('\n');
  for (let atom = 0; atom < molecule.getAllAtoms(); atom++) {
    const place = [molecule.getAtomX(atom), -molecule.getAtomY(atom), -molecule.getAtomZ(atom)];
    lines[HEADER_LINES + atom] =
      place.map((one) => one.toFixed(4).padStart(10)).join('') + lines[HEADER_LINES + atom].slice(30);
  }
  return lines.join('\n');
}

/** Moves the atoms to the nearest minimum. @returns kcal/mol; null if the force field cannot be set up */
function relax(molecule: Drawing): number | null {
  const field = fieldOf(molecule);
  if (field === null) return null;
  field.minimise();
  const energy = field.getTotalEnergy();
  return Number.isFinite(energy) ? energy : null;
}

function fieldOf(molecule: Drawing): ForceFieldMMFF94 | null {
  try {
    return new ForceFieldMMFF94(molecule, ForceFieldMMFF94.MMFF94);
  } catch {
    // The only possible error: an atom or bond without an MMFF94 type, such as boron.
    return null;
  }
}

/** Undefined if openchemlib finds none, or gives up on unknown atoms. */
function lowestOf(block: string): Conformer | undefined {
  try {
    return relaxed(block).sort((a, b) => (a.energy ?? Infinity) - (b.energy ?? Infinity))[0];
  } catch {
    return undefined;
  }
}
