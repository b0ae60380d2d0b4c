/**
 * @file Descriptors of a molecule, each computed on first use and equal to Python RDKit's function of the same meaning.
 * RDKit-JS has them too, but computes all 43 at once, most of which no objective uses.
 */
import { bertzCT } from './bertz.ts';
import { crippen, type CrippenSums } from './crippen.ts';
import { BondType } from './graph.ts';
import { Query } from './smarts/query.ts';
import { bondBetween, type SearchGraph } from './smarts/search-graph.ts';
import { polarSurface } from './tpsa.ts';

/** What the graph does not contain. */
export interface DescriptorSource {
  readonly graph: SearchGraph;
  /** Mass of one atom in g/mol; isotope 0 gives the element's average. */
  readonly atomicMass: (element: number, isotope: number) => number;
  readonly stereoCentres: () => StereoCentres;
}

/** Tetrahedral centres by RDKit's stereo perception. */
export interface StereoCentres {
  readonly all: number;
  /** Those without a specified configuration. */
  readonly unspecified: number;
}

// Definitions of RDKit's Code/GraphMol/Descriptors/Lipinski.cpp.
const DONOR = new Query('[N&!H0&v3,N&!H0&+1&v4,O&H1&+0,S&H1&+0,n&H1&+0]');
const ACCEPTOR = new Query(
  '[$([O,S;H1;v2]-[!$(*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),$([N;v3;!$(N-*=!@[O,N,P,S])]),$([nH0X2,o,s;+0])]',
);
const BULKY_OR_END = '!$(*#*)&!D1&!$(C(F)(F)F)&!$(C(Cl)(Cl)Cl)&!$(C(Br)(Br)Br)&!$(C([CH3])([CH3])[CH3])&!$([CH3])';
const AMIDE_LIKE =
  '!$([CD3](=[N,O,S])-!@[#7,O,S!D1])&!$([#7,O,S!D1]-!@[CD3]=[N,O,S])&!$([CD3](=[N+])-!@[#7!D1])&!$([#7!D1]-!@[CD3]=[N+])';
const ROTATABLE = new Query(`[${BULKY_OR_END}&${AMIDE_LIKE}]-,:;!@[${BULKY_OR_END}]`);

export class Descriptors {
  readonly #source: DescriptorSource;
  readonly #graph: SearchGraph;
  readonly #known = new Map<string, number>();
  #crippen: CrippenSums | undefined;
  #centres: StereoCentres | undefined;

  constructor(source: DescriptorSource) {
    this.#source = source;
    this.#graph = source.graph;
  }

  /** Average molecular weight, g/mol: Descriptors.MolWt. */
  get weight(): number {
    return this.#once('weight', () => molecularWeight(this.#graph, this.#source.atomicMass));
  }

  /** Crippen.MolLogP. */
  get logP(): number {
    return this.#crippenSums.logP;
  }

  /** Molar refractivity, cm3/mol: Crippen.MolMR. */
  get refractivity(): number {
    return this.#crippenSums.refractivity;
  }

  get #crippenSums(): CrippenSums {
    return (this.#crippen ??= crippen(this.#graph));
  }

  /** Topological polar surface area without S and P, square angstroms: CalcTPSA. */
  get tpsa(): number {
    return this.#once('tpsa', () => polarSurface(this.#graph));
  }

  /** H-bond donors: CalcNumHBD, Lipinski.NumHDonors. */
  get donors(): number {
    return this.#once('donors', () => DONOR.count(this.#graph));
  }

  /** H-bond acceptors: CalcNumHBA, Lipinski.NumHAcceptors. */
  get acceptors(): number {
    return this.#once('acceptors', () => ACCEPTOR.count(this.#graph));
  }

  /** Hydrogens on nitrogen and oxygen, Lipinski's own count: CalcNumLipinskiHBD. */
  get lipinskiDonors(): number {
    return this.#once('lipinskiDonors', () =>
      sumAtoms(this.#graph, (a) => (isNitrogenOrOxygen(this.#graph, a) ? this.#graph.totalHydrogens[a] : 0)),
    );
  }

  /** Nitrogen and oxygen atoms, Lipinski's own count: CalcNumLipinskiHBA. */
  get lipinskiAcceptors(): number {
    return this.#once('lipinskiAcceptors', () =>
      sumAtoms(this.#graph, (a) => Number(isNitrogenOrOxygen(this.#graph, a))),
    );
  }

  /** Rotatable bonds by the strict definition: CalcNumRotatableBonds. */
  get rotatableBonds(): number {
    return this.#once('rotatableBonds', () => ROTATABLE.count(this.#graph));
  }

  /** CalcNumRings. */
  get rings(): number {
    return this.#graph.rings.length;
  }

  /** Rings whose bonds are all aromatic: CalcNumAromaticRings. */
  get aromaticRings(): number {
    return this.#once(
      'aromaticRings',
      () => this.#graph.rings.filter((ring) => isAromaticRing(this.#graph, ring)).length,
    );
  }

  /** Atoms of the largest ring, 0 without rings. */
  get largestRing(): number {
    return Math.max(0, ...this.#graph.rings.map((ring) => ring.length));
  }

  /** Rings of at least 12 atoms. */
  get macrocycles(): number {
    return this.#graph.rings.filter((ring) => ring.length >= SMALLEST_MACROCYCLE).length;
  }

  /** Atoms other than hydrogen and dummies: CalcNumHeavyAtoms. */
  get heavyAtoms(): number {
    return this.#once('heavyAtoms', () => sumAtoms(this.#graph, (a) => Number(this.#graph.element[a] > 1)));
  }

  /** Atoms with all hydrogens: CalcNumAtoms. */
  get allAtoms(): number {
    return this.#once('allAtoms', () => this.#graph.atoms + sumAtoms(this.#graph, (a) => this.#graph.hydrogens[a]));
  }

  /** Sum of the formal charges: GetFormalCharge. */
  get charge(): number {
    return this.#once('charge', () => sumAtoms(this.#graph, (a) => this.#graph.charge[a]));
  }

  /** GraphDescriptors.BertzCT. */
  get bertz(): number {
    return this.#once('bertz', () => bertzCT(this.#graph));
  }

  /** Share of carbons with four neighbours, 0 without carbon: CalcFractionCSP3. */
  get fractionSp3(): number {
    return this.#once('fractionSp3', () => fractionSp3(this.#graph));
  }

  /** CalcNumSpiroAtoms. */
  get spiroAtoms(): number {
    return this.#once('spiroAtoms', () => spiroAtoms(this.#graph));
  }

  /** CalcNumBridgeheadAtoms. */
  get bridgeheadAtoms(): number {
    return this.#once('bridgeheadAtoms', () => bridgeheadAtoms(this.#graph));
  }

  /** FindMolChiralCenters with unassigned ones. */
  get stereoCentres(): number {
    return this.#stereo.all;
  }

  /** Those of FindMolChiralCenters that it marks "?". */
  get unspecifiedStereoCentres(): number {
    return this.#stereo.unspecified;
  }

  get #stereo(): StereoCentres {
    return (this.#centres ??= this.#source.stereoCentres());
  }

  #once(name: string, compute: () => number): number {
    let value = this.#known.get(name);
    if (value === undefined) this.#known.set(name, (value = compute()));
    return value;
  }
}

function molecularWeight(graph: SearchGraph, atomicMass: DescriptorSource['atomicMass']): number {
  const hydrogen = atomicMass(1, 0);
  let sum = 0;
  for (let a = 0; a < graph.atoms; a++)
    sum += atomicMass(graph.element[a], graph.isotope[a]) + graph.hydrogens[a] * hydrogen;
  return sum;
}

const CARBON = 6;
const NITROGEN = 7;
const OXYGEN = 8;

/** IUPAC Gold Book, "macrocycle". */
const SMALLEST_MACROCYCLE = 12;

function sumAtoms(graph: SearchGraph, count: (atom: number) => number): number {
  let sum = 0;
  for (let a = 0; a < graph.atoms; a++) sum += count(a);
  return sum;
}

function isNitrogenOrOxygen(graph: SearchGraph, atom: number): boolean {
  return graph.element[atom] === NITROGEN || graph.element[atom] === OXYGEN;
}

function isAromaticRing(graph: SearchGraph, ring: readonly number[]): boolean {
  return ringBonds(ring).every(([a, b]) => graph.type[bondBetween(graph, a, b)] === BondType.aromatic);
}

function fractionSp3(graph: SearchGraph): number {
  let carbons = 0;
  let sp3 = 0;
  for (let a = 0; a < graph.atoms; a++) {
    if (graph.element[a] !== CARBON) continue;
    carbons++;
    if (graph.connections[a] === 4) sp3++;
  }
  return carbons === 0 ? 0 : sp3 / carbons;
}

/**
 * Calls back with the atoms that two rings share, for each pair of rings. Atoms that are adjacent in the first ring
 * come next to each other.
 */
function eachRingPair(
  rings: SearchGraph['rings'],
  visit: (shared: readonly number[], first: readonly number[], second: readonly number[]) => void,
): void {
  rings.forEach((first, i) => {
    for (const second of rings.slice(i + 1))
      visit(
        first.filter((atom) => second.includes(atom)),
        first,
        second,
      );
  });
}

/** All atoms that any two rings share. */
function spiroAtoms({ rings }: SearchGraph): number {
  const atoms = new Set<number>();
  eachRingPair(rings, (shared) => {
    if (shared.length === 1) atoms.add(shared[0]);
  });
  return atoms.size;
}

/** Ends of the paths of two or more bonds that two rings share. */
function bridgeheadAtoms({ rings }: SearchGraph): number {
  const atoms = new Set<number>();
  eachRingPair(rings, (shared, first, second) => {
    if (shared.length < 3) return;
    const bonds = ringBonds(first).filter(([a, b]) =>
      ringBonds(second).some(([c, d]) => (a === c && b === d) || (a === d && b === c)),
    );
    if (bonds.length < 2) return;
    const ends = bonds.flat();
    for (const atom of shared) if (ends.filter((end) => end === atom).length === 1) atoms.add(atom);
  });
  return atoms.size;
}

function ringBonds(ring: readonly number[]): [number, number][] {
  return ring.map((atom, i) => [atom, ring[(i + 1) % ring.length]]);
}
