/**
 * @file A rough estimate of ionisation from functional groups, for scores that need a pKa or logD without a
 * measurement: a table of parent bases and acids and, for aliphatic amines, shifts by electron-withdrawing groups
 * depending on their distance. The idea, and the additivity of shifts, are from Perrin, Dempsey and Serjeant, "pKa
 * Prediction for Organic Acids and Bases", 1981. The numbers are our own, rounded from textbook pKa in water at 25 °C
 * (ethylamine 10.6, 2-fluoroethylamine 9.0, aminoacetonitrile 5.3). Expect errors of about one unit, more for crowded,
 * conjugated or strained bases.
 */
import { Query } from './smarts/query.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

interface Group {
  readonly query: Query;
  readonly pKa: number;
}

const groups = (list: readonly (readonly [smarts: string, pKa: number])[]): readonly Group[] =>
  list.map(([smarts, pKa]) => ({ query: new Query(smarts), pKa }));

/** Nitrogens of the sp3 amines to which the shifts apply: bound only to saturated carbons; neutral or protonated. */
const amines = groups([
  ['[NX3H2,NX4H3+;$([ND1]-[CX4])]', 10.6],
  ['[NX3H1,NX4H2+;$([ND2](-[CX4])-[CX4])]', 11.1],
  ['[NX3H0,NX4H1+;$([ND3](-[CX4])(-[CX4])-[CX4])]', 10.2],
]);

/** Other bases, by their basic nitrogen. The first match counts. */
const otherBases = groups([
  ['[NX2;$(N=C([NX3])[NX3]);$(N[CX2]#N),$(N=CN[CX2]#N)]', 0],
  ['[NX2;$(N=C([NX3])[NX3]);$(N=C(NC=O)),$(NC=O)]', 8],
  ['[NX2,NX3+;$(N=C([NX3])[NX3]);$(N=C(Nc)),$(Nc)]', 10.8],
  ['[NX2,NX3+;$(N=C([NX3])[NX3])]', 13.6],
  ['[NX2;$(N=C([#6])[NX3]);$(Nc),$(NC=O)]', 7],
  ['[NX2,NX3+;$(N=C([#6])[NX3]);!$(N[!#6])]', 11.8],
  ['[NX2;$(N(=C(c)c)[#6])]', 4],
  ['[NX2;$(N(=[#6])[#6]);!$(N=C[!#6])]', 7],
  ['[NX3H2;$(N[NX3])]', 8],
  ['[NX3;$(Nc);!$(N[!#6]);!$(N[C,S,P]=*);!$(Nc:[nX2]);!$(Nc:c:c:[nX2])]', 4.6],
  // 4- and 2-aminopyridines are protonated on the ring.
  ['[nX2,nX3H1+;$([n]1cc[$(c[NX3;!$(N*=[O,S])])]cc1)]', 9.1],
  ['[nX2,nX3H1+;$([n]1[$(c[NX3;!$(N*=[O,S])])]cccc1)]', 6.9],
  ['[nX2,nX3H1+;$([n]1c2ccccc2[nX3]c1),$([n]1c[nX3]c2ccccc12)]', 5.5],
  // Imidazole, except in purines.
  ['[nX2,nX3H1+;$([n]1c[nX3]cc1);!$(n1cncc1n);!$(n1cnc(n)c1)]', 7],
  ['[nX2,nX3H1+;$([n]1ccccc1)]', 5.2],
  ['[nX2,nX3H1+]', 2],
]);

const acids = groups([
  ['[SX4](=O)(=O)[OH1,OX1-]', -1],
  ['P(=O)[OH1,OX1-]', 2],
  ['[CX3](=O)[OX2H1,OX1-]', 4.2],
  ['[NH1,NX2-](C=O)S(=O)=O', 4.5],
  ['[nH1,n-]1nnnc1', 4.9],
  ['[nH1,n-]1cnnn1', 4.9],
]);

/** Decrease of an amine's pKa by a group two, three or four bonds away. */
interface Shift {
  readonly query: Query;
  readonly at: readonly [two: number, three: number, four: number];
}

const shifts: readonly Shift[] = (
  [
    ['[F]', [0, 1.65, 0.6]],
    ['[Cl,Br,I]', [0, 1.3, 0.5]],
    ['[CX3]=[O,S,N]', [2.7, 1, 0.3]],
    ['[CX2]#N', [5.3, 2.6, 0.8]],
    ['[CX2]#C', [2.5, 1, 0]],
    ['[CX3]=C', [0.9, 0.4, 0]],
    ['c', [1.2, 0.7, 0.2]],
    ['[O]C=[O,S]', [2, 1.6, 0.6]],
    ['[O]', [2, 1.1, 0.4]],
    ['[N][C,S,P]=[O,S,N]', [2, 1.4, 0.5]],
    ['Nc', [2, 1.1, 0.4]],
    ['[N,n]', [2, 0.8, 0.2]],
    ['[S](=O)=O', [4, 2.2, 0.8]],
    ['[S,s,P]', [1.5, 0.9, 0.3]],
  ] as const
).map(([smarts, at]) => ({ query: new Query(smarts), at }));

const FARTHEST = 4;

function lossFrom(graph: SearchGraph, atom: number, bonds: number): number {
  return shifts.find(({ query }) => query.matchesAt(graph, atom))?.at[bonds - 2] ?? 0;
}

/**
 * Sum over all paths from the end of `path` along saturated carbons. A group that is reached twice, as in a ring,
 * counts twice.
 */
function losses(graph: SearchGraph, path: readonly number[]): number {
  const last = path[path.length - 1];
  let sum = 0;
  for (let k = graph.offset[last]; k < graph.offset[last + 1]; k++) {
    const next = graph.neighbour[k];
    if (path.includes(next)) continue;
    const bonds = path.length;
    if (bonds > 1) sum += lossFrom(graph, next, bonds);
    if (bonds < FARTHEST && isSaturatedCarbon(graph, next)) sum += losses(graph, [...path, next]);
  }
  return sum;
}

function isSaturatedCarbon(graph: SearchGraph, atom: number): boolean {
  return graph.element[atom] === 6 && graph.connections[atom] === 4;
}

function basicity(graph: SearchGraph, atom: number): number {
  const amine = amines.find(({ query }) => query.matchesAt(graph, atom));
  if (amine) return amine.pKa - losses(graph, [atom]);
  return otherBases.find(({ query }) => query.matchesAt(graph, atom))?.pKa ?? -Infinity;
}

/** Estimated pKa of the conjugate acid of the most basic group; null if the molecule has no base. */
export function strongestBase(graph: SearchGraph): number | null {
  let most = -Infinity;
  for (let a = 0; a < graph.atoms; a++) if (graph.element[a] === 7) most = Math.max(most, basicity(graph, a));
  return most === -Infinity ? null : most;
}

/** Estimated pKa of the most acidic group; null if the molecule has none below about 5. */
export function strongestAcid(graph: SearchGraph): number | null {
  return acids.find(({ query }) => query.isIn(graph))?.pKa ?? null;
}

/** logD at a pH: logP corrected for the share of the neutral form; ions are assumed to stay in the water. */
export function estimateLogD(graph: SearchGraph, logP: number, pH: number): number {
  const base = strongestBase(graph);
  const acid = strongestAcid(graph);
  const protonated = base === null ? 0 : 10 ** (base - pH);
  const deprotonated = acid === null ? 0 : 10 ** (pH - acid);
  return logP - Math.log10(1 + protonated + deprotonated);
}
