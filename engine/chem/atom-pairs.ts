/**
 * @file Atom pairs: counts of the types of two atoms with the number of bonds between them. Carhart, Smith and
 * Venkataraghavan, J. Chem. Inf. Comput. Sci. 1985, 25, 64; ids equal those of RDKit's GetAtomPairGenerator, unfolded
 * (Code/GraphMol/Fingerprints/AtomPairGenerator.cpp).
 */
import { atomCodes, CODE_LIMIT } from './atom-codes.ts';
import { distanceMatrix } from './distances.ts';
import type { CountFingerprint } from './morgan.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Longest distance that fits into the ids. */
export const LONGEST_PAIR = 30;
const DISTANCE_BITS = 5;
const CODE_BITS = 9;

/** @param longest bonds between the atoms of a pair, at most LONGEST_PAIR */
export function atomPairCounts(graph: SearchGraph, longest: number): CountFingerprint {
  const codes = atomCodes(graph).map((code) => code % CODE_LIMIT);
  const distances = distanceMatrix(graph);
  const counts = new Map<number, number>();
  for (let a = 0; a < graph.atoms; a++) {
    for (let b = a + 1; b < graph.atoms; b++) {
      const distance = distances[a * graph.atoms + b];
      if (distance > longest) continue;
      const id =
        distance |
        (Math.min(codes[a], codes[b]) << DISTANCE_BITS) |
        (Math.max(codes[a], codes[b]) << (DISTANCE_BITS + CODE_BITS));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}
