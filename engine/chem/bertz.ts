/**
 * @file Bertz's index of molecular complexity: information content of the bonding plus that of the elements. Bertz, J.
 * Am. Chem. Soc. 1981, 103, 3599; equal to RDKit's GraphDescriptors.BertzCT with its default cutoff.
 */
import { BondType, type MoleculeGraph } from './graph.ts';

/** Distances are counted in twelfths of a single bond, so that equal distances are exactly equal. */
const SINGLE = 12;
/** Longer than any path: 500 single bonds. */
const UNREACHED = 1e6;
/** Atoms belong to one class if their first hundred distances, in ascending order, are equal. */
const CUTOFF = 100;

/** Bond order as in RDKit's getBondTypeAsDouble. */
function bondOrder(graph: MoleculeGraph, bond: number): number {
  const type = graph.type[bond];
  if (type === BondType.aromatic) return 1.5;
  if (type === BondType.dative) return 1;
  return type === BondType.zero ? 0 : type;
}

/** [atoms * atoms] lengths of the shortest paths, a bond of order n counting 1 / n: Floyd and Warshall. */
function distances(graph: MoleculeGraph): Float64Array {
  const n = graph.atoms;
  const distance = new Float64Array(n * n).fill(UNREACHED);
  for (let a = 0; a < n; a++) distance[a * n + a] = 0;
  for (let b = 0; b < graph.bonds; b++) {
    const length = SINGLE / bondOrder(graph, b);
    distance[graph.begin[b] * n + graph.end[b]] = distance[graph.end[b] * n + graph.begin[b]] = length;
  }
  for (let via = 0; via < n; via++) shorten(distance, n, via);
  return distance;
}

/** Allows every path to pass through one more atom. */
function shorten(distance: Float64Array, n: number, via: number): void {
  for (let a = 0; a < n; a++) {
    const first = distance[a * n + via];
    if (first >= UNREACHED) continue;
    for (let b = 0; b < n; b++) {
      const length = first + distance[via * n + b];
      if (length < distance[a * n + b]) distance[a * n + b] = length;
    }
  }
}

/** [atoms] number of the class of atoms with the same distances. */
function symmetryClasses(graph: MoleculeGraph): number[] {
  const distance = distances(graph);
  const classes = new Map<string, number>();
  return Array.from({ length: graph.atoms }, (_, a) => {
    const row = distance
      .slice(a * graph.atoms, (a + 1) * graph.atoms)
      .sort()
      .subarray(0, CUTOFF)
      .join();
    const known = classes.get(row) ?? classes.size;
    classes.set(row, known);
    return known;
  });
}

class Tally {
  readonly counts = new Map<string | number, number>();

  add(key: string | number, count: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }

  get total(): number {
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }

  /** Shannon entropy of the shares, in bits; 0 if there are none. */
  get entropy(): number {
    const total = this.total;
    let bits = 0;
    for (const count of this.counts.values()) if (count > 0) bits -= (count / total) * Math.log2(count / total);
    return bits;
  }
}

const pair = (a: number, b: number): string => `${Math.min(a, b)},${Math.max(a, b)}`;

/**
 * Pairs of bonds that share an atom, by the classes of the three atoms. A multiple bond also forms a pair with itself.
 */
function connections(graph: MoleculeGraph): Tally {
  const classes = symmetryClasses(graph);
  const tally = new Tally();
  for (let b = 0; b < graph.bonds; b++) {
    const order = bondOrder(graph, b);
    if (order > 1) tally.add(pair(classes[graph.begin[b]], classes[graph.end[b]]), (order * (order - 1)) / 2);
  }
  for (let a = 0; a < graph.atoms; a++) addPairsAt(graph, a, classes, tally);
  if (tally.counts.size === 0) tally.add('', 1);
  return tally;
}

function addPairsAt(graph: MoleculeGraph, atom: number, classes: readonly number[], tally: Tally): void {
  for (let i = graph.offset[atom]; i < graph.offset[atom + 1]; i++) {
    for (let j = i + 1; j < graph.offset[atom + 1]; j++) {
      const weight = bondOrder(graph, graph.via[i]) * bondOrder(graph, graph.via[j]);
      tally.add(`${classes[atom]}:${pair(classes[graph.neighbour[i]], classes[graph.neighbour[j]])}`, weight);
    }
  }
}

/** @returns 0 for a single atom; hundreds for a drug */
export function bertzCT(graph: MoleculeGraph): number {
  if (graph.atoms < 2) return 0;
  const bonding = connections(graph);
  const elements = new Tally();
  for (let a = 0; a < graph.atoms; a++) elements.add(graph.element[a], 1);
  const connectionContent = bonding.total === 0 ? 0 : bonding.total * (bonding.entropy + Math.log2(bonding.total));
  return graph.atoms * elements.entropy + connectionContent;
}
