/** @file Distances between atoms, in bonds. */
import type { MoleculeGraph } from './graph.ts';

/** Distance of atoms of different components. */
const APART = 0xffff;

/** [atoms, atoms] bonds on the shortest path; APART if there is none. */
export function distanceMatrix(graph: MoleculeGraph): Uint16Array {
  const { atoms } = graph;
  const distances = new Uint16Array(atoms * atoms).fill(APART);
  const queue = new Uint16Array(atoms);
  for (let a = 0; a < atoms; a++) fillRow(graph, a, distances.subarray(a * atoms, (a + 1) * atoms), queue);
  return distances;
}

/** Breadth-first search from one atom. */
function fillRow(graph: MoleculeGraph, start: number, row: Uint16Array, queue: Uint16Array): void {
  row[start] = 0;
  queue[0] = start;
  for (let head = 0, tail = 1; head < tail; head++) {
    const atom = queue[head];
    for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
      const other = graph.neighbour[k];
      if (row[other] !== APART) continue;
      row[other] = row[atom] + 1;
      queue[tail++] = other;
    }
  }
}
