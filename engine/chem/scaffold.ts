/**
 * @file Key of a molecule's Bemis–Murcko scaffold: equal for equal scaffolds, '' without rings. Rings, linkers and
 * atoms double-bonded to either are kept, as in RDKit's MurckoDecompose (Code/GraphMol/ChemTransforms). Isotopes and
 * stereo are ignored. Bemis and Murcko, J. Med. Chem. 1996, 39, 2887.
 *
 * The key is a hash of the graph and not a name: RDKit-JS has no scaffold function, and writing a SMILES
 * (scaffold-smiles.ts) would take longer than most scores.
 */
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

const CARBON = 6;

/** @returns 16 hexadecimal digits, or '' for an acyclic molecule */
export function scaffoldKey(graph: SearchGraph): string {
  if (graph.rings.length === 0) return '';
  const kept = scaffoldAtoms(graph);
  // Two independent 32-bit hashes make a chance collision negligible (2^-64 per pair).
  return [0x9e3779b9, 0x85ebca6b].map((seed) => graphHash(graph, kept, seed).toString(16).padStart(8, '0')).join('');
}

/** [atoms] 1 for atoms of the scaffold. Side chains are removed from their ends. An acyclic molecule has none. */
export function scaffoldAtoms(graph: SearchGraph): Uint8Array {
  const kept = new Uint8Array(graph.atoms).fill(1);
  const links = Uint16Array.from(graph.degrees);
  const leaves = [...links.keys()].filter((a) => links[a] <= 1);
  for (let leaf = leaves.pop(); leaf !== undefined; leaf = leaves.pop()) {
    kept[leaf] = 0;
    for (let k = graph.offset[leaf]; k < graph.offset[leaf + 1]; k++) {
      const other = graph.neighbour[k];
      if (kept[other] && --links[other] <= 1) leaves.push(other);
    }
  }
  keepDoubleBonded(graph, kept);
  return kept;
}

/** Atoms directly double-bonded to a ring or linker belong to RDKit's scaffold. */
function keepDoubleBonded(graph: SearchGraph, kept: Uint8Array): void {
  const core = kept.slice();
  for (let b = 0; b < graph.bonds; b++) {
    if (graph.type[b] !== BondType.double) continue;
    if (core[graph.begin[b]]) kept[graph.end[b]] = 1;
    if (core[graph.end[b]]) kept[graph.begin[b]] = 1;
  }
}

function mix(seed: number, value: number): number {
  let h = Math.imul(seed ^ value, 0xcc9e2d51);
  h = (h << 15) | (h >>> 17);
  return (Math.imul(h, 0x1b873593) + 0xe6546b64) | 0;
}

/**
 * Colours atoms by their properties, refines the colours by the neighbours in as many rounds as ring systems need, then
 * hashes the colours with all pairwise distances. Refinement alone cannot distinguish decalin from bicyclopentyl.
 */
function graphHash(graph: SearchGraph, kept: Uint8Array, seed: number): number {
  const atoms = [...kept.keys()].filter((a) => kept[a]);
  let colours = startColours(graph, kept, seed);
  for (let round = 0; round < ROUNDS; round++) colours = refine(graph, kept, atoms, colours);
  let hash = mix(seed, atoms.length);
  for (const a of atoms) hash = (hash + mix(colours[a], pairHash(graph, kept, a, colours))) | 0;
  return hash >>> 0;
}

/** Distances cover the rest of the scaffold, so colours only need the near surroundings. */
const ROUNDS = 4;

function startColours(graph: SearchGraph, kept: Uint8Array, seed: number): Int32Array {
  const colours = new Int32Array(graph.atoms);
  for (let a = 0; a < graph.atoms; a++) {
    if (!kept[a]) continue;
    // [nH] and n differ. Where a substituent is cut off, RDKit adds the hydrogen.
    const heteroConnections =
      graph.aromatic[a] && (graph.element[a] !== CARBON || graph.charge[a] === 1) ? graph.connections[a] : 0;
    colours[a] = [
      graph.element[a],
      graph.charge[a] + 8,
      graph.aromatic[a],
      graph.ringCounts[a] > 0 ? 1 : 0,
      heteroConnections,
    ].reduce(mix, seed);
  }
  for (const ring of graph.rings) for (const a of ring) colours[a] = (colours[a] + mix(seed, ring.length)) | 0;
  return colours;
}

function refine(graph: SearchGraph, kept: Uint8Array, atoms: readonly number[], colours: Int32Array): Int32Array {
  const next = new Int32Array(graph.atoms);
  for (const a of atoms) {
    let around = 0;
    for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
      const other = graph.neighbour[k];
      if (kept[other]) around = (around + mix(colours[other], graph.type[graph.via[k]])) | 0;
    }
    next[a] = mix(colours[a], around);
  }
  return next;
}

/** Hash of all atoms as seen from one atom, by breadth-first distance. */
function pairHash(graph: SearchGraph, kept: Uint8Array, start: number, colours: Int32Array): number {
  const distance = new Int16Array(graph.atoms).fill(-1);
  distance[start] = 0;
  const queue = [start];
  let hash = 0;
  for (let head = 0; head < queue.length; head++) {
    const a = queue[head];
    hash = (hash + mix(colours[a], distance[a] + 1)) | 0;
    for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
      const other = graph.neighbour[k];
      if (!kept[other] || distance[other] >= 0) continue;
      distance[other] = distance[a] + 1;
      queue.push(other);
    }
  }
  return hash;
}
