/**
 * @file Topological polar surface area of nitrogen and oxygen, in square angstroms. Ertl, Rohde and Selzer, J. Med.
 * Chem. 2000, 43, 3714, table 1; equal to RDKit's CalcTPSA (Code/GraphMol/Descriptors/MolSurf.cpp), which also has the
 * rule for atoms that are not in the table.
 */
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/**
 * Surroundings of an atom as text: charge, hydrogens, then its bonds to heavy atoms in the order single, double,
 * triple, aromatic; "3" if it is in a ring of three.
 */
const NITROGEN: Readonly<Record<string, number>> = {
  '0 H0 #': 23.79,
  '0 H1 =': 23.85,
  '0 H2 -': 26.02,
  '1 H2 =': 25.59,
  '1 H3 -': 27.64,
  '0 H0 -=': 12.36,
  '0 H0 =#': 13.6,
  '0 H1 -- 3': 21.94,
  '0 H1 --': 12.03,
  '1 H0 -#': 4.36,
  '1 H1 -=': 13.97,
  '1 H2 --': 16.61,
  '0 H0 ::': 12.89,
  '0 H1 ::': 15.79,
  '1 H1 ::': 14.14,
  '0 H0 --- 3': 3.01,
  '0 H0 ---': 3.24,
  '0 H0 -==': 11.68,
  '1 H0 --=': 3.01,
  '1 H1 ---': 4.44,
  '0 H0 :::': 4.41,
  '0 H0 -::': 4.93,
  '0 H0 =::': 8.39,
  '1 H0 :::': 4.1,
  '1 H0 -::': 3.88,
  '1 H0 ----': 0,
};

const OXYGEN: Readonly<Record<string, number>> = {
  '0 H0 =': 17.07,
  '0 H1 -': 20.23,
  '-1 H0 -': 23.06,
  '0 H0 -- 3': 12.53,
  '0 H0 --': 9.23,
  '0 H0 ::': 13.14,
};

const SIGNS: ReadonlyMap<number, string> = new Map([
  [BondType.single, '-'],
  [BondType.double, '='],
  [BondType.triple, '#'],
  [BondType.aromatic, ':'],
]);
/** For example a dative bond, which no entry of the table has. */
const OTHER_BOND = '?';
const ORDER = '-=#:?';

/** For atoms outside the table: intercept, and the decrease per heavy neighbour. */
const RULE: Readonly<Record<number, readonly [intercept: number, slope: number]>> = { 7: [30.5, 8.2], 8: [28.5, 8.6] };
const PER_HYDROGEN = 1.5;

interface Surroundings {
  readonly key: string;
  readonly heavy: number;
  readonly hydrogens: number;
}

function surroundings(graph: SearchGraph, atom: number): Surroundings {
  const signs: string[] = [];
  let heavy = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    if (graph.element[graph.neighbour[k]] === 1) continue;
    heavy++;
    signs.push(SIGNS.get(graph.type[graph.via[k]]) ?? OTHER_BOND);
  }
  signs.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const hydrogens = graph.totalHydrogens[atom];
  return { key: `${graph.charge[atom]} H${hydrogens} ${signs.join('')}`, heavy, hydrogens };
}

function contribution(graph: SearchGraph, atom: number): number {
  const element = graph.element[atom];
  const rule = RULE[element];
  if (!rule) return 0;
  const table = element === 7 ? NITROGEN : OXYGEN;
  const { key, heavy, hydrogens } = surroundings(graph, atom);
  const inThreeRing = graph.smallestRings[atom] === 3 ? table[`${key} 3`] : undefined;
  const [intercept, slope] = rule;
  return inThreeRing ?? table[key] ?? Math.max(0, intercept - slope * heavy + PER_HYDROGEN * hydrogens);
}

export function polarSurface(graph: SearchGraph): number {
  let sum = 0;
  for (let a = 0; a < graph.atoms; a++) sum += contribution(graph, a);
  return sum;
}
