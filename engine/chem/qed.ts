/**
 * @file QED, the quantitative estimate of drug-likeness, 0 to 1: the weighted geometric mean of eight desirabilities.
 * Bickerton et al., Nature Chemistry 2012, 4, 90; equal to RDKit's Chem/QED.py with its default (mean) weights.
 */
import { BondType } from './graph.ts';
import type { Molecule } from './molecule.ts';
import { acceptorSmarts, alertSmarts, desirabilities, type Desirability } from './qed-parameters.ts';
import { Query } from './smarts/query.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** The eight properties, in RDKit's order. */
export type QedPart = keyof typeof desirabilities;

const parts = Object.keys(desirabilities) as QedPart[];
const totalWeight = parts.reduce((sum, part) => sum + desirabilities[part].weight, 0);

const alerts = alertSmarts.map((smarts) => new Query(smarts));
const acceptors = acceptorSmarts.map((smarts) => new Query(smarts));

/** Raw value of each part, as QED defines it. */
const measures: Readonly<Record<QedPart, (molecule: Molecule) => number>> = {
  MW: ({ descriptors }) => descriptors.weight,
  ALOGP: ({ descriptors }) => descriptors.logP,
  HBA: ({ graph }) => acceptors.reduce((sum, query) => sum + query.count(graph), 0),
  HBD: ({ descriptors }) => descriptors.donors,
  PSA: ({ descriptors }) => descriptors.tpsa,
  ROTB: ({ descriptors }) => descriptors.rotatableBonds,
  AROM: ({ graph }) => aromaticRings(graph),
  ALERTS: ({ graph }) => alerts.filter((query) => query.isIn(graph)).length,
};

function desirability(x: number, p: Desirability): number {
  const rise = 1 + Math.exp(-(x - p.C + p.D / 2) / p.E);
  const fall = 1 + Math.exp(-(x - p.C - p.D / 2) / p.F);
  return (p.A + (p.B / rise) * (1 - 1 / fall)) / p.max;
}

/**
 * Desirability of one part of QED: QED.ads of the part's property.
 * @returns above 0, up to 1 within the rounding of the tabulated maximum
 */
export function qedDesirability(molecule: Molecule, part: QedPart): number {
  return desirability(measures[part](molecule), desirabilities[part]);
}

/** @returns 0 (unlike any drug) to 1 */
export function qed(molecule: Molecule): number {
  const logs = parts.map((part) => desirabilities[part].weight * Math.log(qedDesirability(molecule, part)));
  return Math.exp(logs.reduce((sum, value) => sum + value, 0) / totalWeight);
}

/**
 * QED's count of aromatic rings: the rings that remain after deleting each aliphatic ring atom with a single bond to a
 * non-aromatic atom ([$([A;R][!a])]). By Euler's formula there are bonds - atoms + components of them.
 */
function aromaticRings(graph: SearchGraph): number {
  const kept = Array.from(
    { length: graph.atoms },
    (_, a) => graph.aromatic[a] === 1 || graph.ringCounts[a] === 0 || !hasAliphaticNeighbour(graph, a),
  );
  const root = Array.from({ length: graph.atoms }, (_, a) => a);
  const find = (a: number): number => (root[a] === a ? a : (root[a] = find(root[a])));
  let rings = 0;
  for (let b = 0; b < graph.bonds; b++) {
    if (!kept[graph.begin[b]] || !kept[graph.end[b]]) continue;
    const [x, y] = [find(graph.begin[b]), find(graph.end[b])];
    // A bond inside one component closes a ring.
    if (x === y) rings++;
    else root[x] = y;
  }
  return rings;
}

function hasAliphaticNeighbour(graph: SearchGraph, atom: number): boolean {
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    if (graph.type[graph.via[k]] === BondType.single && !graph.aromatic[graph.neighbour[k]]) return true;
  }
  return false;
}
