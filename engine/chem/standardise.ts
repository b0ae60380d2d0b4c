/**
 * @file Standardises molecules for predictors: the largest fragment, without counter-ions and solvents, neutralised if
 * protons can do so. The rules are those of RDKit's LargestFragmentChooser and Uncharger
 * (Code/GraphMol/MolStandardize/Fragment.cpp and Charge.cpp), which RDKit-JS lacks.
 */
import { BondType, valence } from './graph.ts';
import type { Molecule } from './molecule.ts';
import type { Rdkit } from './rdkit.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

export interface Standardised {
  /** Canonical SMILES. */
  readonly smiles: string;
  /** Whether smaller fragments were removed. */
  readonly stripped: boolean;
  /** Whether charges were neutralised. */
  readonly neutralised: boolean;
}

/** @throws MoleculeError if RDKit cannot compute it */
export function standardise(rdkit: Rdkit, molecule: Molecule): Standardised {
  const parts = molecule.canonical.split('.');
  const stripped = parts.length > 1;
  if (!stripped && molecule.graph.charge.every((charge) => charge === 0))
    return { smiles: molecule.canonical, stripped, neutralised: false };
  // Parsed again from the canonical form: which of several equal charges remains must not depend on the spelling.
  const largest = largestOf(rdkit, parts);
  return rdkit.withMolecule(
    largest,
    (part) => ({ ...neutral(rdkit, part), stripped }),
    () => ({ smiles: largest, stripped, neutralised: false }),
  );
}

/** Most atoms with hydrogens first, then the heaviest, then the first by name. */
function largestOf(rdkit: Rdkit, parts: readonly string[]): string {
  const sized = [...new Set(parts)].map((smiles) =>
    rdkit.withMolecule(
      smiles,
      (part) => ({ smiles, ...sizeOf(part) }),
      () => ({ smiles, atoms: 0, weight: 0 }),
    ),
  );
  const [first] = sized.sort((a, b) => b.atoms - a.atoms || b.weight - a.weight || (a.smiles < b.smiles ? -1 : 1));
  return first.smiles;
}

function sizeOf(part: Molecule): { readonly atoms: number; readonly weight: number } {
  const { graph } = part;
  let [atoms, weight] = [graph.atoms, 0];
  for (let a = 0; a < graph.atoms; a++) {
    atoms += graph.hydrogens[a];
    weight += part.atomicMass(graph.element[a], graph.isotope[a]) + graph.hydrogens[a] * part.atomicMass(1, 0);
  }
  // Sums of the same masses in another order differ in their last digits.
  return { atoms, weight: Math.round(weight * 1e4) };
}

/** Hydrogens to add to each atom that is neutralised, and the change of its charge. */
type Changes = ReadonlyMap<number, { readonly hydrogens: number; readonly charge: number }>;

/** @param molecule parsed from its canonical SMILES */
function neutral(rdkit: Rdkit, molecule: Molecule): Omit<Standardised, 'stripped'> {
  const unchanged = { smiles: molecule.canonical, neutralised: false };
  const changes = neutralising(molecule.graph);
  const changed = changes.size === 0 ? null : withChanges(molecule.input, molecule.graph.atoms, changes);
  return changed === null
    ? unchanged
    : rdkit.withMolecule(
        changed,
        ({ canonical }) => ({ smiles: canonical, neutralised: true }),
        () => unchanged,
      );
}

const ATOM = /\[[^\]]*\]|Br|Cl|[BCNOPSFIbcnops]/g;
const IN_BRACKETS = /^\[(\d*)([A-Z][a-z]?|[a-z]{1,2})(@{0,2})(?:H(\d*))?(?:[+-]\d*)?\]$/;

/**
 * Writes hydrogens and charges into the SMILES itself, which keeps its stereo.
 * @returns null if its atoms cannot be identified
 */
function withChanges(smiles: string, atoms: number, changes: Changes): string | null {
  let at = 0;
  const changed = smiles.replace(ATOM, (token) => {
    const change = changes.get(at++);
    return change === undefined ? token : withoutCharge(token, change);
  });
  return at === atoms ? changed : null;
}

function withoutCharge(
  token: string,
  { hydrogens, charge }: { readonly hydrogens: number; readonly charge: number },
): string {
  const parts = IN_BRACKETS.exec(token);
  if (parts === null) return token;
  const [, isotope, symbol, chirality, count] = parts;
  const total = (count === undefined ? 0 : Number(count || 1)) + hydrogens;
  return `[${isotope}${symbol}${chirality}${total === 0 ? '' : `H${total}`}${chargeText(chargeOf(token) + charge)}]`;
}

function chargeOf(token: string): number {
  const [, sign, size] = /([+-])(\d*)\]$/.exec(token) ?? ['', '+', '0'];
  return (sign === '-' ? -1 : 1) * Number(size || 1);
}

const chargeText = (charge: number): string => (charge === 0 ? '' : `${charge > 0 ? '+' : '-'}${Math.abs(charge)}`);

const isPositive = (graph: SearchGraph, a: number): boolean => graph.charge[a] >= 1 && graph.charge[a] <= 4;

function neighbours(graph: SearchGraph, a: number): number[] {
  return [...graph.neighbour.subarray(graph.offset[a], graph.offset[a + 1])];
}

/** Number of neighbours with charge -1. */
function anionsAt(graph: SearchGraph, a: number): number {
  return neighbours(graph, a).filter((b) => graph.charge[b] === -1).length;
}

/**
 * Anions are protonated, acids last, except for as many as balance cations that cannot lose a proton. Then cations lose
 * protons until the total charge is 0.
 */
function neutralising(graph: SearchGraph): Changes {
  const atoms = [...graph.charge.keys()].filter((a) => graph.charge[a] !== 0);
  const givers = atoms.filter(
    (a) => isPositive(graph, a) && graph.hydrogens[a] > 0 && (anionsAt(graph, a) === 0 || anionsAt(graph, a) > 1),
  );
  const fixed = atoms
    .filter((a) => isPositive(graph, a) && graph.hydrogens[a] === 0 && anionsAt(graph, a) === 0)
    .reduce((sum, a) => sum + graph.charge[a], 0);
  const takers = takersOf(graph, atoms);
  const changes = new Map<number, { hydrogens: number; charge: number }>();
  let surplus = takers.length - fixed;
  for (const a of surplus === 0 ? [] : takers) {
    const hydrogens = hydrogensForAnion(graph, a);
    if (hydrogens === 0) continue;
    changes.set(a, { hydrogens, charge: 1 });
    if (--surplus === 0) break;
  }
  let net = atoms.reduce((sum, a) => sum + graph.charge[a], 0) + changes.size;
  for (const a of givers) {
    const given = Math.min(graph.charge[a], protonsToGive(graph, a), Math.max(0, net));
    if (given > 0) changes.set(a, { hydrogens: takesHydrogen(graph.element[a]) ? given : -given, charge: -given });
    net -= given;
  }
  return changes;
}

/**
 * Anions that may be protonated: not those whose charge a neighbour balances, acids last, and each as often as its
 * group needs.
 */
function takersOf(graph: SearchGraph, atoms: readonly number[]): number[] {
  const acids = atoms.filter((a) => graph.charge[a] < 0 && isAcid(graph, a));
  const others = atoms.filter(
    (a) => graph.charge[a] === -1 && !acids.includes(a) && !neighbours(graph, a).some((b) => isPositive(graph, b)),
  );
  const balanced = new Map<number, number>();
  const free = acids.filter((a) => {
    const cation = neighbours(graph, a).find((b) => graph.charge[b] > 0);
    if (cation === undefined || (balanced.get(cation) ?? 0) >= graph.charge[cation]) return true;
    balanced.set(cation, (balanced.get(cation) ?? 0) + 1);
    return false;
  });
  return [...others, ...free];
}

const [BORON, CARBON, NITROGEN, OXYGEN, PHOSPHORUS, SULFUR] = [5, 6, 7, 8, 15, 16];
const HALOGENS = [17, 35, 53];
const isChalcogen = (graph: SearchGraph, a: number): boolean =>
  (graph.element[a] === OXYGEN || graph.element[a] === SULFUR) && !graph.aromatic[a];

/**
 * Carboxylates, sulfonates, phosphates, nitrates, halates and tetrazolides, and their analogues with sulfur instead of
 * oxygen.
 */
function isAcid(graph: SearchGraph, a: number): boolean {
  if (graph.aromatic[a]) return graph.charge[a] === -1 && isTetrazolide(graph, a);
  if (graph.charge[a] !== -1 || !isChalcogen(graph, a)) return false;
  return neighbours(graph, a).some((b) => isAcidCentre(graph, b, a));
}

function isAcidCentre(graph: SearchGraph, centre: number, anion: number): boolean {
  const element = graph.element[centre];
  const others = [...graph.via.subarray(graph.offset[centre], graph.offset[centre + 1])].filter(
    (bond) => otherEnd(graph, bond, centre) !== anion,
  );
  const hasDouble = others.some(
    (bond) => graph.type[bond] === BondType.double && isChalcogen(graph, otherEnd(graph, bond, centre)),
  );
  const hasAnion = others.some(
    (bond) => graph.charge[otherEnd(graph, bond, centre)] === -1 && isChalcogen(graph, otherEnd(graph, bond, centre)),
  );
  if (element === CARBON || element === SULFUR)
    return !graph.aromatic[centre] && graph.charge[centre] === 0 && hasDouble;
  if (element === NITROGEN || element === PHOSPHORUS)
    return !graph.aromatic[centre] && graph.charge[centre] === 1 && hasDouble && hasAnion;
  return HALOGENS.includes(element) && graph.charge[centre] > 0 && hasAnion;
}

function otherEnd(graph: SearchGraph, bond: number, atom: number): number {
  return graph.begin[bond] === atom ? graph.end[bond] : graph.begin[bond];
}

/** An anion in a ring of four nitrogens and one carbon. */
function isTetrazolide(graph: SearchGraph, a: number): boolean {
  const elements = graph.rings
    .filter((ring) => ring.includes(a) && ring.length === 5)
    .map((ring) => ring.map((b) => graph.element[b]));
  return (
    graph.element[a] === NITROGEN &&
    elements.some((ring) => ring.filter((element) => element === NITROGEN).length === 4 && ring.includes(CARBON))
  );
}

/** Metals and boron, on which one hydrogen less means one charge more (isEarlyAtom of Code/GraphMol/Atom.cpp). */
function isEarly(element: number): boolean {
  return (
    [3, 4, BORON, 11, 12, 13, 19, 20, 31, 32, 37, 38, 49, 50, 55, 56, 81].includes(element) ||
    (element >= 21 && element <= 30)
  );
}

const takesHydrogen = (element: number): boolean => element === CARBON || isEarly(element);

/** Hydrogens that a cation can lose, or gain, as its charge requires. */
function protonsToGive(graph: SearchGraph, a: number): number {
  return takesHydrogen(graph.element[a]) ? graph.charge[a] : graph.hydrogens[a];
}

/** Valences that neutral atoms may have (Code/GraphMol/atomic_data.cpp), of elements that occur as anions. */
const VALENCES: Readonly<Record<number, readonly number[]>> = {
  5: [3],
  6: [4],
  7: [3],
  8: [2],
  9: [1],
  14: [4],
  15: [3, 5, 7],
  16: [2, 4, 6],
  17: [1],
  33: [3, 5, 7],
  34: [2, 4, 6],
  35: [1],
  52: [2, 4, 6],
  53: [1, 3, 5],
};

/** Hydrogens that neutralise an anion; 0 if none can. */
function hydrogensForAnion(graph: SearchGraph, a: number): number {
  const early = isEarly(graph.element[a]);
  const change = early ? (graph.hydrogens[a] > 0 ? -1 : 0) : 1;
  const allowed = VALENCES[graph.element[a]];
  return change !== 0 && (allowed === undefined || allowed.includes(valence(graph, a) + change)) ? change : 0;
}
