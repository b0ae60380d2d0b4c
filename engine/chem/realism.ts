/**
 * @file What makes a molecule implausible: groups and charges that do not survive in water and air, strained double and
 * triple bonds, and ring systems that no known molecule of the shipped table has. Groups and ring systems come from
 * models/realism, whose README names the sources.
 */
import { BondType } from './graph.ts';
import { type RingSystem, ringSystems } from './ring-systems.ts';
import { Query } from './smarts/query.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Something implausible in a molecule. Each name occurs once. */
export interface Implausibility {
  readonly name: string;
  /** Why it counts, in a few words. */
  readonly why: string;
  readonly matches: readonly (readonly number[])[];
}

interface Rule {
  readonly name: string;
  readonly why: string;
  find(graph: SearchGraph): readonly (readonly number[])[];
}

const UNSEEN = 'Unknown ring system';
const RADICAL = 'Unpaired electron';
const BREDT = 'Double bond at a bridgehead';

export class RealismTable {
  readonly rules: readonly Rule[];
  readonly #rings: ReadonlySet<number>;

  /**
   * @param rules lines of name, SMARTS, reason and source, separated by tabs; lines that start with # are headings
   * @param rings lines that start with the key of a ring system in hexadecimal digits, and a tab
   * @throws Error, which names the first invalid line
   */
  constructor(rules: string, rings: string) {
    const groups = rules.split('\n').flatMap((line, i) => (line === '' || line.startsWith('#') ? [] : [rule(line, i)]));
    this.#rings = new Set(rings.split('\n').map((line) => parseInt(line, 16)));
    this.rules = [
      { name: RADICAL, why: 'radicals react with each other and with oxygen', find: radicals },
      { name: BREDT, why: 'the bond cannot be flat in a small bridged ring', find: strainedBridgeheads },
      ...merged(groups),
    ];
  }

  isKnown({ key }: RingSystem): boolean {
    return this.#rings.has(key);
  }
}

function rule(line: string, index: number): Rule {
  const [name, smarts, why, source] = line.split('\t');
  if (!name || !smarts || !why || !source)
    throw new Error(
      `Line ${index + 1} of the table of implausible groups is not "name, SMARTS, reason, source": ${line}`,
    );
  const query = new Query(smarts);
  return { name, why, find: (graph) => (query.isIn(graph) ? query.matches(graph) : []) };
}

/** Several patterns may have one name. */
function merged(rules: readonly Rule[]): Rule[] {
  const byName = new Map<string, Rule[]>();
  for (const one of rules) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName.values()].map((same) => ({
    name: same[0].name,
    why: same[0].why,
    find: (graph) => same.flatMap((one) => one.find(graph)),
  }));
}

function radicals(graph: SearchGraph): number[][] {
  return [...graph.radicals.keys()].filter((a) => graph.radicals[a] > 0).map((a) => [a]);
}

/** Judges molecules by a table. What an accepted structure has itself does not count. */
export class Realism {
  readonly #table: RealismTable;
  readonly #rules: readonly Rule[];
  readonly #accepted: ReadonlySet<number>;

  /** @param accepted a scaffold that every molecule keeps, for example; null for none */
  constructor(table: RealismTable, accepted: SearchGraph | null) {
    this.#table = table;
    this.#rules = table.rules.filter((one) => accepted === null || one.find(accepted).length === 0);
    this.#accepted = new Set(accepted === null ? [] : ringSystems(accepted).map(({ key }) => key));
  }

  problems(graph: SearchGraph): Implausibility[] {
    const unseen = ringSystems(graph).filter(
      (system) => !this.#table.isKnown(system) && !this.#accepted.has(system.key),
    );
    const found = this.#rules.flatMap(({ name, why, find }) => {
      const matches = find(graph);
      return matches.length === 0 ? [] : [{ name, why, matches }];
    });
    if (unseen.length === 0) return found;
    const rings = {
      name: UNSEEN,
      why: 'no molecule of the training data and no approved drug has it',
      matches: unseen.map(({ atoms }) => [...atoms].sort((a, b) => a - b)),
    };
    return [...found, rings];
  }
}

/** Most atoms of bridged rings that cannot hold a double bond at a bridgehead: Fawcett, Chem. Rev. 1950, 47, 219. */
const LARGEST_BRIDGED = 9;

/** Bridgeheads with a double or aromatic bond in two rings that share more than one bond (Bredt's rule). */
function strainedBridgeheads(graph: SearchGraph): number[][] {
  const found = new Set<number>();
  const { rings } = graph;
  for (let i = 0; i < rings.length; i++)
    for (let j = 0; j < i; j++)
      for (const atom of bridgeheads(graph, rings[i], rings[j])) if (hasFlatBond(graph, atom)) found.add(atom);
  return [...found].sort((a, b) => a - b).map((atom) => [atom]);
}

/** Both ends of the path that two small rings share, if it has more than one bond. */
function bridgeheads(graph: SearchGraph, first: readonly number[], second: readonly number[]): number[] {
  const shared = first.filter((atom) => second.includes(atom));
  if (shared.length < 3 || first.length + second.length - shared.length > LARGEST_BRIDGED) return [];
  const ends = shared.filter((atom) => ringNeighbours(graph, atom, shared) === 1);
  return ends.length === 2 ? ends : [];
}

function ringNeighbours(graph: SearchGraph, atom: number, among: readonly number[]): number {
  let count = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++)
    if (graph.ringBond[graph.via[k]] && among.includes(graph.neighbour[k])) count++;
  return count;
}

function hasFlatBond(graph: SearchGraph, atom: number): boolean {
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    const type = graph.type[graph.via[k]];
    if (graph.ringBond[graph.via[k]] && (type === BondType.double || type === BondType.aromatic)) return true;
  }
  return false;
}
