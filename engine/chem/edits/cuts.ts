/** @file Where a molecule can be cut in two, as `cut` and `cut_ring` of github.com/jensengroup/GB_GA (crossover.py). */
import type { SearchGraph } from '../smarts/search-graph.ts';

export type Bond = readonly [a: number, b: number];

export interface Cuts {
  /** Single bonds outside rings. */
  readonly chains: readonly Bond[];
  /** The first and the last bond of each path of three ring bonds, from outside the path's middle inwards. */
  readonly ringPaths: readonly (readonly Bond[])[];
  /** Each pair of ring bonds at an atom with a substituent or of two rings. */
  readonly ringCorners: readonly (readonly Bond[])[];
}

export function findCuts(graph: SearchGraph): Cuts {
  return { chains: chainBonds(graph), ringPaths: ringPaths(graph), ringCorners: ringCorners(graph) };
}

function chainBonds(graph: SearchGraph): Bond[] {
  return Array.from(graph.begin, (begin, b): Bond => [begin, graph.end[b]]).filter(
    (_, b) => graph.order[b] === 1 && !graph.ringBond[b],
  );
}

function ringNeighbours(graph: SearchGraph, atom: number): number[] {
  const others: number[] = [];
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++)
    if (graph.ringBond[graph.via[k]]) others.push(graph.neighbour[k]);
  return others;
}

function ringPaths(graph: SearchGraph): Bond[][] {
  return Array.from(graph.begin.keys())
    .filter((b) => graph.ringBond[b])
    .flatMap((b) => {
      const [left, right] = [graph.begin[b], graph.end[b]];
      const beyond = (atom: number, not: number) => ringNeighbours(graph, atom).filter((other) => other !== not);
      return beyond(left, right).flatMap((first) =>
        beyond(right, left).flatMap((last): Bond[][] =>
          first === last
            ? []
            : [
                [
                  [first, left],
                  [last, right],
                ],
              ],
        ),
      );
    });
}

function ringCorners(graph: SearchGraph): Bond[][] {
  return Array.from(graph.degrees.keys())
    .filter((atom) => graph.ringBonds[atom] > 0 && graph.degrees[atom] !== 2)
    .flatMap((atom) => {
      const others = ringNeighbours(graph, atom);
      return others.flatMap((one, i) =>
        others.slice(i + 1).map((other): Bond[] => [
          [one, atom],
          [other, atom],
        ]),
      );
    });
}
