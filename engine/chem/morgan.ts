/**
 * Morgan (circular) environments with RDKit's unfolded 32-bit identifiers:
 * the sparse count fingerprint of rdFingerprintGenerator.GetMorganGenerator.
 * RDKit-JS gives folded bits alone, and the SA score's fragment table is keyed
 * by unfolded ids.
 *
 * Method: Rogers and Hahn, J. Chem. Inf. Model. 2010, 50, 742. What makes ids
 * equal RDKit's: its atom invariants (Code/GraphMol/Fingerprints/
 * FingerprintUtil.cpp), its order of neighbours and its removal of duplicate
 * environments (MorganGenerator.cpp), and its 32-bit hash_combine
 * (Code/RDGeneral/hash/hash.hpp).
 */
import type { SearchGraph } from './smarts/search-graph.ts';

/** Mass of one atom in g/mol; isotope 0 gives the element's average. */
export type AtomicMass = (element: number, isotope: number) => number;

/** Identifier (uint32) -> how many environments have it. */
export type CountFingerprint = ReadonlyMap<number, number>;

/** One step of RDKit's hash; works on int32, the sign does not matter to it. */
function combine(seed: number, value: number): number {
  return seed ^ ((value + 0x9e3779b9 + (seed << 6) + (seed >>> 2)) | 0);
}

/** RDKit's connectivity invariant of each atom, with ring membership. */
function atomInvariants(graph: SearchGraph, atomicMass: AtomicMass): Uint32Array {
  return Uint32Array.from({ length: graph.atoms }, (_, a) => {
    let hash = combine(0, graph.element[a]);
    hash = combine(hash, graph.connections[a]);
    hash = combine(hash, graph.totalHydrogens[a]);
    hash = combine(hash, graph.charge[a]);
    hash = combine(hash, massShift(graph, a, atomicMass));
    return graph.ringCounts[a] > 0 ? combine(hash, 1) : hash;
  });
}

/** An isotope's mass minus the element's average, cut to an integer. */
function massShift(graph: SearchGraph, a: number, atomicMass: AtomicMass): number {
  const isotope = graph.isotope[a];
  return isotope === 0 ? 0 : Math.trunc(atomicMass(graph.element[a], isotope) - atomicMass(graph.element[a], 0));
}

/** Hash of an atom's environment one bond further out than `invariants` reach. */
function grow(graph: SearchGraph, atom: number, layer: number, invariants: Uint32Array): number {
  const around: { type: number; invariant: number }[] = [];
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    around.push({ type: graph.type[graph.via[k]], invariant: invariants[graph.neighbour[k]] });
  }
  around.sort((x, y) => x.type - y.type || x.invariant - y.invariant);
  let hash = combine(layer, invariants[atom]);
  for (const { type, invariant } of around) hash = combine(hash, combine(combine(0, type), invariant));
  return hash >>> 0;
}

/** The bonds that each atom's environment covers, as bit sets of `words` 32-bit words an atom. */
class BondSets {
  readonly words: number;
  #bits: Uint32Array;

  constructor(atoms: number, bonds: number) {
    this.words = Math.max(1, Math.ceil(bonds / 32));
    this.#bits = new Uint32Array(atoms * this.words);
  }

  /** Adds to the sets of `atoms` their own bonds and what their neighbours covered so far. */
  widen(graph: SearchGraph, dead: Uint8Array): void {
    const before = this.#bits;
    const after = before.slice();
    for (let a = 0; a < graph.atoms; a++) {
      if (dead[a]) continue;
      for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
        const bond = graph.via[k];
        after[a * this.words + (bond >>> 5)] |= 1 << (bond & 31);
        for (let w = 0; w < this.words; w++) after[a * this.words + w] |= before[graph.neighbour[k] * this.words + w];
      }
    }
    this.#bits = after;
  }

  /** The set of one atom as a key that is equal for equal sets. */
  key(atom: number): string {
    return String.fromCharCode(...new Uint16Array(this.#bits.buffer, atom * this.words * 4, this.words * 2));
  }
}

/**
 * @param radius bonds from the centre; 2 gives ECFP4, 3 gives ECFP6
 * @returns counts of all environments of radius 0 to `radius`, each bond set once
 */
export function morganCounts(graph: SearchGraph, radius: number, atomicMass: AtomicMass): CountFingerprint {
  const counts = new Map<number, number>();
  const add = (id: number): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  let invariants = atomInvariants(graph, atomicMass);
  invariants.forEach(add);
  const covered = new BondSets(graph.atoms, graph.bonds);
  const seen = new Set<string>();
  const dead = Uint8Array.from({ length: graph.atoms }, (_, a) => (graph.degrees[a] === 0 ? 1 : 0));
  for (let layer = 0; layer < radius; layer++) {
    covered.widen(graph, dead);
    // Atoms that no longer give new environments hash as 0 from here on, as in RDKit.
    const next = new Uint32Array(graph.atoms);
    const living = [...dead.keys()].filter((a) => !dead[a]);
    for (const a of living) next[a] = grow(graph, a, layer, invariants);
    // Of equal bond sets in one layer, RDKit keeps the smallest id.
    living.sort((a, b) => next[a] - next[b] || a - b);
    for (const a of living) {
      const key = covered.key(a);
      if (seen.has(key)) dead[a] = 1;
      else {
        seen.add(key);
        add(next[a]);
      }
    }
    invariants = next;
  }
  return counts;
}
