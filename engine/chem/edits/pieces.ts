/** @file The two pieces of a molecule that is cut. */
import { bondBetween, type SearchGraph } from '../smarts/search-graph.ts';
import type { Bond } from './cuts.ts';
import type { Draft } from './draft.ts';
import type { Parent } from './parent.ts';

/** A part of a parent. */
export interface Piece {
  readonly parent: Parent;
  /** [atoms of the parent] 1 for atoms of the piece. */
  readonly kept: Uint8Array;
  /** Its atoms at the cut bonds, one per bond. */
  readonly ends: readonly number[];
}

/** What remains reachable from an atom without the bonds. */
function reachable(graph: SearchGraph, start: number, cut: readonly number[]): Uint8Array {
  const kept = new Uint8Array(graph.atoms);
  kept[start] = 1;
  const queue = [start];
  for (let atom = queue.pop(); atom !== undefined; atom = queue.pop())
    for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
      const other = graph.neighbour[k];
      if (kept[other] || cut.includes(graph.via[k])) continue;
      kept[other] = 1;
      queue.push(other);
    }
  return kept;
}

/** @param bonds each from one piece to the other @returns null if the molecule stays whole */
export function cutAt(parent: Parent, bonds: readonly Bond[]): Piece[] | null {
  const cut = bonds.map(([a, b]) => bondBetween(parent.graph, a, b));
  const kept = reachable(parent.graph, bonds[0][0], cut);
  if (kept[bonds[0][1]]) return null;
  return [
    { parent, kept, ends: bonds.map(([a]) => a) },
    { parent, kept: kept.map((one) => 1 - one), ends: bonds.map(([, b]) => b) },
  ];
}

/** Copies a piece into a draft. @returns the ends' new indices */
export function place({ parent, kept, ends }: Piece, draft: Draft): number[] {
  const places = new Map<number, number>();
  kept.forEach((isKept, atom) => {
    if (isKept) places.set(atom, draft.add(parent.draft.atom(atom)!));
  });
  for (const [atom, at] of places)
    for (const [other, order] of parent.draft.bonds(atom)) {
      const to = places.get(other);
      if (to !== undefined && to < at) draft.bind(at, to, order);
    }
  return ends.map((end) => places.get(end)!);
}
