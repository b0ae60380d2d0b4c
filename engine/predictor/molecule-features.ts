/**
 * Describes atoms and bonds as Chemprop 2 does by default: MultiHotAtomFeaturizer.v2 and MultiHotBondFeaturizer
 * (chemprop/featurizers/atom.py and bond.py).
 */
import { type Electrons, Hybridization } from '../chem/electrons.ts';
import { BondSides, BondType } from '../chem/graph.ts';
import type { AtomicMass } from '../chem/morgan.ts';
import type { SearchGraph } from '../chem/smarts/search-graph.ts';

export const ATOM_FEATURES = 72;
export const BOND_FEATURES = 14;

/** Elements 1 to 36 have positions of their own, then iodine, then all others. */
const LAST_ELEMENT = 36;
const IODINE = 53;
const ELEMENT_PLACES = LAST_ELEMENT + 2;
const MOST_NEIGHBOURS = 5;
const CHARGES = [-1, -2, 1, 2, 0];
const CHIRALITIES = 4;
const MOST_HYDROGENS = 4;
/** Chemprop has a position for SP2D too, which RDKit never gives to a parsed molecule. */
const HYBRIDIZATIONS: readonly (number | null)[] = [
  Hybridization.s,
  Hybridization.sp,
  Hybridization.sp2,
  null,
  Hybridization.sp3,
  Hybridization.sp3d,
  Hybridization.sp3d2,
];
const MASS_SCALE = 0.01;

function elementPlace(element: number): number {
  if (element >= 1 && element <= LAST_ELEMENT) return element - 1;
  return element === IODINE ? LAST_ELEMENT : LAST_ELEMENT + 1;
}

/** Index in a list, or the length of the list for other values. */
function placeIn(list: readonly (number | null)[], value: number): number {
  const place = list.indexOf(value);
  return place < 0 ? list.length : place;
}

/** A count, or the position after the last for larger ones. */
const capped = (count: number, most: number): number => (count > most ? most + 1 : count);

/**
 * Writes the features of one atom.
 * @param into zeros; 72 numbers from `at`
 */
function writeAtomFeatures(
  graph: SearchGraph,
  { hybridization }: Electrons,
  atomicMass: AtomicMass,
  a: number,
  into: Float32Array,
  at: number,
): void {
  let start = at;
  const mark = (place: number, places: number): void => {
    into[start + place] = 1;
    start += places;
  };
  mark(elementPlace(graph.element[a]), ELEMENT_PLACES);
  mark(capped(graph.connections[a], MOST_NEIGHBOURS), MOST_NEIGHBOURS + 2);
  mark(placeIn(CHARGES, graph.charge[a]), CHARGES.length + 1);
  mark(graph.chirality[a], CHIRALITIES + 1);
  mark(capped(graph.hydrogens[a], MOST_HYDROGENS), MOST_HYDROGENS + 2);
  mark(placeIn(HYBRIDIZATIONS, hybridization[a]), HYBRIDIZATIONS.length + 1);
  into[start] = graph.aromatic[a];
  into[start + 1] = MASS_SCALE * atomicMass(graph.element[a], graph.isotope[a]);
}

/** A description of atoms for a network: `size` numbers, written into zeros. */
export interface AtomDescriber {
  readonly width: number;
  readonly write: typeof writeAtomFeatures;
}

/** Chemprop's description. */
export const chempropAtoms: AtomDescriber = { width: ATOM_FEATURES, write: writeAtomFeatures };

/** Ring sizes with positions of their own; larger rings share the position after them. */
const RING_SIZES = [3, 4, 5, 6, 7];
const MOST_RINGS = 3;
const RING_PLACES = RING_SIZES.length + 1;

/**
 * The same, followed by the sizes and the number of rings that contain the atom. Messages alone cannot distinguish some
 * fused rings.
 */
export const ringAtoms: AtomDescriber = {
  width: ATOM_FEATURES + RING_PLACES + MOST_RINGS + 1,
  write(graph, electrons, atomicMass, a, into, at) {
    writeAtomFeatures(graph, electrons, atomicMass, a, into, at);
    for (const ring of graph.rings)
      if (ring.includes(a)) into[at + ATOM_FEATURES + placeIn(RING_SIZES, ring.length)] = 1;
    into[at + ATOM_FEATURES + RING_PLACES + Math.min(graph.ringCounts[a], MOST_RINGS)] = 1;
  },
};

/** The description that a network of this shape reads. */
export function describerOf({ atomFeatures = ATOM_FEATURES }: { readonly atomFeatures?: number }): AtomDescriber {
  return atomFeatures === ringAtoms.width ? ringAtoms : chempropAtoms;
}

const TYPE_PLACES: readonly number[] = [BondType.single, BondType.double, BondType.triple, BondType.aromatic];
/** RDKit's numbers for STEREONONE, ANY, Z and E. RDKit refers them to the neighbours of higher rank, so cis is Z. */
const STEREO_PLACES: Readonly<Record<number, number>> = {
  0: 0,
  [BondSides.either]: 1,
  [BondSides.cis]: 2,
  [BondSides.trans]: 3,
};
const AFTER_NULL = 1;
const CONJUGATED = AFTER_NULL + TYPE_PLACES.length;
const IN_RING = CONJUGATED + 1;
const STEREO = IN_RING + 1;

/**
 * Writes the features of one bond.
 * @param into zeros; 14 numbers from `at`
 */
export function writeBondFeatures(
  graph: SearchGraph,
  { conjugated }: Electrons,
  bond: number,
  into: Float32Array,
  at: number,
): void {
  const type = TYPE_PLACES.indexOf(graph.type[bond]);
  if (type >= 0) into[at + AFTER_NULL + type] = 1;
  into[at + CONJUGATED] = conjugated[bond];
  into[at + IN_RING] = graph.ringBond[bond];
  into[at + STEREO + STEREO_PLACES[graph.sides[bond]]] = 1;
}
