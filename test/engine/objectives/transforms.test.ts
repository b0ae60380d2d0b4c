import { describe, expect, test } from 'vitest';
import { makeTransform, transformScores } from '../../../engine/objectives/transforms.ts';
import type { Goal } from '../../../engine/objectives/types.ts';

const goals: Goal[] = [
  { kind: 'higher', from: 0.4, to: 0.9 },
  { kind: 'lower', from: 2, to: 5 },
  { kind: 'target', value: 350, tolerance: 25 },
  { kind: 'range', low: 1, high: 3, tolerance: 0.5 },
  { kind: 'step', side: 'at_least', threshold: 5, tolerance: 2 },
  { kind: 'step', side: 'at_most', threshold: 3, tolerance: 0.5 },
];
const table: Goal = {
  kind: 'table',
  points: [
    [0, 0],
    [3, 1],
    [5, 0.2],
  ],
};

/** Raw value at position u of a goal, 0 and 1 being the ends of what it names; wanted values have a u above 0. */
function at(goal: Goal, u: number): number {
  switch (goal.kind) {
    case 'target':
      return goal.value + (u - 0.5) * goal.tolerance;
    case 'step':
      return goal.threshold + (goal.side === 'at_least' ? u : -u) * goal.tolerance;
    case 'range':
      return goal.low + u * (goal.high - goal.low);
    case 'higher':
    case 'lower':
      return goal.from + u * (goal.to - goal.from);
    case 'table':
      throw new Error('A table has no slope beyond its ends');
  }
}

describe('higher', () => {
  const transform = makeTransform(goals[0]);
  test.each([
    [0.4, 0.1],
    [0.65, 0.5],
    [0.9, 0.9],
    [0.15, 0.02],
    [1.4, 0.988889],
  ])('%d scores %d', (raw, score) => expect(transform(raw)).toBeCloseTo(score, 6));
});

test('lower mirrors higher', () => {
  const transform = makeTransform(goals[1]);
  expect([5, 3.5, 2].map(transform)).toEqual([0.1, 0.5, 0.9].map((score) => expect.closeTo(score, 10)));
  expect(transform(8)).toBeCloseTo(0.1 / 9, 10);
});

test('target is 1 at the value, a half at one tolerance, a fifth at two', () => {
  const transform = makeTransform(goals[2]);
  expect([350, 375, 325, 400].map(transform)).toEqual([1, 0.5, 0.5, 0.2]);
});

test('range is 1 inside and soft outside', () => {
  const transform = makeTransform(goals[3]);
  expect([1, 2, 3, 0.5, 3.5, 4].map(transform)).toEqual([1, 1, 1, 0.5, 0.5, 0.2]);
});

test('a step is 1 where it is met and jumps to a slope that starts at 0.2', () => {
  const atLeast = makeTransform(goals[4]);
  expect([9, 5, 5 - 1e-9, 3, 1].map(atLeast)).toEqual([
    1,
    1,
    expect.closeTo(0.2, 6),
    expect.closeTo(0.1, 12),
    expect.closeTo(0.2 / 3, 12),
  ]);
  expect([0, 3, 3.5].map(makeTransform(goals[5]))).toEqual([1, 1, expect.closeTo(0.1, 12)]);
});

test('a table is straight between its points and holds its ends', () => {
  expect([-7, 0, 1.5, 3, 4, 5, 80].map(makeTransform(table))).toEqual([
    0,
    0,
    0.5,
    1,
    expect.closeTo(0.6, 12),
    0.2,
    0.2,
  ]);
});

test.each(goals)('$kind stays in [0, 1] and rises towards what is wanted, however far away', (goal) => {
  const transform = makeTransform(goal);
  for (const u of [-20, -5, -2, -1, -0.2]) {
    const [here, closer] = [transform(at(goal, u)), transform(at(goal, u + 0.1))];
    const better = goal.kind === 'lower' ? here : closer;
    const worse = goal.kind === 'lower' ? closer : here;
    expect(better).toBeGreaterThan(worse);
    expect(worse).toBeGreaterThan(0);
    expect(better).toBeLessThanOrEqual(1);
  }
});

test.each(goals.filter(({ kind }) => kind !== 'step'))('$kind has no jump', (goal) => {
  const transform = makeTransform(goal);
  for (let u = -3; u < 4; u += 0.01)
    expect(Math.abs(transform(at(goal, u + 0.01)) - transform(at(goal, u)))).toBeLessThan(0.05);
});

test('a missing raw score stays missing', () => {
  expect(transformScores(goals.slice(0, 4).map(makeTransform), [null, 3.5, null, 2])).toEqual([
    null,
    expect.closeTo(0.5, 10),
    null,
    1,
  ]);
});
