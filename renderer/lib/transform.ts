/**
 * @file The curve from raw value to score that a goal draws in the form: the same
 * piecewise linear transform as engine/objectives/transforms.ts, which the interface
 * may not import; test/renderer/transform.test.ts holds the two together.
 */
import type { GoalInfo } from '../../contract/api.ts';

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** @param value raw, in the objective's unit. @returns score between 0 and 1 */
export function scoreOf(goal: GoalInfo, value: number): number {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return clamp((value - goal.from) / (goal.to - goal.from));
    case 'target':
      return clamp(1 - Math.abs(value - goal.value) / goal.tolerance);
    case 'range':
      return clamp(1 - Math.max(goal.low - value, value - goal.high, 0) / goal.tolerance);
  }
}

/** Raw values worth drawing: what occurs in practice, widened to show the whole goal. */
export function drawnRange(goal: GoalInfo, typical: readonly [number, number]): [number, number] {
  const ends = [...typical, ...turns(goal)].filter(Number.isFinite);
  return [Math.min(...ends), Math.max(...ends)];
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
  }
}

/** Points of the curve, enough for bends and slopes alike. */
export function curvePoints(goal: GoalInfo, [low, high]: readonly [number, number], count = 96): [number, number][] {
  const even = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  const values = [...even, ...turns(goal)].filter((value) => value >= low && value <= high).sort((a, b) => a - b);
  return values.map((value) => [value, scoreOf(goal, value)]);
}
