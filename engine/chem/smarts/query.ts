/**
 * Substructure search over a molecule's flat graph, for queries that are asked
 * of every molecule: a search here costs a microsecond, one through RDKit-JS
 * three to five. Results equal RDKit's for the language of parse.ts.
 * Method: backtracking along the query's own order (Ullmann 1976 without the
 * refinement, which does not pay for queries of this size).
 */
import { parseSmarts, type AtomTest, type QueryAtom } from './parse.ts';
import { mayContain, readNeeds, type Need } from './screen.ts';
import { bondBetween, type SearchGraph } from './search-graph.ts';

export class Query {
  readonly smarts: string;
  readonly #atoms: readonly QueryAtom[];
  readonly #needs: readonly Need[];
  /** Molecule atom of each query atom that is matched so far. */
  readonly #mapping: Int32Array;

  /** @throws SmartsError for what is malformed or not supported */
  constructor(smarts: string) {
    this.smarts = smarts;
    this.#atoms = parseSmarts(smarts, anchored);
    this.#needs = readNeeds(smarts);
    this.#mapping = new Int32Array(this.#atoms.length);
  }

  isIn(graph: SearchGraph): boolean {
    if (!mayContain(graph.census, this.#needs)) return false;
    for (let a = 0; a < graph.atoms; a++) if (this.matchesAt(graph, a)) return true;
    return false;
  }

  /** Whether there is a match whose first atom is this one. */
  matchesAt(graph: SearchGraph, atom: number): boolean {
    return this.#tryAtom(graph, 0, atom, stopAtFirst);
  }

  /** Number of matches; those over the same atoms count once. */
  count(graph: SearchGraph): number {
    if (!mayContain(graph.census, this.#needs)) return 0;
    const found = new Set<string>();
    const note = (): boolean => {
      found.add(this.#mapping.slice().sort().join());
      return false;
    };
    for (let a = 0; a < graph.atoms; a++) this.#tryAtom(graph, 0, a, note);
    return found.size;
  }

  /** @param done called for each whole match; true ends the search */
  #extend(graph: SearchGraph, depth: number, done: () => boolean): boolean {
    if (depth === this.#atoms.length) return done();
    const { parent, bond } = this.#atoms[depth];
    if (parent < 0) {
      for (let a = 0; a < graph.atoms; a++) if (this.#tryAtom(graph, depth, a, done)) return true;
      return false;
    }
    const from = this.#mapping[parent];
    for (let k = graph.offset[from]; k < graph.offset[from + 1]; k++) {
      if (bond(graph, graph.via[k]) && this.#tryAtom(graph, depth, graph.neighbour[k], done)) return true;
    }
    return false;
  }

  #tryAtom(graph: SearchGraph, depth: number, atom: number, done: () => boolean): boolean {
    const { test, closures } = this.#atoms[depth];
    for (let i = 0; i < depth; i++) if (this.#mapping[i] === atom) return false;
    if (!test(graph, atom)) return false;
    for (const closure of closures) {
      const bond = bondBetween(graph, atom, this.#mapping[closure.atom]);
      if (bond < 0 || !closure.bond(graph, bond)) return false;
    }
    this.#mapping[depth] = atom;
    return this.#extend(graph, depth + 1, done);
  }
}

const stopAtFirst = (): boolean => true;

function anchored(smarts: string): AtomTest {
  const query = new Query(smarts);
  return (graph, atom) => query.matchesAt(graph, atom);
}
