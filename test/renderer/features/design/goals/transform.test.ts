import { describe, expect, it } from 'vitest';
import type { GoalInfo } from '../../../../../contract/api.ts';
import { makeTransform } from '../../../../../engine/objectives/transforms.ts';
import {
  curvePoints,
  drawnRange,
  isDrawable,
  scoreOf,
} from '../../../../../renderer/features/design/goals/transform.ts';

const goals: GoalInfo[] = [
  { kind: 'higher', from: 0.4, to: 0.9 },
  { kind: 'lower', from: 2, to: 5 },
  { kind: 'target', value: 350, tolerance: 25 },
  { kind: 'range', low: 1, high: 3, tolerance: 0.5 },
  { kind: 'step', side: 'at_least', threshold: 3, tolerance: 0.5 },
  { kind: 'step', side: 'at_most', threshold: 2, tolerance: 25 },
  {
    kind: 'table',
    points: [
      [0, 0],
      [3, 1],
      [5, 0.2],
    ],
  },
];

describe('the drawn curve', () => {
  it.each(goals)('is the engine’s transform: $kind', (goal) => {
    const transform = makeTransform(goal);
    for (const value of [-4, 0, 0.4, 0.65, 0.9, 1, 2, 2.6, 3, 4.2, 5, 9, 320, 350, 375, 1000])
      expect(scoreOf(goal, value)).toBeCloseTo(transform(value), 12);
  });

  it('covers what is typical and the whole goal', () => {
    expect(drawnRange(goals[3], [-1, 6])).toEqual([-1, 6]);
    expect(drawnRange({ kind: 'range', low: -3, high: 8, tolerance: 1 }, [-1, 6])).toEqual([-4, 9]);
  });

  it('is not drawn while a table is being written', () => {
    expect(
      isDrawable({
        kind: 'table',
        points: [
          [0, 0],
          [3, NaN],
        ],
      }),
    ).toBe(false);
    expect(
      isDrawable({
        kind: 'table',
        points: [
          [3, 0],
          [0, 1],
        ],
      }),
    ).toBe(false);
    expect(
      isDrawable({
        kind: 'table',
        points: [
          [0, 0],
          [3, 1],
        ],
      }),
    ).toBe(true);
  });

  it('drops upright at a threshold', () => {
    const points = curvePoints(goals[4], [0, 6]);
    const at = points.findIndex(([value]) => value === 3);
    expect(points[at][1]).toBe(1);
    expect(points[at - 1][0]).toBeCloseTo(3, 5);
    expect(points[at - 1][1]).toBeCloseTo(0.2, 5);
  });

  it('has a point at every bend', () => {
    expect(curvePoints(goals[3], [-1, 6]).map(([value]) => value)).toEqual(expect.arrayContaining([1, 3]));
  });
});
