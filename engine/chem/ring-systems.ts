/**
 * @file Ring systems of a molecule and their keys. A system is a set of atoms that ring bonds join; spiro rings are one
 * system. Its key depends on the elements, on aromaticity, on the orders of its bonds, and on the atoms that are
 * double-bonded to it. Charges, hydrogens and stereo do not count. models/realism/pack.py computes the same key.
 *
 * The key is a hash of the colours of the atoms, refined by those of their neighbours (Weisfeiler and Leman 1968). Two
 * systems of a molecule and of a table of 20,000 share a key by chance once in 200,000 comparisons.
 */
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

export interface RingSystem {
  /** Unsigned 32-bit number. */
  readonly key: number;
  readonly atoms: readonly number[];
}

/** The colours of an atom then cover the bonds up to this distance. */
const ROUNDS = 8;

export function ringSystems(graph: SearchGraph): RingSystem[] {
  if (graph.rings.length === 0) return [];
  const colours = refinedColours(graph);
  return atomsOfSystems(graph).map((atoms) => {
    const sum = atoms.reduce((total, a) => (total + colours[a]) | 0, 0);
    return { key: mix(atoms.length, sum) >>> 0, atoms };
  });
}

function atomsOfSystems(graph: SearchGraph): number[][] {
  const seen = new Uint8Array(graph.atoms);
  const systems: number[][] = [];
  for (let start = 0; start < graph.atoms; start++) {
    if (seen[start] || graph.ringBonds[start] === 0) continue;
    seen[start] = 1;
    const atoms = [start];
    for (let i = 0; i < atoms.length; i++) addRingNeighbours(graph, atoms[i], seen, atoms);
    systems.push(atoms);
  }
  return systems;
}

function addRingNeighbours(graph: SearchGraph, atom: number, seen: Uint8Array, atoms: number[]): void {
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const other = graph.neighbour[k];
    if (!graph.ringBond[graph.via[k]] || seen[other]) continue;
    seen[other] = 1;
    atoms.push(other);
  }
}

function refinedColours(graph: SearchGraph): Int32Array {
  const atoms = [...graph.ringBonds.keys()].filter((a) => graph.ringBonds[a] > 0);
  let colours = new Int32Array(graph.atoms);
  let next = new Int32Array(graph.atoms);
  for (const a of atoms) colours[a] = colourOf(graph, a);
  for (let round = 0; round < ROUNDS; round++) {
    for (const a of atoms) next[a] = mix(colours[a], around(graph, a, colours));
    [colours, next] = [next, colours];
  }
  return colours;
}

/** The colours and bonds of an atom's neighbours in its rings, in any order. */
function around(graph: SearchGraph, atom: number, colours: Int32Array): number {
  let sum = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const bond = graph.via[k];
    if (graph.ringBond[bond]) sum = (sum + mix(colours[graph.neighbour[k]], graph.type[bond])) | 0;
  }
  return sum;
}

function colourOf(graph: SearchGraph, atom: number): number {
  let double = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const bond = graph.via[k];
    if (graph.type[bond] === BondType.double && !graph.ringBond[bond]) double += graph.element[graph.neighbour[k]];
  }
  return mix(mix(graph.element[atom], graph.aromatic[atom]), double);
}

function mix(seed: number, value: number): number {
  let h = Math.imul(seed ^ value, 0xcc9e2d51);
  h = (h << 15) | (h >>> 17);
  return (Math.imul(h, 0x1b873593) + 0xe6546b64) | 0;
}
