/**
 * @file Topological torsions: counts of the types of four atoms in a row. Nilakantan et al., J. Chem. Inf. Comput. Sci.
 * 1987, 27, 82; ids equal those of RDKit's GetTopologicalTorsionGenerator, unfolded
 * (Code/GraphMol/Fingerprints/TopologicalTorsionGenerator.cpp).
 */
import { atomCodes, CODE_LIMIT, CODES } from './atom-codes.ts';
import type { CountFingerprint } from './morgan.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

const HYDROGEN = 1;

export function torsionCounts(graph: SearchGraph): CountFingerprint {
  const codes = endCodes(graph);
  const counts = new Map<number, number>();
  eachTorsion(graph, (a, b, c, d) => {
    const id = torsionId(codes[a], codes[b] - 1, codes[c] - 1, codes[d]);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  });
  return counts;
}

/**
 * [atoms] code of an atom at the end of a torsion. Inside it is one less, since one more neighbour belongs to the
 * torsion.
 */
function endCodes(graph: SearchGraph): Uint16Array {
  // RDKit's code minus 2 is an unsigned 32-bit number before the modulo.
  return Uint16Array.from(atomCodes(graph), (code) => (((code - 2) >>> 0) % CODE_LIMIT) + 1);
}

/** Reads from the end that comes first; 36 bits. */
function torsionId(a: number, b: number, c: number, d: number): number {
  const forward = a < d || (a === d && b <= c);
  const [first, second, third, fourth] = forward ? [a, b, c, d] : [d, c, b, a];
  return first + CODES * (second + CODES * (third + CODES * fourth));
}

/**
 * Each path of four atoms once, and each ring of three once, as a path back to its first atom. Hydrogens are skipped.
 */
function eachTorsion(graph: SearchGraph, visit: (a: number, b: number, c: number, d: number) => void): void {
  for (let middle = 0; middle < graph.bonds; middle++) {
    const [b, c] = [graph.begin[middle], graph.end[middle]];
    if (graph.element[b] === HYDROGEN || graph.element[c] === HYDROGEN) continue;
    for (let k = graph.offset[b]; k < graph.offset[b + 1]; k++) {
      const a = graph.neighbour[k];
      if (a === c || graph.element[a] === HYDROGEN) continue;
      for (let l = graph.offset[c]; l < graph.offset[c + 1]; l++) {
        const d = graph.neighbour[l];
        if (d === b || graph.element[d] === HYDROGEN) continue;
        if (a !== d || (a < b && a < c)) visit(a, b, c, d);
      }
    }
  }
}
