/**
 * logP, the logarithm of the octanol-water partition coefficient, as a sum of
 * atom contributions. Wildman and Crippen, J. Chem. Inf. Comput. Sci. 1999, 39,
 * 868; equal to RDKit's Crippen.MolLogP.
 */
import * as parameters from './crippen-parameters.ts';
import { withHydrogens, type MoleculeGraph } from './graph.ts';
import { Query } from './smarts/query.ts';
import { searchGraph, type SearchGraph } from './smarts/search-graph.ts';

interface AtomType {
  readonly query: Query;
  readonly logP: number;
}

const prepare = (list: readonly (readonly [string, number])[]): AtomType[] => list.map(([smarts, logP]) => ({ query: new Query(smarts), logP }));

const byElement: ReadonlyMap<number, readonly AtomType[]> = new Map([
  [1, prepare(parameters.hydrogen)],
  [6, prepare(parameters.carbon)],
  [7, prepare(parameters.nitrogen)],
  [8, prepare(parameters.oxygen)],
]);
const others = prepare(parameters.other);

/** An atom without a type counts 0. */
function contribution(graph: SearchGraph, atom: number): number {
  const types = byElement.get(graph.element[atom]) ?? others;
  return types.find(({ query }) => query.matchesAt(graph, atom))?.logP ?? 0;
}

export function crippenLogP(molecule: MoleculeGraph): number {
  const graph = searchGraph(withHydrogens(molecule));
  let sum = 0;
  for (let a = 0; a < graph.atoms; a++) sum += contribution(graph, a);
  return sum;
}
