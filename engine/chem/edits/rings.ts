/**
 * @file What Graph GA accepts as rings (`ring_OK` of github.com/jensengroup/GB_GA, crossover.py): no ring above a size,
 * no cumulated double bonds in rings, no double bond within rings of three or four atoms.
 */
import type { Draft } from './draft.ts';

/** A double bond between two atoms whose smallest rings have at most this many atoms is refused. */
const STRAINED = 4;

/** Atoms of a simple cycle, in order. */
type Cycle = readonly number[];

/** All simple cycles of at most `largest` atoms. */
function cyclesUpTo(draft: Draft, largest: number): Cycle[] {
  const cycles: Cycle[] = [];
  const path: number[] = [];
  const extend = (atom: number): void => {
    path.push(atom);
    for (const other of draft.bonds(atom).keys()) {
      // Each cycle is found from its lowest atom, in the direction of the lower of its neighbours.
      if (other === path[0] && path.length > 2 && path[1] < atom) cycles.push(path.slice());
      else if (other > path[0] && path.length < largest && !path.includes(other)) extend(other);
    }
    path.pop();
  };
  for (const atom of draft.indices) if (draft.bonds(atom).size > 1) extend(atom);
  return cycles;
}

/** Number of independent rings of a draft of one fragment. */
function ringNumber(draft: Draft): number {
  const atoms = draft.indices;
  const ends = atoms.reduce((sum, atom) => sum + draft.bonds(atom).size, 0);
  return ends / 2 - atoms.length + 1;
}

/** Rank of the cycles over GF(2), as sets of bonds: how many of them are independent. */
function rank(cycles: readonly Cycle[], most: number): number {
  const bits = new Map<string, bigint>();
  const bit = (a: number, b: number): bigint => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const known = bits.get(key) ?? 1n << BigInt(bits.size);
    bits.set(key, known);
    return known;
  };
  const rows: bigint[] = [];
  for (const cycle of cycles) {
    let row = cycle.reduce((set, atom, i) => set | bit(atom, cycle[(i + 1) % cycle.length]), 0n);
    for (const one of rows) if ((row ^ one) < row) row ^= one;
    if (row > 0n) rows.push(row);
    if (rows.length === most) break;
  }
  return rows.length;
}

/** Atom -> atoms of its smallest ring. */
function smallestRings(cycles: readonly Cycle[]): Map<number, number> {
  const smallest = new Map<number, number>();
  for (const cycle of cycles)
    for (const atom of cycle) smallest.set(atom, Math.min(cycle.length, smallest.get(atom) ?? cycle.length));
  return smallest;
}

/** Neighbours in rings over double bonds. */
function doubleBonded(draft: Draft, atom: number, smallest: ReadonlyMap<number, number>): number[] {
  return [...draft.bonds(atom)].flatMap(([other, order]) => (order === 2 && smallest.has(other) ? [other] : []));
}

/**
 * Whether the rings are acceptable. Bonds are Kekule bonds: a strained aromatic bond may be refused, too.
 * @param draft one fragment
 * @param largest most atoms of a ring
 */
export function hasSoundRings(draft: Draft, largest: number): boolean {
  const rings = ringNumber(draft);
  if (rings === 0) return true;
  const cycles = cyclesUpTo(draft, largest);
  // The rings of a smallest set are all small if and only if the small cycles span all cycles.
  if (rank(cycles, rings) < rings) return false;
  const smallest = smallestRings(cycles);
  return [...smallest].every(([atom, size]) => {
    const others = doubleBonded(draft, atom, smallest);
    return others.length < 2 && !(size <= STRAINED && others.some((other) => smallest.get(other)! <= STRAINED));
  });
}
