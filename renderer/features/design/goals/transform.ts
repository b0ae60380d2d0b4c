/**
 * @file The curve from raw value to score that a goal draws in the form: the same
 * transform as engine/objectives/transforms.ts, which the interface may not import;
 * test/renderer/features/design/goals/transform.test.ts holds the two together.
 */
import type { GoalInfo, Preview } from '../../../../contract/api.ts';
import { numbersOf } from '../../../lib/goals.ts';

/** A straight line from 0.1 to 0.9 between the ends, with hyperbolic tails of the same slope. */
function ramp(u: number): number {
  if (u < 0) return 0.1 / (1 - 8 * u);
  return u > 1 ? 1 - 0.1 / (1 + 8 * (u - 1)) : 0.1 + 0.8 * u;
}

/** 1 inside, a half at one tolerance outside. */
function falloff(outside: number, tolerance: number): number {
  return 1 / (1 + (Math.max(0, outside) / tolerance) ** 2);
}

/** 1 where the threshold is met, else a slope that starts at 0.2. */
function step(short: number, tolerance: number): number {
  return short <= 0 ? 1 : 0.2 / (1 + short / tolerance);
}

/** Straight lines between ascending points; the ends are held. */
function interpolate(points: Extract<GoalInfo, { kind: 'table' }>['points'], value: number): number {
  const after = points.findIndex(([x]) => x >= value);
  if (after < 0) return points[points.length - 1][1];
  if (after === 0) return points[0][1];
  const [[x0, y0], [x1, y1]] = [points[after - 1], points[after]];
  return y1 - ((y1 - y0) * (x1 - value)) / (x1 - x0);
}

/** False while the goal's numbers make no curve: one is empty, or a table's points don't rise. */
export function isDrawable(goal: GoalInfo): boolean {
  if (numbersOf(goal).some(Number.isNaN)) return false;
  return (
    goal.kind !== 'table' ||
    (goal.points.length > 1 && goal.points.every(([value], i) => i === 0 || value > goal.points[i - 1][0]))
  );
}

/** @param value raw, in the objective's unit. @returns score between 0 and 1 */
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
 * Raw values worth drawing, widened to show the whole goal.
 * @param occurring what the generator writes where that is known, else what is typical
 */
export function drawnRange(goal: GoalInfo, occurring: readonly [number, number]): [number, number] {
  const ends = [...occurring, ...turns(goal)].filter(Number.isFinite);
  return [Math.min(...ends), Math.max(...ends)];
}

export interface Bar {
  /** Raw values between which it stands. */
  readonly low: number;
  readonly high: number;
  /** Share of the tallest bar. */
  readonly height: number;
}

/** A histogram's bars; one value alone has a bar as wide as it deserves. */
export function barsOf({ low, high, counts }: NonNullable<Preview['histogram']>): Bar[] {
  const most = Math.max(...counts);
  const width = (high - low) / counts.length;
  if (width === 0) return [{ low: low - 0.5, high: low + 0.5, height: 1 }];
  return counts.map((count, i) => ({ low: low + i * width, high: low + (i + 1) * width, height: count / most }));
}

/** Where the curve bends. */
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
 * Both sides of the jump, so that it is drawn upright, and some of the slope.
 * @param outwards signed tolerance, away from what is wanted
 */
function stepTurns(threshold: number, outwards: number): number[] {
  return [threshold, threshold + outwards * 1e-6, threshold + 2 * outwards];
}

/** Points of the curve, enough for bends and slopes alike. */
export function curvePoints(goal: GoalInfo, [low, high]: readonly [number, number], count = 96): [number, number][] {
  const even = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  const values = [...even, ...turns(goal)].filter((value) => value >= low && value <= high).sort((a, b) => a - b);
  return values.map((value) => [value, scoreOf(goal, value)]);
}
