/**
 * @file Conjugated bonds and hybridization of atoms as RDKit perceives them (Code/GraphMol/ConjugHybrid.cpp, and
 * countAtomElec of Code/GraphMol/Aromaticity.cpp). RDKit-JS provides neither.
 */
import { BondType } from './graph.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** RDKit's Atom::HybridizationType numbers (Code/GraphMol/Atom.h). */
export const Hybridization = { unspecified: 0, s: 1, sp: 2, sp2: 3, sp3: 4, sp3d: 6, sp3d2: 7 } as const;

export interface Electrons {
  /** [bonds] 1 where conjugated; all aromatic bonds are. */
  readonly conjugated: Uint8Array;
  /** [atoms] one of `Hybridization`. */
  readonly hybridization: Uint8Array;
}

/** Outer electrons of each element by atomic number, in base 16 (Code/GraphMol/atomic_data.cpp). */
const OUTER_ELECTRONS =
  '0121234567812345678123456789ab2345678123456789ab234567812343456789abcdef456789ab234567812343456789abcdef222222222222222';
/** First valence of each element by atomic number; "-" for metals, which have none (the same table). */
const FIRST_VALENCES = '-10123432101234321012----------34321012----------32321012-------------------------2321012';

/** From this atomic number on, RDKit uses the number of neighbours for that of orbitals. */
const ACTINIUM = 89;
const NEON = 10;

function outerElectrons(element: number): number {
  return parseInt(OUTER_ELECTRONS[element] ?? '2', 16);
}

/** -1 for an element without a fixed valence. */
function firstValence(element: number): number {
  const valence = FIRST_VALENCES[element] ?? '-';
  return valence === '-' ? -1 : Number(valence);
}

export function perceiveElectrons(graph: SearchGraph): Electrons {
  const conjugated = Uint8Array.from(graph.type, (type) => (type === BondType.aromatic ? 1 : 0));
  const candidates = Uint8Array.from({ length: graph.atoms }, (_, a) => (mayConjugate(graph, a) ? 1 : 0));
  for (let a = 0; a < graph.atoms; a++) if (candidates[a]) markConjugated(graph, a, candidates, conjugated);
  const hybridization = Uint8Array.from({ length: graph.atoms }, (_, a) => hybridizationOf(graph, a, conjugated));
  return { conjugated, hybridization };
}

/** Neutral atoms above their first valence do not conjugate, nor do P, S and their group, except for a terminal =S. */
function mayConjugate(graph: SearchGraph, a: number): boolean {
  const element = graph.element[a];
  const valence = firstValence(element);
  if (graph.charge[a] === 0 && valence >= 0 && graph.valences[a] > valence) return false;
  const outer = outerElectrons(element);
  const ofKind = element <= NEON || (outer !== 5 && outer !== 6) || (outer === 6 && graph.connections[a] < 2);
  return ofKind && piElectrons(graph, a) > 0;
}

/** Electrons that an atom can donate to a pi system; -1 if it cannot take part in one. */
function piElectrons(graph: SearchGraph, a: number): number {
  const valence = firstValence(graph.element[a]);
  if (valence <= 1) return -1;
  const degree = graph.connections[a] - bondsWithoutElectrons(graph, a);
  if (degree > 3) return -1;
  const lone = Math.max(outerElectrons(graph.element[a]) - valence - graph.charge[a], 0);
  const electrons = valence - degree + lone - graph.radicals[a];
  const unsaturations = graph.valences[a] - graph.hydrogens[a] - graph.degrees[a];
  return electrons > 1 && unsaturations > 1 ? 1 : electrons;
}

/** Bonds of an atom that add nothing to its valence: bonds of order zero, and dative bonds that it donates. */
function bondsWithoutElectrons(graph: SearchGraph, a: number): number {
  let count = 0;
  for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
    const bond = graph.via[k];
    if (graph.type[bond] === BondType.zero || (graph.type[bond] === BondType.dative && graph.end[bond] !== a)) count++;
  }
  return count;
}

/** A multiple bond conjugates with each other bond of its atoms to an atom that may conjugate. */
function markConjugated(graph: SearchGraph, a: number, candidates: Uint8Array, conjugated: Uint8Array): void {
  if (graph.connections[a] < 2 || graph.connections[a] > 3) return;
  for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
    if (!isMultiple(graph, graph.via[k]) || !candidates[graph.neighbour[k]]) continue;
    for (let l = graph.offset[a]; l < graph.offset[a + 1]; l++) {
      const other = graph.neighbour[l];
      if (l === k || graph.connections[other] > 3 || !candidates[other]) continue;
      conjugated[graph.via[k]] = 1;
      conjugated[graph.via[l]] = 1;
    }
  }
}

function isMultiple(graph: SearchGraph, bond: number): boolean {
  const type = graph.type[bond];
  return type === BondType.double || type === BondType.triple || type === BondType.aromatic;
}

function hybridizationOf(graph: SearchGraph, a: number, conjugated: Uint8Array): number {
  const element = graph.element[a];
  if (element === 0) return Hybridization.unspecified;
  if (graph.chirality[a] !== 0 && graph.connections[a] === 4) return Hybridization.sp3;
  const orbitals = element < ACTINIUM ? bondsAndLonePairs(graph, a) : graph.connections[a];
  if (orbitals <= 1) return Hybridization.s;
  if (orbitals === 4)
    return graph.connections[a] > 3 || !hasConjugated(graph, a, conjugated) ? Hybridization.sp3 : Hybridization.sp2;
  return (
    { 2: Hybridization.sp, 3: Hybridization.sp2, 5: Hybridization.sp3d, 6: Hybridization.sp3d2 }[orbitals] ??
    Hybridization.unspecified
  );
}

function hasConjugated(graph: SearchGraph, a: number, conjugated: Uint8Array): boolean {
  for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) if (conjugated[graph.via[k]]) return true;
  return false;
}

function bondsAndLonePairs(graph: SearchGraph, a: number): number {
  const degree = graph.connections[a] - bondsWithoutElectrons(graph, a);
  const element = graph.element[a];
  if (element <= 1) return degree;
  const outer = outerElectrons(element);
  const [valence, charge, radicals] = [graph.valences[a], graph.charge[a], graph.radicals[a]];
  const free = outer - (valence + charge);
  // Below an octet, unpaired electrons occupy separate orbitals.
  const single = valence + outer - charge < 8 ? radicals : 0;
  return degree + Math.trunc((free - single) / 2) + single;
}
