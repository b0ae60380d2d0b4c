/**
 * Raw score -> [0, 1]. Every curve keeps a slope outside the wanted region, so
 * that an expert that starts far away still learns which way is better.
 *
 * higher, lower: with u the position between the two ends (0 at the worse, 1 at
 * the better), a straight line from 0.1 to 0.9 and hyperbolic tails that
 * continue its slope:
 *   u < 0        0.1 / (1 - 8 u)
 *   0 <= u <= 1  0.1 + 0.8 u
 *   u > 1        1 - 0.1 / (1 + 8 (u - 1))
 *
 * target, range: with d the distance to the target or to the nearer end of the
 * range, in tolerances, 1 / (1 + d^2): 1 inside, 0.5 at one tolerance, 0.2 at two.
 */
import type { Goal } from './types.ts';

/** Raw value -> score in [0, 1]. */
export type Transform = (raw: number) => number;

/** Scores at the worse and the better end of a ramp. */
const AT_WORSE = 0.1;
const AT_BETTER = 0.9;
const SLOPE = AT_BETTER - AT_WORSE;

function ramp(u: number): number {
  // The tails' curvature makes their slope at the ends that of the line.
  if (u < 0) return AT_WORSE / (1 - (SLOPE / AT_WORSE) * u);
  if (u > 1) return 1 - (1 - AT_BETTER) / (1 + (SLOPE / (1 - AT_BETTER)) * (u - 1));
  return AT_WORSE + SLOPE * u;
}

/** @param distance outside the wanted region, in tolerances; negative inside */
function falloff(distance: number): number {
  return 1 / (1 + Math.max(0, distance) ** 2);
}

/** How far outside [low, high] a raw value lies, in tolerances; 0 or less inside. */
export function distanceOutside(raw: number, low: number, high: number, tolerance: number): number {
  return Math.max(low - raw, raw - high) / tolerance;
}

/** @param goal as resolveGoal gives it */
export function makeTransform(goal: Goal): Transform {
  switch (goal.kind) {
    case 'higher':
      return (raw) => ramp((raw - goal.from) / (goal.to - goal.from));
    case 'lower':
      return (raw) => ramp((goal.to - raw) / (goal.to - goal.from));
    case 'target':
      return (raw) => falloff(Math.abs(raw - goal.value) / goal.tolerance);
    case 'range':
      return (raw) => falloff(distanceOutside(raw, goal.low, goal.high, goal.tolerance));
  }
}

/** A missing raw score stays missing. */
export function transformScores(transforms: readonly Transform[], raw: readonly (number | null)[]): (number | null)[] {
  return transforms.map((transform, i) => {
    const value = raw[i];
    return value === null ? null : transform(value);
  });
}
