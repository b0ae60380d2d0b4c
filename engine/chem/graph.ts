/**
 * @file A molecule as flat arrays, read once from RDKit's JSON, so that fingerprints, scaffolds and counts run in plain
 * loops without calls into WASM. Source of the format: RDKit Code/GraphMol/MolInterchange/Writer.cpp (version 12).
 */

/** RDKit's Bond::BondType numbers that occur here (Code/GraphMol/Bond.h). */
export const BondType = { single: 1, double: 2, triple: 3, aromatic: 12, dative: 17, zero: 21 } as const;

/** Arrangement of the substituents of a double bond; 0 if it is undefined or unspecified. */
export const BondSides = { either: 1, cis: 2, trans: 3 } as const;

/** Heavy-atom graph of one molecule; atom and bond indices are RDKit's. */
export interface MoleculeGraph {
  readonly atoms: number;
  readonly bonds: number;
  /** [atoms] atomic number; 0 for a dummy. */
  readonly element: Uint8Array;
  /** [atoms] hydrogens that are not atoms of the graph. */
  readonly hydrogens: Uint8Array;
  /** [atoms] formal charge. */
  readonly charge: Int8Array;
  /** [atoms] mass number; 0 if not specified. */
  readonly isotope: Uint16Array;
  /** [atoms] unpaired electrons. */
  readonly radicals: Uint8Array;
  /**
   * [atoms] 1 if the neighbours are clockwise (RDKit's CHI_TETRAHEDRAL_CW), 2 if counterclockwise, 0 if unspecified.
   */
  readonly chirality: Uint8Array;
  /** [atoms] 1 if aromatic. */
  readonly aromatic: Uint8Array;
  /** [bonds] atom indices of both ends. */
  readonly begin: Uint16Array;
  readonly end: Uint16Array;
  /** [bonds] order in the Kekule form. */
  readonly order: Uint8Array;
  /** [bonds] RDKit's bond type, aromatic bonds as 12. */
  readonly type: Uint8Array;
  /** [bonds] arrangement of a double bond, see `BondSides`. */
  readonly sides: Uint8Array;
  /** [atoms + 1] start of an atom's neighbours in `neighbour` and `via`. */
  readonly offset: Uint16Array;
  /** [2 * bonds] neighbouring atom, and the bond to it. */
  readonly neighbour: Uint16Array;
  readonly via: Uint16Array;
  /** Tetrahedral centres that RDKit labels R or S. */
  readonly labelledCentres: readonly number[];
  /** Atom indices of each ring of RDKit's symmetrised smallest set. */
  readonly rings: readonly (readonly number[])[];
}

interface JsonAtom {
  readonly z?: number;
  readonly impHs?: number;
  readonly chg?: number;
  readonly isotope?: number;
  readonly nRad?: number;
  readonly stereo?: string;
}

interface JsonBond {
  readonly bo?: number;
  readonly stereo?: string;
  readonly atoms: readonly [number, number];
}

interface JsonExtension {
  readonly name: string;
  readonly aromaticAtoms?: readonly number[];
  readonly aromaticBonds?: readonly number[];
  readonly atomRings?: readonly (readonly number[])[];
  readonly cipCodes?: readonly (readonly [atom: number, label: string])[];
}

interface JsonDocument {
  readonly defaults: { readonly atom: Required<JsonAtom>; readonly bond: { readonly bo: number } };
  readonly molecules: readonly [
    {
      readonly atoms: readonly JsonAtom[];
      readonly bonds?: readonly JsonBond[];
      readonly extensions: readonly JsonExtension[];
    },
  ];
}

/** @param json result of RDKit-JS's get_json */
export function readGraph(json: string): MoleculeGraph {
  const document = JSON.parse(json) as JsonDocument;
  const [molecule] = document.molecules;
  const extension = molecule.extensions.find((one) => one.name === 'rdkitRepresentation');
  if (!extension)
    throw new Error(
      'RDKit JSON lacks its rdkitRepresentation extension: the RDKit-JS version is not the one Amalgam was built with',
    );
  const bonds = readBonds(molecule.bonds ?? [], document.defaults.bond.bo, extension.aromaticBonds ?? []);
  return {
    ...readAtoms(molecule.atoms, document.defaults.atom, extension.aromaticAtoms ?? []),
    ...bonds,
    ...adjacency(molecule.atoms.length, bonds.begin, bonds.end),
    labelledCentres: (extension.cipCodes ?? []).map(([atom]) => atom),
    rings: extension.atomRings ?? [],
  };
}

/** Words of the JSON. Other coordination geometries are not distinguished. */
const CHIRALITY: Readonly<Record<string, number>> = { cw: 1, ccw: 2 };
const SIDES: Readonly<Record<string, number>> = BondSides;

function readAtoms(list: readonly JsonAtom[], defaults: Required<JsonAtom>, aromaticAtoms: readonly number[]) {
  const atoms = list.length;
  const element = new Uint8Array(atoms);
  const hydrogens = new Uint8Array(atoms);
  const charge = new Int8Array(atoms);
  const isotope = new Uint16Array(atoms);
  const radicals = new Uint8Array(atoms);
  const chirality = new Uint8Array(atoms);
  const aromatic = new Uint8Array(atoms);
  list.forEach((atom, i) => {
    element[i] = atom.z ?? defaults.z;
    hydrogens[i] = atom.impHs ?? defaults.impHs;
    charge[i] = atom.chg ?? defaults.chg;
    isotope[i] = atom.isotope ?? defaults.isotope;
    radicals[i] = atom.nRad ?? defaults.nRad;
    chirality[i] = CHIRALITY[atom.stereo ?? defaults.stereo] ?? 0;
  });
  for (const i of aromaticAtoms) aromatic[i] = 1;
  return { atoms, element, hydrogens, charge, isotope, radicals, chirality, aromatic };
}

function readBonds(list: readonly JsonBond[], defaultOrder: number, aromaticBonds: readonly number[]) {
  const bonds = list.length;
  const begin = new Uint16Array(bonds);
  const end = new Uint16Array(bonds);
  const order = new Uint8Array(bonds);
  const type = new Uint8Array(bonds);
  const sides = new Uint8Array(bonds);
  list.forEach((bond, i) => {
    begin[i] = bond.atoms[0];
    end[i] = bond.atoms[1];
    order[i] = bond.bo ?? defaultOrder;
    // The JSON writes order 0 for RDKit's bond type ZERO.
    type[i] = order[i] === 0 ? BondType.zero : order[i];
    sides[i] = SIDES[bond.stereo ?? 'unspecified'] ?? 0;
  });
  for (const i of aromaticBonds) type[i] = BondType.aromatic;
  return { bonds, begin, end, order, type, sides };
}

function adjacency(atoms: number, begin: Uint16Array, end: Uint16Array) {
  const offset = new Uint16Array(atoms + 1);
  for (let b = 0; b < begin.length; b++) {
    offset[begin[b] + 1]++;
    offset[end[b] + 1]++;
  }
  for (let a = 0; a < atoms; a++) offset[a + 1] += offset[a];
  const next = offset.slice();
  const neighbour = new Uint16Array(2 * begin.length);
  const via = new Uint16Array(2 * begin.length);
  for (let b = 0; b < begin.length; b++) {
    link(begin[b], end[b], b);
    link(end[b], begin[b], b);
  }
  function link(from: number, to: number, bond: number): void {
    neighbour[next[from]] = to;
    via[next[from]++] = bond;
  }
  return { offset, neighbour, via };
}

/** Neighbours in the graph, without hydrogens that are not atoms. */
export function degree(graph: MoleculeGraph, atom: number): number {
  return graph.offset[atom + 1] - graph.offset[atom];
}

/** Sum of Kekule bond orders and hydrogens: RDKit's total valence. */
export function valence(graph: MoleculeGraph, atom: number): number {
  let total = graph.hydrogens[atom];
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) total += valenceOf(graph, graph.via[k], atom);
  return total;
}

/** A dative bond counts at the atom that receives the electrons. */
function valenceOf(graph: MoleculeGraph, bond: number, atom: number): number {
  if (graph.type[bond] === BondType.dative) return graph.end[bond] === atom ? 1 : 0;
  return graph.order[bond];
}

/** The same molecule with every hydrogen as an atom, after the heavy atoms. */
export function withHydrogens(graph: MoleculeGraph): MoleculeGraph {
  const parents = [...graph.hydrogens].flatMap((count, a) => Array<number>(count).fill(a));
  const grown = (values: ArrayLike<number>, fill: number): number[] => [
    ...Array.from(values),
    ...parents.map(() => fill),
  ];
  const atoms = graph.atoms + parents.length;
  const begin = Uint16Array.from([...graph.begin, ...parents]);
  const end = Uint16Array.from([...graph.end, ...parents.map((_, i) => graph.atoms + i)]);
  return {
    atoms,
    bonds: begin.length,
    element: Uint8Array.from(grown(graph.element, 1)),
    hydrogens: new Uint8Array(atoms),
    charge: Int8Array.from(grown(graph.charge, 0)),
    isotope: Uint16Array.from(grown(graph.isotope, 0)),
    radicals: Uint8Array.from(grown(graph.radicals, 0)),
    chirality: Uint8Array.from(grown(graph.chirality, 0)),
    aromatic: Uint8Array.from(grown(graph.aromatic, 0)),
    begin,
    end,
    order: Uint8Array.from(grown(graph.order, 1)),
    type: Uint8Array.from(grown(graph.type, BondType.single)),
    sides: Uint8Array.from(grown(graph.sides, 0)),
    ...adjacency(atoms, begin, end),
    labelledCentres: graph.labelledCentres,
    rings: graph.rings,
  };
}
