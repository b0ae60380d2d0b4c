/**
 * @file Maps raw scores to [0, 1]. All curves except tables have a slope outside the wanted region, so that an expert
 * that starts far away still learns which direction is better.
 *
 * higher, lower: with u the position between the two ends (0 at the worse end, 1 at the better), a straight line from
 * 0.1 to 0.9 with hyperbolic tails that continue its slope:
 *
 *   u < 0        0.1 / (1 - 8 u)
 *   0 <= u <= 1  0.1 + 0.8 u
 *   u > 1        1 - 0.1 / (1 + 8 (u - 1))
 *
 * target, range: 1 / (1 + d^2), with d the distance to the target or to the nearer end of the range in tolerances: 1
 * inside, 0.5 at one tolerance, 0.2 at two.
 *
 * step: 1 where the threshold is met, otherwise 0.2 / (1 + d) with d the distance to the threshold in tolerances. The
 * jump separates almost met from met; the remaining slope gives a direction. A step down to 0 would give the same
 * reward to every sequence of an expert that starts on the wrong side, and equal rewards have no gradient.
 *
 * table: straight lines between the given points, constant beyond the first and the last. A flat table gives no
 * direction.
 */
import type { Goal, StepSide, TablePoint } from './types.ts';

/** Maps a raw value to a score in [0, 1]. */
export type Transform = (raw: number) => number;

/** Scores at the worse and the better end of a ramp. */
const AT_WORSE = 0.1;
const AT_BETTER = 0.9;
const SLOPE = AT_BETTER - AT_WORSE;

function ramp(u: number): number {
  // This curvature makes the tails start with the slope of the line.
  if (u < 0) return AT_WORSE / (1 - (SLOPE / AT_WORSE) * u);
  if (u > 1) return 1 - (1 - AT_BETTER) / (1 + (SLOPE / (1 - AT_BETTER)) * (u - 1));
  return AT_WORSE + SLOPE * u;
}

/** @param distance outside the wanted region, in tolerances; negative inside */
function falloff(distance: number): number {
  return 1 / (1 + Math.max(0, distance) ** 2);
}

/** Distance of a raw value from [low, high] in tolerances; 0 or less inside. */
export function distanceOutside(raw: number, low: number, high: number, tolerance: number): number {
  return Math.max(low - raw, raw - high) / tolerance;
}

/** Score just short of a step's threshold: clearly below 1, and high enough for a slope below it. */
const SHORT_OF_STEP = 0.2;

function step(raw: number, side: StepSide, threshold: number, tolerance: number): number {
  const short = (side === 'at_least' ? threshold - raw : raw - threshold) / tolerance;
  return short <= 0 ? 1 : SHORT_OF_STEP / (1 + short);
}

/** @param points from resolveGoal */
function interpolate(raw: number, points: readonly TablePoint[]): number {
  const after = points.findIndex(([x]) => x >= raw);
  if (after < 0) return points[points.length - 1][1];
  if (after === 0) return points[0][1];
  const [[x0, y0], [x1, y1]] = [points[after - 1], points[after]];
  // Start at the end whose raw value may be met exactly.
  return y1 - ((y1 - y0) * (x1 - raw)) / (x1 - x0);
}

/** @param goal from resolveGoal */
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
    case 'step':
      return (raw) => step(raw, goal.side, goal.threshold, goal.tolerance);
    case 'table':
      return (raw) => interpolate(raw, goal.points);
  }
}

/** A missing raw score stays missing. */
export function transformScores(transforms: readonly Transform[], raw: readonly (number | null)[]): (number | null)[] {
  return transforms.map((transform, i) => {
    const value = raw[i];
    return value === null ? null : transform(value);
  });
}
