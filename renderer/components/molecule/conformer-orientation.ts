/**
 * @file Rotates a molecule in 3D so that its longest extent is horizontal and its shortest points towards the viewer.
 */
import type { Scene } from './conformer-scene.ts';

type Point = readonly [x: number, y: number, z: number];

/**
 * Number of power iterations. If two extents are so close that these do not separate them, either orientation looks the
 * same.
 */
const iterations = 100;

const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Point): Point => scaled(a, 1 / Math.hypot(...a));
const scaled = (a: Point, by: number): Point => [a[0] * by, a[1] * by, a[2] * by];
const less = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const across = (a: Point, to: Point): Point => less(a, scaled(to, dot(a, to)));

/**
 * @param scene centred at the origin
 * @returns the same molecule, not its mirror image, along its principal axes
 */
export function broadside(scene: Scene): Scene {
  const points = scene.atoms.map(({ at }) => at);
  const x = longest(points, [1, 0, 0]);
  const flat = points.map((at) => across(at, x));
  const y = longest(flat, unit(across(Math.abs(x[1]) < 0.9 ? [0, 1, 0] : [0, 0, 1], x)));
  const z = cross(x, y);
  return {
    ...scene,
    atoms: scene.atoms.map(({ element, at }) => ({ element, at: [dot(x, at), dot(y, at), dot(z, at)] as const })),
  };
}

/**
 * Direction of the largest variance, by power iteration.
 * @param otherwise the result if all atoms are at the origin
 */
function longest(points: readonly Point[], otherwise: Point): Point {
  const farthest = points.reduce((a, b) => (Math.hypot(...b) > Math.hypot(...a) ? b : a));
  if (Math.hypot(...farthest) < 1e-6) return otherwise;
  let direction = unit(farthest);
  for (let i = 0; i < iterations; i++)
    direction = unit(points.reduce<Point>((sum, at) => less(sum, scaled(at, -dot(at, direction))), [0, 0, 0]));
  return direction;
}
