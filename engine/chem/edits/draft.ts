/**
 * @file A molecule that is being edited: atoms and Kekule bonds, without stereo and isotopes. Hydrogens follow from the
 * bonds, so an edit never has to move them.
 */
import type { SearchGraph } from '../smarts/search-graph.ts';

/** An atom with a charge or an unusual valence: it keeps its valence, and can give up hydrogens but gain none. */
interface Fixed {
  readonly valence: number;
  readonly hydrogens: number;
}

export interface DraftAtom {
  /** Atomic number. */
  readonly element: number;
  readonly charge: number;
  /** Undefined if the hydrogens follow from the element and its bonds. */
  readonly fixed?: Fixed;
}

/** Valences of uncharged atoms, as RDKit fills them with hydrogens (atomic_data.cpp). */
const VALENCES: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  5: [3],
  6: [4],
  7: [3],
  8: [2],
  9: [1],
  14: [4],
  15: [3, 5],
  16: [2, 4, 6],
  17: [1],
  34: [2, 4, 6],
  35: [1],
  53: [1],
};

/**
 * Hydrogens of an uncharged atom with bonds of this total order; undefined if it cannot have them. An atom above its
 * lowest valence has none: there are sulfoxides, but no S(IV)-H.
 */
function usualHydrogens(element: number, orders: number): number | undefined {
  const valences = VALENCES[element];
  const valence = valences?.find((one) => one >= orders);
  if (valence === undefined || (valence > orders && valence !== valences[0])) return undefined;
  return valence - orders;
}

/** The atom for a draft of its molecule. */
function draftAtom(graph: SearchGraph, atom: number): DraftAtom {
  const [element, charge, hydrogens] = [graph.element[atom], graph.charge[atom], graph.hydrogens[atom]];
  const valence = graph.valences[atom];
  const isUsual = charge === 0 && usualHydrogens(element, valence - hydrogens) === hydrogens;
  return isUsual ? { element, charge } : { element, charge, fixed: { valence, hydrogens } };
}

export const uncharged = (element: number): DraftAtom => ({ element, charge: 0 });

export class Draft {
  readonly #atoms: (DraftAtom | null)[];
  /** [atoms] neighbour -> order of the bond. */
  readonly #bonds: Map<number, number>[];
  #size: number;

  private constructor(atoms: (DraftAtom | null)[], bonds: Map<number, number>[], size: number) {
    this.#atoms = atoms;
    this.#bonds = bonds;
    this.#size = size;
  }

  static empty(): Draft {
    return new Draft([], [], 0);
  }

  /** The atoms keep their indices. */
  static of(graph: SearchGraph): Draft {
    const draft = Draft.empty();
    for (let a = 0; a < graph.atoms; a++) draft.add(draftAtom(graph, a));
    for (let b = 0; b < graph.bonds; b++) draft.bind(graph.begin[b], graph.end[b], graph.order[b]);
    return draft;
  }

  copy(): Draft {
    return new Draft(
      this.#atoms.slice(),
      this.#bonds.map((bonds) => new Map(bonds)),
      this.#size,
    );
  }

  /** Number of heavy atoms. */
  get size(): number {
    return this.#size;
  }

  /** Indices of its atoms, ascending. */
  get indices(): number[] {
    return [...this.#atoms.keys()].filter((index) => this.#atoms[index] !== null);
  }

  /** Null if it was removed. */
  atom(index: number): DraftAtom | null {
    return this.#atoms[index];
  }

  /** Neighbour -> order of the bond. */
  bonds(index: number): ReadonlyMap<number, number> {
    return this.#bonds[index];
  }

  /** @returns the index of the new atom */
  add(atom: DraftAtom): number {
    if (atom.element !== 1) this.#size++;
    this.#bonds.push(new Map());
    return this.#atoms.push(atom) - 1;
  }

  /** Adds a bond, or changes its order. */
  bind(a: number, b: number, order: number): void {
    this.#bonds[a].set(b, order);
    this.#bonds[b].set(a, order);
  }

  unbind(a: number, b: number): void {
    this.#bonds[a].delete(b);
    this.#bonds[b].delete(a);
  }

  /** Removes an atom with its bonds. */
  remove(index: number): void {
    for (const other of this.#bonds[index].keys()) this.#bonds[other].delete(index);
    this.#bonds[index].clear();
    if (this.#atoms[index]?.element !== 1) this.#size--;
    this.#atoms[index] = null;
  }

  replace(index: number, atom: DraftAtom): void {
    this.#atoms[index] = atom;
  }

  /** Hydrogens that fill the valence of an atom; undefined if it has too many bonds, or a fixed atom too few. */
  hydrogens(index: number): number | undefined {
    const atom = this.#atoms[index];
    if (!atom) return undefined;
    let orders = 0;
    for (const order of this.#bonds[index].values()) orders += order;
    if (!atom.fixed) return usualHydrogens(atom.element, orders);
    const hydrogens = atom.fixed.valence - orders;
    return hydrogens >= 0 && hydrogens <= atom.fixed.hydrogens ? hydrogens : undefined;
  }

  /** Whether every atom has a valence that it can have. */
  get hasValences(): boolean {
    return this.indices.every((index) => this.hydrogens(index) !== undefined);
  }
}
