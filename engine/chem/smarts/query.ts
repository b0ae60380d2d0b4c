/**
 * @file Substructure search over a molecule's flat graph, for queries that run on every molecule. Results equal RDKit's
 * for the language of parse.ts. Method: backtracking from the query's rarest atom (Ullmann 1976 without the refinement,
 * which does not pay off for queries of this size).
 */
import { type AtomTest, parseSmarts, type QueryAtom } from './parse.ts';
import { planFrom, type PlanStep } from './plan.ts';
import { type Census, countNeeds, mayContain, type Need } from './screen.ts';
import { bondBetween, type SearchGraph } from './search-graph.ts';

export class Query {
  readonly smarts: string;
  readonly #atoms: readonly QueryAtom[];
  readonly #needs: readonly Need[];
  /** By the query atom that they start from; made on first use. */
  readonly #plans = new Map<number, readonly PlanStep[]>();
  /** One query atom of each kind to start from. */
  readonly #starts: readonly { readonly atom: number; readonly kind: number }[];
  /** Molecule atom of each placed step. */
  readonly #mapping: Int32Array;

  /** @throws SmartsError if it is malformed or not supported */
  constructor(smarts: string) {
    this.smarts = smarts;
    this.#atoms = parseSmarts(smarts, anchored);
    this.#needs = countNeeds(this.#atoms.map(({ kinds }) => kinds));
    this.#starts = startsOf(this.#atoms);
    this.#mapping = new Int32Array(this.#atoms.length);
  }

  isIn(graph: SearchGraph): boolean {
    return mayContain(graph.census, this.#needs) && this.#search(graph, this.#rarest(graph.census), stopAtFirst);
  }

  /** Whether there is a match whose first atom is this one. */
  matchesAt(graph: SearchGraph, atom: number): boolean {
    return this.#place(graph, this.#plan(0), 0, atom, stopAtFirst);
  }

  /** Number of matches. Matches over the same atoms count once. */
  count(graph: SearchGraph): number {
    return this.matches(graph).length;
  }

  /** Ascending atom indices of each match. Matches over the same atoms count once. */
  matches(graph: SearchGraph): readonly (readonly number[])[] {
    if (!mayContain(graph.census, this.#needs)) return [];
    const found = new Map<string, number[]>();
    this.#search(graph, this.#rarest(graph.census), () => {
      const atoms = [...this.#mapping].sort((a, b) => a - b);
      found.set(atoms.join(), atoms);
      return false;
    });
    return [...found.values()];
  }

  /** The query atom with the fewest candidates in a molecule. */
  #rarest(census: Census): number {
    let best = 0;
    let fewest = Infinity;
    for (const { atom, kind } of this.#starts) {
      if (census[kind] >= fewest) continue;
      fewest = census[kind];
      best = atom;
    }
    return best;
  }

  #plan(start: number): readonly PlanStep[] {
    let plan = this.#plans.get(start);
    if (!plan) this.#plans.set(start, (plan = planFrom(this.#atoms, start)));
    return plan;
  }

  #search(graph: SearchGraph, start: number, done: () => boolean): boolean {
    const plan = this.#plan(start);
    for (let a = 0; a < graph.atoms; a++) if (this.#place(graph, plan, 0, a, done)) return true;
    return false;
  }

  /** @param done called for each complete match; returns true to end the search */
  #extend(graph: SearchGraph, plan: readonly PlanStep[], depth: number, done: () => boolean): boolean {
    if (depth === plan.length) return done();
    const { parent, bond } = plan[depth];
    if (parent < 0) {
      for (let a = 0; a < graph.atoms; a++) if (this.#place(graph, plan, depth, a, done)) return true;
      return false;
    }
    const from = this.#mapping[parent];
    for (let k = graph.offset[from]; k < graph.offset[from + 1]; k++) {
      if (bond(graph, graph.via[k]) && this.#place(graph, plan, depth, graph.neighbour[k], done)) return true;
    }
    return false;
  }

  #place(graph: SearchGraph, plan: readonly PlanStep[], depth: number, atom: number, done: () => boolean): boolean {
    const { test, closures } = plan[depth];
    if (!test(graph, atom)) return false;
    for (let i = 0; i < depth; i++) if (this.#mapping[i] === atom) return false;
    for (const closure of closures) {
      const bond = bondBetween(graph, atom, this.#mapping[closure.step]);
      if (bond < 0 || !closure.bond(graph, bond)) return false;
    }
    this.#mapping[depth] = atom;
    return this.#extend(graph, plan, depth + 1, done);
  }
}

const stopAtFirst = (): boolean => true;

function startsOf(atoms: readonly QueryAtom[]): { atom: number; kind: number }[] {
  const byKind = new Map<number, number>();
  atoms.forEach(({ kinds }, atom) => {
    for (const kind of kinds) if (!byKind.has(kind)) byKind.set(kind, atom);
  });
  return [...byKind].map(([kind, atom]) => ({ atom, kind }));
}

function anchored(smarts: string): AtomTest {
  const query = new Query(smarts);
  return (graph, atom) => query.matchesAt(graph, atom);
}
