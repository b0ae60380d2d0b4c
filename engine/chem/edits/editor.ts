/**
 * @file Makes children of molecules as Graph GA does: crossover of two parents and mutation of one, checked here and
 * finally by RDKit. Defaults are those of Genetic GFN (Kim et al., arXiv 2402.05961; `genetic_operator` of
 * github.com/hyeonahkimm/genetic_gfn), which takes Graph GA's operations as they are.
 */
import type { RandomStream } from '../../base/random-stream.ts';
import { MoleculeError } from '../errors.ts';
import type { Molecule } from '../molecule.ts';
import type { Rdkit } from '../rdkit.ts';
import { crossParents } from './crossover.ts';
import type { Draft } from './draft.ts';
import { mutateParent } from './mutations.ts';
import { type Parent, readParent } from './parent.ts';
import { hasSoundRings } from './rings.ts';
import { writeSmiles } from './write.ts';

export interface EditLimits {
  /** Fewest heavy atoms of a child. */
  readonly fewestAtoms: number;
  /**
   * Heavy atoms of a child stay below a number that is drawn for each attempt from a normal distribution with this mean
   * and standard deviation.
   */
  readonly atoms: { readonly mean: number; readonly deviation: number };
  /** Most atoms of a ring that crossover of rings or a mutation leaves. Crossover of chains makes no ring. */
  readonly largestRing: number;
}

export const editLimits: EditLimits = { fewestAtoms: 6, atoms: { mean: 39.15, deviation: 3.5 }, largestRing: 6 };

/** Parents that are kept in memory. */
const REMEMBERED = 1024;

/**
 * Children of molecules. They have no stereo and no isotopes. A child is never one of its parents, stereo aside. The
 * same parents, limits and stream give the same child.
 */
export class MoleculeEditor {
  readonly #rdkit: Rdkit;
  readonly #limits: EditLimits;
  /** By SMILES, in the order of use; null for what cannot be edited. */
  readonly #parents = new Map<string, Parent | null>();

  constructor(rdkit: Rdkit, limits: EditLimits = editLimits) {
    this.#rdkit = rdkit;
    this.#limits = limits;
  }

  /**
   * A piece of one parent joined with a piece of the other.
   * @param a, b SMILES
   * @returns canonical SMILES; null if bounded tries gave none, or if a parent is invalid, in several fragments or has
   * dummy atoms or other bonds than single to triple ones
   * @throws RdkitCrash
   */
  crossover(a: string, b: string, random: RandomStream): string | null {
    const [first, second] = [this.#parent(a), this.#parent(b)];
    if (!first || !second) return null;
    const parents = [first.flat, second.flat];
    const finish = (draft: Draft, kind: 'chain' | 'ring') => this.#finish(draft, kind === 'ring', parents, random);
    return crossParents(first, second, finish, random);
  }

  /**
   * A molecule with one of the seven mutations. Parameters, result and errors are as in `crossover`.
   * @param not SMILES that must not result, beside the molecule's own
   */
  mutate(smiles: string, random: RandomStream, not: readonly string[] = []): string | null {
    const parent = this.#parent(smiles);
    if (!parent) return null;
    const taken = [parent.flat, ...not.flatMap((one) => this.#parent(one)?.flat ?? [])];
    return mutateParent(parent, (draft) => this.#finish(draft, true, taken, random), random);
  }

  /**
   * A crossover that is then mutated with a probability, as Genetic GFN makes its children. Parameters, result and
   * errors are as in `crossover`.
   * @param mutationRate 0 to 1
   */
  child(a: string, b: string, mutationRate: number, random: RandomStream): string | null {
    const crossed = this.crossover(a, b, random);
    if (crossed === null || random.uniform() >= mutationRate) return crossed;
    return this.mutate(crossed, random, [a, b]);
  }

  #finish(draft: Draft, checksRings: boolean, taken: readonly string[], random: RandomStream): string | null {
    const { fewestAtoms, atoms, largestRing } = this.#limits;
    const most = atoms.mean + atoms.deviation * random.normal();
    if (draft.size < fewestAtoms || draft.size >= most || !draft.hasValences) return null;
    if (checksRings && !hasSoundRings(draft, largestRing)) return null;
    const written = writeSmiles(draft);
    const child = written === null ? null : this.#canonical(written);
    return child === null || taken.includes(child) ? null : child;
  }

  #canonical(smiles: string): string | null {
    return this.#read(smiles, ({ canonical }) => canonical);
  }

  /** @returns null for what RDKit cannot read or compute */
  #read<T>(smiles: string, work: (molecule: Molecule) => T): T | null {
    try {
      return this.#rdkit.withMolecule(smiles, work, () => null);
    } catch (error) {
      if (error instanceof MoleculeError) return null;
      throw error;
    }
  }

  #parent(smiles: string): Parent | null {
    let parent = this.#parents.get(smiles);
    if (parent === undefined) parent = this.#read(smiles, readParent);
    this.#parents.delete(smiles);
    this.#parents.set(smiles, parent);
    for (const oldest of this.#parents.keys()) {
      if (this.#parents.size <= REMEMBERED) break;
      this.#parents.delete(oldest);
    }
    return parent;
  }
}
