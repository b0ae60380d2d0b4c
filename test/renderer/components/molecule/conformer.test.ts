/** @file A molecule in 3D: read, rotated, and put in painting order. */
import { describe, expect, it } from 'vitest';
import { broadside } from '../../../../renderer/components/molecule/conformer-orientation.ts';
import {
  readScene,
  type Rotation,
  type Scene,
  shapesOf,
  turned,
  unturned,
} from '../../../../renderer/components/molecule/conformer-scene.ts';

/** Methanol's C, O and two of its hydrogens. */
const block = `made
  by hand

  4  3  0  0  0  0            999 V2000
    1.0000    2.0000    3.0000 C   0  0
    2.4000    2.0000    3.0000 O   0  0
    0.6000    3.0000    3.0000 H   0  0
    2.8000    2.0000    4.0000 H   0  0
  1  2  1  0
  1  3  1  0
  2  4  1  0
M  END
`;
const scene = readScene(block);

const determinant = ([a, b, c]: Rotation) =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);

describe('a scene', () => {
  it('is centred, with its elements and bonds', () => {
    expect(scene.atoms.map(({ element }) => element)).toEqual(['C', 'O', 'H', 'H']);
    expect(scene.bonds).toContainEqual({ from: 1, to: 3, order: 1 });
    for (const axis of [0, 1, 2]) expect(scene.atoms.reduce((sum, { at }) => sum + at[axis], 0)).toBeCloseTo(0);
    expect(Math.hypot(...[0, 1, 2].map((i) => scene.atoms[0].at[i] - scene.atoms[1].at[i]))).toBeCloseTo(1.4);
  });

  it('throws for other text', () => {
    expect(() => readScene('CCO')).toThrow('can’t be read');
  });
});

describe('broadside', () => {
  const extents = ({ atoms }: Scene) => [0, 1, 2].map((axis) => Math.max(...atoms.map(({ at }) => Math.abs(at[axis]))));
  const made = (...places: readonly (readonly [number, number, number])[]): Scene => ({
    atoms: places.map((at) => ({ element: 'C', at })),
    bonds: [],
    radius: 5,
  });
  /** Seen end on: longest along the viewer's axis, shortest across. */
  const endOn = made([0.1, 0, 5], [0.1, 0, -5], [-0.2, 2, 1], [0, -2, -1], [0.4, 0.5, 3], [-0.4, -0.5, -3]);

  it('shows the longest extent to the right and the shortest towards the viewer', () => {
    const [x, y, z] = extents(broadside(endOn));
    expect(x).toBeGreaterThan(4.9);
    expect(y).toBeGreaterThan(z);
    expect(z).toBeLessThan(0.6);
  });

  it('keeps distances and is no mirror image', () => {
    const volume = ({ atoms: [a, b, c] }: Scene) => determinant([a.at, b.at, c.at]);
    const skewed = made([1, 2, 3], [4, -1, 0.5], [-5, -1, 1]);
    expect(volume(broadside(skewed))).toBeCloseTo(volume(skewed), 6);
    expect(volume(skewed)).not.toBeCloseTo(0);
  });

  it('also accepts a linear molecule and a single atom', () => {
    expect(extents(broadside(made([0, 0, 2], [0, 0, -2]))).map((one) => Math.round(one * 1e6) / 1e6)).toEqual([
      2, 0, 0,
    ]);
    expect(broadside(made([0, 0, 0])).atoms[0].at.every(Number.isFinite)).toBe(true);
  });
});

describe('turning', () => {
  it('keeps lengths and handedness', () => {
    let rotation = unturned;
    for (let i = 0; i < 500; i++) rotation = turned(rotation, 0.31, -0.17);
    expect(determinant(rotation)).toBeCloseTo(1, 6);
    for (const row of rotation) expect(Math.hypot(...row)).toBeCloseTo(1, 6);
  });

  it('follows the pointer in front', () => {
    const [front] = [[0, 0, 1] as const];
    const place = (rotation: Rotation) =>
      rotation.map((row) => row[0] * front[0] + row[1] * front[1] + row[2] * front[2]);
    expect(place(turned(unturned, 0.5, 0))[0]).toBeGreaterThan(0.4);
    expect(place(turned(unturned, 0, 0.5))[1]).toBeLessThan(-0.4);
  });
});

describe('painting', () => {
  it('begins with what is farthest', () => {
    const depths = shapesOf(scene, turned(unturned, 1, 1), true).map(({ depth }) => depth);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    expect(depths).toHaveLength(4 + 2 * 3);
  });

  it('leaves out hydrogens on carbon alone', () => {
    const atoms = shapesOf(scene, unturned, false).filter(({ kind }) => kind === 'atom');
    expect(atoms.map(({ element }) => element).sort()).toEqual(['C', 'H', 'O']);
  });
});
