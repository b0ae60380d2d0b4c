/**
 * The kind of an atom in nine bits, the letters of atom pairs and topological
 * torsions: number of neighbours, pi electrons, element. Carhart, Smith and
 * Venkataraghavan, J. Chem. Inf. Comput. Sci. 1985, 25, 64; bits as in RDKit's
 * getAtomCode (Code/GraphMol/Fingerprints/FingerprintUtil.cpp).
 */
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Codes are below this. */
export const CODES = 512;

/** RDKit takes codes modulo this before it puts them together. */
export const CODE_LIMIT = CODES - 1;

/** Elements that have a number of their own, by atomic number; all others share the last. */
const OWN_TYPE: ReadonlyMap<number, number> = new Map([5, 6, 7, 8, 9, 14, 15, 16, 17, 33, 34, 35, 51, 52, 53].map((element, type) => [element, type]));
const OTHER_TYPE = 15;

/** Neighbours and pi electrons are counted modulo these. */
const BRANCHES = 7;
const PI = 3;

/** [atoms] */
export function atomCodes(graph: SearchGraph): Uint16Array {
  const codes = new Uint16Array(graph.atoms);
  for (let a = 0; a < graph.atoms; a++) {
    const type = OWN_TYPE.get(graph.element[a]) ?? OTHER_TYPE;
    codes[a] = (graph.degrees[a] % BRANCHES) | (piElectrons(graph, a) % PI << 3) | (type << 5);
  }
  return codes;
}

/** 1 for an aromatic atom, 0 for an sp3 one, else the bonds beyond single ones: RDKit's numPiElectrons. */
function piElectrons(graph: SearchGraph, atom: number): number {
  if (graph.aromatic[atom]) return 1;
  let beyondSingle = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const bond = graph.via[k];
    if (graph.type[bond] !== BondType.dative) beyondSingle += Math.max(0, graph.order[bond] - 1);
  }
  return beyondSingle > 0 && isTetrahedral(graph, atom) ? 0 : beyondSingle;
}

/** Whether the bonds and lone pairs of an atom with multiple bonds number four, as in a sulfone or sulfoxide. */
function isTetrahedral(graph: SearchGraph, atom: number): boolean {
  const free = outerElectrons(graph.element[atom]) - graph.valences[atom] - graph.charge[atom];
  return bondedAtoms(graph, atom) + Math.floor(free / 2) === 4;
}

/** Neighbours with hydrogens, without those at no bond. */
function bondedAtoms(graph: SearchGraph, atom: number): number {
  let count = graph.connections[atom];
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const bond = graph.via[k];
    const type = graph.type[bond];
    if (type === BondType.zero || (type === BondType.dative && graph.end[bond] !== atom)) count--;
  }
  return count;
}

const NOBLE_GASES = [86, 54, 36, 18, 10, 2, 0];

/** Electrons beyond the noble gas before, without filled d and f shells that p and d electrons follow. */
function outerElectrons(element: number): number {
  const core = NOBLE_GASES.find((one) => one < element) ?? 0;
  const beyond = element - core;
  const withoutF = core >= 54 && beyond > 17 ? beyond - 14 : beyond;
  return core >= 18 && withoutF > 12 ? withoutF - 10 : withoutF;
}
