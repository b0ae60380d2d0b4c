/**
 * @file A molecule in 3D: read from a mol block, rotated, and projected to atoms and half-bonds, ordered from back to
 * front.
 */

type Point = readonly [x: number, y: number, z: number];

export interface Scene {
  readonly atoms: readonly { readonly element: string; readonly at: Point }[];
  readonly bonds: readonly { readonly from: number; readonly to: number; readonly order: number }[];
  /** Distance of the farthest atom from the centre, in Å. */
  readonly radius: number;
}

/** Rows of a rotation matrix. */
export type Rotation = readonly [Point, Point, Point];

export const unturned: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** In painting order. Lengths are in Å; y points upwards. */
export type Shape =
  | {
      readonly kind: 'atom';
      readonly element: string;
      readonly x: number;
      readonly y: number;
      readonly depth: number;
      readonly radius: number;
    }
  /** Half of a bond, in the colour of the atom at its end. */
  | {
      readonly kind: 'bond';
      readonly element: string;
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly depth: number;
      readonly order: number;
    };

/** Ball radii in Å, about a third of the van der Waals radii. */
const radii: Readonly<Record<string, number>> = {
  H: 0.22,
  C: 0.38,
  N: 0.37,
  O: 0.36,
  F: 0.34,
  S: 0.46,
  P: 0.46,
  Cl: 0.44,
  Br: 0.48,
  I: 0.54,
};
const otherRadius = 0.42;

/**
 * @param molfile V2000: a counts line, then one line per atom and one per bond
 * @throws Error if it is not a V2000 mol block
 */
export function readScene(molfile: string): Scene {
  const lines = molfile.split('\n');
  const [atomCount, bondCount] = [Number(lines[3]?.slice(0, 3)), Number(lines[3]?.slice(3, 6))];
  if (!(atomCount > 0) || !(bondCount >= 0)) throw new Error('The conformer can’t be read.');
  const read = lines.slice(4, 4 + atomCount).map((line) => ({
    element: line.slice(31, 34).trim(),
    at: [Number(line.slice(0, 10)), Number(line.slice(10, 20)), Number(line.slice(20, 30))] as const,
  }));
  const bonds = lines.slice(4 + atomCount, 4 + atomCount + bondCount).map((line) => ({
    from: Number(line.slice(0, 3)) - 1,
    to: Number(line.slice(3, 6)) - 1,
    order: Number(line.slice(6, 9)),
  }));
  const middle = [0, 1, 2].map((axis) => read.reduce((sum, { at }) => sum + at[axis], 0) / atomCount);
  const atoms = read.map(({ element, at }) => ({
    element,
    at: [at[0] - middle[0], at[1] - middle[1], at[2] - middle[2]] as const,
  }));
  return { atoms, bonds, radius: Math.max(...atoms.map(({ at }) => Math.hypot(...at))) };
}

const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Adds a rotation about the screen's axes.
 * @param across to the right, in radians
 * @param up upwards, in radians
 */
export function turned(rotation: Rotation, across: number, up: number): Rotation {
  const [c, s, d, t] = [Math.cos(across), Math.sin(across), Math.cos(up), Math.sin(up)];
  const step: Rotation = [
    [c, 0, s],
    [t * s, d, -t * c],
    [-d * s, t, d * c],
  ];
  const columns = [0, 1, 2].map((i) => [rotation[0][i], rotation[1][i], rotation[2][i]] as const);
  const row = (i: number): Point => [dot(step[i], columns[0]), dot(step[i], columns[1]), dot(step[i], columns[2])];
  return [row(0), row(1), row(2)];
}

const rotated = (rotation: Rotation, at: Point): Point => [
  dot(rotation[0], at),
  dot(rotation[1], at),
  dot(rotation[2], at),
];

/** @param hydrogens whether to show hydrogens on carbon; other hydrogens are always shown */
export function shapesOf({ atoms, bonds }: Scene, rotation: Rotation, hydrogens: boolean): Shape[] {
  const places = atoms.map(({ at }) => rotated(rotation, at));
  const hidden = hydrogens ? new Set<number>() : hydrogensOnCarbon(atoms, bonds);
  const balls = atoms.flatMap(({ element }, i): Shape[] =>
    hidden.has(i)
      ? []
      : [
          {
            kind: 'atom',
            element,
            x: places[i][0],
            y: places[i][1],
            depth: places[i][2],
            radius: radii[element] ?? otherRadius,
          },
        ],
  );
  const sticks = bonds.flatMap(({ from, to, order }) =>
    hidden.has(from) || hidden.has(to) ? [] : halves(atoms, places, from, to, order),
  );
  return [...balls, ...sticks].sort((a, b) => a.depth - b.depth);
}

function halves(atoms: Scene['atoms'], places: readonly Point[], from: number, to: number, order: number): Shape[] {
  const middle = [0, 1, 2].map((axis) => (places[from][axis] + places[to][axis]) / 2);
  return [from, to].map((end) => ({
    kind: 'bond',
    element: atoms[end].element,
    from: [places[end][0], places[end][1]],
    to: [middle[0], middle[1]],
    depth: (places[end][2] + middle[2]) / 2,
    order,
  }));
}

function hydrogensOnCarbon(atoms: Scene['atoms'], bonds: Scene['bonds']): Set<number> {
  const ends = bonds.flatMap(({ from, to }) => [[from, to] as const, [to, from] as const]);
  return new Set(
    ends.flatMap(([atom, other]) => (atoms[atom].element === 'H' && atoms[other].element === 'C' ? [atom] : [])),
  );
}
