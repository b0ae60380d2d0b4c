/**
 * logP, the logarithm of the octanol-water partition coefficient, and molar
 * refractivity as sums of atom contributions. Wildman and Crippen, J. Chem. Inf.
 * Comput. Sci. 1999, 39, 868; equal to RDKit's Crippen.MolLogP and MolMR.
 */
import * as parameters from './crippen-parameters.ts';
import { type MoleculeGraph, withHydrogens } from './graph.ts';
import { Query } from './smarts/query.ts';
import { type SearchGraph, searchGraph } from './smarts/search-graph.ts';

export interface CrippenSums {
  readonly logP: number;
  /** cm3/mol. */
  readonly refractivity: number;
}

interface AtomType extends CrippenSums {
  readonly query: Query;
}

const prepare = (list: readonly parameters.Contribution[]): AtomType[] =>
  list.map(([smarts, logP, refractivity]) => ({ query: new Query(smarts), logP, refractivity }));

const byElement: ReadonlyMap<number, readonly AtomType[]> = new Map([
  [1, prepare(parameters.hydrogen)],
  [6, prepare(parameters.carbon)],
  [7, prepare(parameters.nitrogen)],
  [8, prepare(parameters.oxygen)],
]);
const others = prepare(parameters.other);

function atomType(graph: SearchGraph, atom: number): AtomType | undefined {
  const types = byElement.get(graph.element[atom]) ?? others;
  return types.find(({ query }) => query.matchesAt(graph, atom));
}

/** An atom without a type counts 0. */
export function crippen(molecule: MoleculeGraph): CrippenSums {
  const graph = searchGraph(withHydrogens(molecule));
  const sums = { logP: 0, refractivity: 0 };
  for (let a = 0; a < graph.atoms; a++) {
    const type = atomType(graph, a);
    sums.logP += type?.logP ?? 0;
    sums.refractivity += type?.refractivity ?? 0;
  }
  return sums;
}
