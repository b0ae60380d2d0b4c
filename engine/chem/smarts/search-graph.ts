/** @file A molecule's graph with the properties that substructure queries use, computed once. */
import { degree, type MoleculeGraph, valence } from '../graph.ts';
import { type Census, takeCensus } from './screen.ts';

export interface SearchGraph extends MoleculeGraph {
  /** [atoms] neighbours in the graph: D. */
  readonly degrees: Uint8Array;
  /** [atoms] neighbours with all hydrogens: X. */
  readonly connections: Uint8Array;
  /** [atoms] all hydrogens: H. */
  readonly totalHydrogens: Uint8Array;
  /** [atoms] sum of bond orders with all hydrogens: v. */
  readonly valences: Uint8Array;
  /** [atoms] number of rings with the atom: R. */
  readonly ringCounts: Uint16Array;
  /** [atoms] size of the smallest of them, 0 without one: r. */
  readonly smallestRings: Uint16Array;
  /** [atoms] bonds that are in a ring: x. */
  readonly ringBonds: Uint8Array;
  /** [bonds] 1 if the bond is in a ring: @. */
  readonly ringBond: Uint8Array;
  readonly census: Census;
}

export function searchGraph(graph: MoleculeGraph): SearchGraph {
  const each = (value: (atom: number) => number): Uint8Array =>
    Uint8Array.from({ length: graph.atoms }, (_, a) => value(a));
  const degrees = each((a) => degree(graph, a));
  return {
    ...graph,
    degrees,
    connections: each((a) => degrees[a] + graph.hydrogens[a]),
    totalHydrogens: each((a) => totalHydrogens(graph, a)),
    valences: each((a) => valence(graph, a)),
    ...ringProperties(graph),
    census: takeCensus(graph),
  };
}

/** Hydrogens of an atom, whether or not they are atoms of the graph. */
function totalHydrogens(graph: MoleculeGraph, atom: number): number {
  let hydrogens = graph.hydrogens[atom];
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++)
    if (graph.element[graph.neighbour[k]] === 1) hydrogens++;
  return hydrogens;
}

/** The bond between two atoms, or -1. */
export function bondBetween(graph: MoleculeGraph, a: number, b: number): number {
  for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) if (graph.neighbour[k] === b) return graph.via[k];
  return -1;
}

function ringProperties(
  graph: MoleculeGraph,
): Pick<SearchGraph, 'ringCounts' | 'smallestRings' | 'ringBonds' | 'ringBond'> {
  // A cyclodextrin has atoms in 256 rings of the symmetrised set.
  const ringCounts = new Uint16Array(graph.atoms);
  const smallestRings = new Uint16Array(graph.atoms);
  const ringBond = new Uint8Array(graph.bonds);
  for (const ring of graph.rings) {
    ring.forEach((atom, i) => {
      ringCounts[atom]++;
      if (smallestRings[atom] === 0 || ring.length < smallestRings[atom]) smallestRings[atom] = ring.length;
      ringBond[bondBetween(graph, atom, ring[(i + 1) % ring.length])] = 1;
    });
  }
  const ringBonds = new Uint8Array(graph.atoms);
  ringBond.forEach((inRing, b) => {
    ringBonds[graph.begin[b]] += inRing;
    ringBonds[graph.end[b]] += inRing;
  });
  return { ringCounts, smallestRings, ringBonds, ringBond };
}
