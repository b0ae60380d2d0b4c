/**
 * @file The type of an atom in nine bits, for atom pairs and topological torsions: number of neighbours, pi electrons,
 * element. Carhart, Smith and Venkataraghavan, J. Chem. Inf. Comput. Sci. 1985, 25, 64; bits as in RDKit's getAtomCode
 * (Code/GraphMol/Fingerprints/FingerprintUtil.cpp).
 */
import { Hybridization, perceiveElectrons } from './electrons.ts';
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Codes are below this. */
export const CODES = 512;

/** RDKit takes codes modulo this number before it combines them. */
export const CODE_LIMIT = CODES - 1;

/** Elements with their own number, by atomic number. All others share the last number. */
const OWN_TYPE: ReadonlyMap<number, number> = new Map(
  [5, 6, 7, 8, 9, 14, 15, 16, 17, 33, 34, 35, 51, 52, 53].map((element, type) => [element, type]),
);
const OTHER_TYPE = 15;

/** Neighbours and pi electrons are counted modulo these. */
const BRANCHES = 7;
const PI = 3;

/** [atoms] */
export function atomCodes(graph: SearchGraph): Uint16Array {
  const codes = new Uint16Array(graph.atoms);
  const electrons = piElectrons(graph);
  for (let a = 0; a < graph.atoms; a++) {
    const type = OWN_TYPE.get(graph.element[a]) ?? OTHER_TYPE;
    codes[a] = (graph.degrees[a] % BRANCHES) | ((electrons[a] % PI) << 3) | (type << 5);
  }
  return codes;
}

const NEON = 10;

/**
 * [atoms] 1 for an aromatic atom, 0 for an sp3 atom, otherwise the number of bonds beyond single ones: RDKit's
 * numPiElectrons.
 */
function piElectrons(graph: SearchGraph): Uint8Array {
  const electrons = new Uint8Array(graph.atoms);
  let hybridization: Uint8Array | undefined;
  for (let a = 0; a < graph.atoms; a++) {
    electrons[a] = graph.aromatic[a] ? 1 : beyondSingle(graph, a);
    if (graph.aromatic[a] || electrons[a] === 0 || graph.element[a] <= NEON) continue;
    // Only heavier elements are sp3 in spite of multiple bonds, for example sulphur in a sulfone.
    hybridization ??= perceiveElectrons(graph).hybridization;
    if (hybridization[a] === Hybridization.sp3) electrons[a] = 0;
  }
  return electrons;
}

function beyondSingle(graph: SearchGraph, atom: number): number {
  let count = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const bond = graph.via[k];
    if (graph.type[bond] !== BondType.dative) count += Math.max(0, graph.order[bond] - 1);
  }
  return count;
}
