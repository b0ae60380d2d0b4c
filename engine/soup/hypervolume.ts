/**
 * Hypervolume of a set of points in [0, 1]^d, all objectives maximised, against
 * the reference point 0: the share of the unit cube that the set dominates.
 */
import type { RandomStream } from '../generator/random.ts';

export interface Hypervolume {
  readonly value: number;
  /** Standard error; 0 where the value is exact. */
  readonly error: number;
}

/** Objectives up to which the value is exact. */
const EXACT_DIMENSIONS = 5;
const MONTE_CARLO_POINTS = 20_000;

/** Exact up to 5 objectives (WFG: While et al. 2012), Monte Carlo beyond. @param random for Monte Carlo */
export function hypervolume(points: readonly (readonly number[])[], random: RandomStream): Hypervolume {
  const front = nondominated(points.filter((p) => p.every((x) => x > 0)));
  if (front.length === 0) return { value: 0, error: 0 };
  return front[0].length <= EXACT_DIMENSIONS ? { value: exactVolume(front), error: 0 } : sampledVolume(front, random);
}

/** Points that no other is at least as good as everywhere and better somewhere; one of equals stays. */
export function nondominated(points: readonly (readonly number[])[]): (readonly number[])[] {
  // After sorting, a point can only be dominated by one before it.
  const sorted = [...points].sort((a, b) => compare(b, a));
  const front: (readonly number[])[] = [];
  for (const p of sorted) if (!front.some((q) => q.every((x, i) => x >= p[i]))) front.push(p);
  return front;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((x, k) => x !== b[k]);
  return i < 0 ? 0 : a[i] - b[i];
}

/** Sum of what each point adds to those after it. @param front nondominated, in descending order */
function exactVolume(front: readonly (readonly number[])[]): number {
  if (front.length > 0 && front[0].length === 2) return areaOf(front);
  return front.reduce((sum, p, i) => {
    const limited = front.slice(i + 1).map((q) => q.map((x, k) => Math.min(x, p[k])));
    return sum + product(p) - (limited.length === 0 ? 0 : exactVolume(nondominated(limited)));
  }, 0);
}

/** The first coordinate falls and the second rises along a sorted front. */
function areaOf(front: readonly (readonly number[])[]): number {
  return front.reduce((sum, [x, y], i) => sum + x * (y - (i === 0 ? 0 : front[i - 1][1])), 0);
}

function sampledVolume(front: readonly (readonly number[])[], random: RandomStream): Hypervolume {
  let inside = 0;
  for (let n = 0; n < MONTE_CARLO_POINTS; n++) {
    const at = front[0].map(() => random.uniform());
    if (front.some((p) => p.every((x, i) => x >= at[i]))) inside++;
  }
  const value = inside / MONTE_CARLO_POINTS;
  return { value, error: Math.sqrt((value * (1 - value)) / MONTE_CARLO_POINTS) };
}

function product(values: readonly number[]): number {
  return values.reduce((p, x) => p * x, 1);
}
