/**
 * @file The desirability curve that the form draws for a goal. It is the same transform as in
 * engine/objectives/transforms.ts, which the interface may not import.
 * test/renderer/features/design/goals/transform.test.ts compares the two.
 */
import type { GoalInfo, Preview } from '../../../../contract/api.ts';
import { numbersOf } from '../../../lib/goals.ts';

/** A straight line from 0.1 to 0.9 between the ends, with hyperbolic tails of the same slope. */
function ramp(u: number): number {
  if (u < 0) return 0.1 / (1 - 8 * u);
  return u > 1 ? 1 - 0.1 / (1 + 8 * (u - 1)) : 0.1 + 0.8 * u;
}

/** 1 inside the range, 0.5 at a distance of one tolerance. */
function falloff(outside: number, tolerance: number): number {
  return 1 / (1 + (Math.max(0, outside) / tolerance) ** 2);
}

/** 1 if the threshold is met, else a slope that starts at 0.2. */
function step(short: number, tolerance: number): number {
  return short <= 0 ? 1 : 0.2 / (1 + short / tolerance);
}

/** Linear interpolation between ascending points, constant beyond the ends. */
function interpolate(points: Extract<GoalInfo, { kind: 'table' }>['points'], value: number): number {
  const after = points.findIndex(([x]) => x >= value);
  if (after < 0) return points[points.length - 1][1];
  if (after === 0) return points[0][1];
  const [[x0, y0], [x1, y1]] = [points[after - 1], points[after]];
  return y1 - ((y1 - y0) * (x1 - value)) / (x1 - x0);
}

/** False if the goal's numbers define no curve: a number is missing, or the points of a table do not ascend. */
export function isDrawable(goal: GoalInfo): boolean {
  if (numbersOf(goal).some(Number.isNaN)) return false;
  return (
    goal.kind !== 'table' ||
    (goal.points.length > 1 && goal.points.every(([value], i) => i === 0 || value > goal.points[i - 1][0]))
  );
}

/**
 * @param value raw, in the objective's unit
 * @returns score between 0 and 1
 */
export function scoreOf(goal: GoalInfo, value: number): number {
  switch (goal.kind) {
    case 'higher':
      return ramp((value - goal.from) / (goal.to - goal.from));
    case 'lower':
      return ramp((goal.to - value) / (goal.to - goal.from));
    case 'target':
      return falloff(Math.abs(value - goal.value), goal.tolerance);
    case 'range':
      return falloff(Math.max(goal.low - value, value - goal.high), goal.tolerance);
    case 'step':
      return step(goal.side === 'at_least' ? goal.threshold - value : value - goal.threshold, goal.tolerance);
    case 'table':
      return interpolate(goal.points, value);
  }
}

/**
 * The range of raw values to draw, widened to include the whole goal.
 * @param occurring range of the generator's samples if known, else the typical range
 */
export function drawnRange(goal: GoalInfo, occurring: readonly [number, number]): [number, number] {
  const ends = [...occurring, ...turns(goal)].filter(Number.isFinite);
  return [Math.min(...ends), Math.max(...ends)];
}

export interface Bar {
  /** Ends of the bar in raw values. */
  readonly low: number;
  readonly high: number;
  /** Height relative to the tallest bar. */
  readonly height: number;
}

/** The bars of a histogram. If all samples have the same value, its single bar gets a default width. */
export function barsOf({ low, high, counts }: NonNullable<Preview['histogram']>): Bar[] {
  const most = Math.max(...counts);
  const width = (high - low) / counts.length;
  if (width === 0) return [{ low: low - 0.5, high: low + 0.5, height: 1 }];
  return counts.map((count, i) => ({ low: low + i * width, high: low + (i + 1) * width, height: count / most }));
}

/** Raw values at which the curve bends. */
function turns(goal: GoalInfo): number[] {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return [goal.from, goal.to];
    case 'target':
      return [goal.value - goal.tolerance, goal.value, goal.value + goal.tolerance];
    case 'range':
      return [goal.low - goal.tolerance, goal.low, goal.high, goal.high + goal.tolerance];
    case 'step':
      return stepTurns(goal.threshold, (goal.side === 'at_least' ? -1 : 1) * goal.tolerance);
    case 'table':
      return goal.points.map(([value]) => value);
  }
}

/**
 * Points on both sides of the jump, so that it is drawn vertically, and points on the slope.
 * @param outwards signed tolerance, away from the wanted side
 */
function stepTurns(threshold: number, outwards: number): number[] {
  return [threshold, threshold + outwards * 1e-6, threshold + 2 * outwards];
}

/** Points of the curve, dense enough for bends and slopes. */
export function curvePoints(goal: GoalInfo, [low, high]: readonly [number, number], count = 96): [number, number][] {
  const even = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  const values = [...even, ...turns(goal)].filter((value) => value >= low && value <= high).sort((a, b) => a - b);
  return values.map((value) => [value, scoreOf(goal, value)]);
}
