/**
 * @file Morgan (circular) environments with RDKit's unfolded 32-bit identifiers: the sparse count fingerprint of
 * rdFingerprintGenerator.GetMorganGenerator. RDKit-JS only has folded bits, but the fragment tables of the SA score and
 * of natural-product-likeness use unfolded ids.
 *
 * Method: Rogers and Hahn, J. Chem. Inf. Model. 2010, 50, 742. The ids equal RDKit's through its atom invariants
 * (Code/GraphMol/Fingerprints/FingerprintUtil.cpp; those of FCFP are in features.ts), its order of neighbours, its
 * removal of duplicate environments (MorganGenerator.cpp), and its 32-bit hash_combine (Code/RDGeneral/hash/hash.hpp).
 */
import type { SearchGraph } from './smarts/search-graph.ts';

/** Mass of one atom in g/mol; isotope 0 gives the element's average. */
export type AtomicMass = (element: number, isotope: number) => number;

/** Identifier (a whole number of up to 36 bits) -> how often it occurs. */
export type CountFingerprint = ReadonlyMap<number, number>;

/** One step of RDKit's hash, on int32; the sign makes no difference. */
function combine(seed: number, value: number): number {
  return seed ^ ((value + 0x9e3779b9 + (seed << 6) + (seed >>> 2)) | 0);
}

/** RDKit's connectivity invariant of each atom, with ring membership: those of ECFP. */
export function connectivityInvariants(graph: SearchGraph, atomicMass: AtomicMass): Uint32Array {
  const invariants = new Uint32Array(graph.atoms);
  for (let a = 0; a < graph.atoms; a++) {
    let hash = combine(0, graph.element[a]);
    hash = combine(hash, graph.connections[a]);
    hash = combine(hash, graph.totalHydrogens[a]);
    hash = combine(hash, graph.charge[a]);
    hash = combine(hash, massShift(graph, a, atomicMass));
    invariants[a] = graph.ringCounts[a] > 0 ? combine(hash, 1) : hash;
  }
  return invariants;
}

/** An isotope's mass minus the element's average, truncated to an integer. */
function massShift(graph: SearchGraph, a: number, atomicMass: AtomicMass): number {
  const isotope = graph.isotope[a];
  return isotope === 0 ? 0 : Math.trunc(atomicMass(graph.element[a], isotope) - atomicMass(graph.element[a], 0));
}

/** Combines a bond type and an invariant in one exact number. */
const ABOVE_INVARIANT = 2 ** 32;

/** Hashes of all environments one bond larger than those of `invariants`; 0 for finished atoms. */
function grow(graph: SearchGraph, layer: number, invariants: Uint32Array, dead: Uint8Array): Uint32Array {
  const next = new Uint32Array(graph.atoms);
  // [2 * bonds] a neighbour's bond type and invariant; those of each atom are sorted by both.
  const around = new Float64Array(graph.neighbour.length);
  for (let k = 0; k < around.length; k++)
    around[k] = graph.type[graph.via[k]] * ABOVE_INVARIANT + invariants[graph.neighbour[k]];
  for (let a = 0; a < graph.atoms; a++) {
    if (dead[a]) continue;
    const [start, end] = [graph.offset[a], graph.offset[a + 1]];
    sortRange(around, start, end);
    let hash = combine(layer, invariants[a]);
    for (let k = start; k < end; k++)
      hash = combine(hash, combine(combine(0, Math.floor(around[k] / ABOVE_INVARIANT)), around[k] % ABOVE_INVARIANT));
    next[a] = hash;
  }
  return next;
}

/** Insertion sort, because an atom has few neighbours. */
function sortRange(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let k = i;
    for (; k > start && values[k - 1] > value; k--) values[k] = values[k - 1];
    values[k] = value;
  }
}

/** The bonds in each atom's environment, as bit sets of `words` 32-bit words per atom. */
class BondSets {
  readonly #words: number;
  #bits: Uint32Array;
  /** The distinct sets found so far, one after the other. */
  readonly #seen: Uint32Array;
  #seenWords = 0;

  /** @param most largest number of sets */
  constructor(atoms: number, bonds: number, most: number) {
    this.#words = Math.max(1, Math.ceil(bonds / 32));
    this.#bits = new Uint32Array(atoms * this.#words);
    this.#seen = new Uint32Array(most * this.#words);
  }

  /** Adds the bonds of unfinished atoms, and those of their neighbours' environments, to their sets. */
  widen(graph: SearchGraph, dead: Uint8Array): void {
    const words = this.#words;
    const before = this.#bits;
    const after = before.slice();
    for (let a = 0; a < graph.atoms; a++) {
      if (dead[a]) continue;
      for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
        const bond = graph.via[k];
        after[a * words + (bond >>> 5)] |= 1 << (bond & 31);
        for (let w = 0; w < words; w++) after[a * words + w] |= before[graph.neighbour[k] * words + w];
      }
    }
    this.#bits = after;
  }

  /** Whether the set of this atom is new. */
  isNew(atom: number): boolean {
    const words = this.#words;
    for (let at = 0; at < this.#seenWords; at += words) if (this.#equals(atom, at)) return false;
    for (let w = 0; w < words; w++) this.#seen[this.#seenWords++] = this.#bits[atom * words + w];
    return true;
  }

  #equals(atom: number, at: number): boolean {
    for (let w = 0; w < this.#words; w++) if (this.#seen[at + w] !== this.#bits[atom * this.#words + w]) return false;
    return true;
  }
}

/**
 * @param radius bonds from the centre; 2 gives ECFP4 or FCFP4, 3 gives ECFP6 or FCFP6
 * @param start [atoms] what an atom is by itself
 * @returns counts of all environments of radius 0 to `radius`, each bond set once
 */
export function morganCounts(graph: SearchGraph, radius: number, start: Uint32Array): CountFingerprint {
  const counts = new Map<number, number>();
  const add = (id: number): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  let invariants = start;
  invariants.forEach(add);
  const covered = new BondSets(graph.atoms, graph.bonds, graph.atoms * radius);
  const dead = Uint8Array.from(graph.degrees, (degree) => (degree === 0 ? 1 : 0));
  for (let layer = 0; layer < radius; layer++) {
    covered.widen(graph, dead);
    // Atoms whose environments are no longer new hash as 0 from here on, as in RDKit.
    const next = grow(graph, layer, invariants, dead);
    // Of equal bond sets in one layer, RDKit keeps the smallest id.
    const living = [...dead.keys()].filter((a) => !dead[a]).sort((a, b) => next[a] - next[b] || a - b);
    for (const a of living) {
      if (covered.isNew(a)) add(next[a]);
      else dead[a] = 1;
    }
    invariants = next;
  }
  return counts;
}
