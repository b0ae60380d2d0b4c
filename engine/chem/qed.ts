/**
 * QED, the quantitative estimate of drug-likeness, 0 to 1: the weighted
 * geometric mean of eight desirabilities. Bickerton et al., Nature Chemistry
 * 2012, 4, 90; equal to RDKit's Chem/QED.py with its default (mean) weights.
 */
import { BondType, degree, ringMembership, valence, type MoleculeGraph } from './graph.ts';
import type { Molecule } from './molecule.ts';
import type { Pattern } from './pattern.ts';
import { alertSmarts, desirabilities, type Desirability } from './qed-parameters.ts';
import type { Rdkit } from './rdkit.ts';

type Property = keyof typeof desirabilities;
export type QedProperties = Readonly<Record<Property, number>>;

const properties = Object.keys(desirabilities) as Property[];
const totalWeight = properties.reduce((sum, name) => sum + desirabilities[name].weight, 0);

function desirability(x: number, p: Desirability): number {
  const rise = 1 + Math.exp(-(x - p.C + p.D / 2) / p.E);
  const fall = 1 + Math.exp(-(x - p.C - p.D / 2) / p.F);
  return (p.A + (p.B / rise) * (1 - 1 / fall)) / p.max;
}

function qedOf(values: QedProperties): number {
  const logs = properties.map((name) => desirabilities[name].weight * Math.log(desirability(values[name], desirabilities[name])));
  return Math.exp(logs.reduce((sum, value) => sum + value, 0) / totalWeight);
}

/** QED with its alert patterns prepared once. */
export class Qed {
  readonly #alerts: readonly Pattern[];

  constructor(rdkit: Rdkit) {
    this.#alerts = alertSmarts.map((smarts) => rdkit.pattern(smarts));
  }

  properties(molecule: Molecule): QedProperties {
    const { amw, CrippenClogP, NumHBD, tpsa, NumRotatableBonds } = molecule.descriptors;
    return {
      MW: amw,
      ALOGP: CrippenClogP,
      HBA: acceptors(molecule.graph),
      HBD: NumHBD,
      PSA: tpsa,
      ROTB: NumRotatableBonds,
      AROM: aromaticRings(molecule.graph),
      ALERTS: this.#alerts.filter((alert) => molecule.has(alert)).length,
    };
  }

  score(molecule: Molecule): number {
    return qedOf(this.properties(molecule));
  }

  dispose(): void {
    for (const alert of this.#alerts) alert.dispose();
  }
}

const NITROGEN = 7;
const OXYGEN = 8;
const SULFUR = 16;
const CARBON = 6;

/** Atoms that one of QED's eleven acceptor patterns matches; no atom matches two. */
function acceptors(graph: MoleculeGraph): number {
  let count = 0;
  for (let a = 0; a < graph.atoms; a++) if (isAcceptor(graph, a)) count++;
  return count;
}

function isAcceptor(graph: MoleculeGraph, a: number): boolean {
  const hydrogens = totalHydrogens(graph, a);
  const connections = degree(graph, a) + graph.hydrogens[a];
  switch (graph.element[a]) {
    case OXYGEN:
      // [oH0;X2], [OH1;X2;v2], [OH0;X2;v2], [OH0;X1;v2], [O-;X1]
      if (graph.aromatic[a]) return hydrogens === 0 && connections === 2;
      return (valence(graph, a) === 2 && (connections === 2 ? hydrogens < 2 : connections === 1 && hydrogens === 0)) || isAnion(graph, a, connections);
    case SULFUR:
      // [SH0;X2;v2], [SH0;X1;v2], [S-;X1]
      if (graph.aromatic[a]) return false;
      return (hydrogens === 0 && valence(graph, a) === 2 && connections <= 2) || isAnion(graph, a, connections);
    case NITROGEN:
      // [nH0;X2], [NH0;X1;v3], [$([N;+0;X3;v3]);!$(N[C,S]=O)]
      if (graph.aromatic[a]) return hydrogens === 0 && connections === 2;
      if (valence(graph, a) !== 3) return false;
      return connections === 1 ? hydrogens === 0 : connections === 3 && graph.charge[a] === 0 && !isAmide(graph, a);
    default:
      return false;
  }
}

function isAnion(graph: MoleculeGraph, a: number, connections: number): boolean {
  return graph.charge[a] === -1 && connections === 1;
}

function totalHydrogens(graph: MoleculeGraph, a: number): number {
  let hydrogens = graph.hydrogens[a];
  for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) if (graph.element[graph.neighbour[k]] === 1) hydrogens++;
  return hydrogens;
}

/** N[C,S]=O: next to an aliphatic carbon or sulfur with a double-bonded aliphatic oxygen. */
function isAmide(graph: MoleculeGraph, nitrogen: number): boolean {
  for (let k = graph.offset[nitrogen]; k < graph.offset[nitrogen + 1]; k++) {
    const middle = graph.neighbour[k];
    const isCentre = graph.element[middle] === CARBON || graph.element[middle] === SULFUR;
    if (isCentre && !graph.aromatic[middle] && graph.type[graph.via[k]] === BondType.single && hasOxo(graph, middle)) return true;
  }
  return false;
}

function hasOxo(graph: MoleculeGraph, atom: number): boolean {
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    if (graph.type[graph.via[k]] === BondType.double && graph.element[graph.neighbour[k]] === OXYGEN) return true;
  }
  return false;
}

/**
 * QED's count of aromatic rings: the rings that stay after deleting each
 * aliphatic ring atom with a single bond to a non-aromatic atom
 * ([$([A;R][!a])]). By Euler's formula they number bonds - atoms + components.
 */
function aromaticRings(graph: MoleculeGraph): number {
  const inRing = ringMembership(graph);
  const kept = Array.from({ length: graph.atoms }, (_, a) => graph.aromatic[a] === 1 || inRing[a] === 0 || !hasAliphaticNeighbour(graph, a));
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

function hasAliphaticNeighbour(graph: MoleculeGraph, atom: number): boolean {
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) {
    if (graph.type[graph.via[k]] === BondType.single && !graph.aromatic[graph.neighbour[k]]) return true;
  }
  return false;
}
