import { describe, expect, test } from 'vitest';
import { catalogue, findObjective } from '../../../engine/objectives/catalogue.ts';
import { fittedKeys, GoalError, type PartialGoal, resolveGoal } from '../../../engine/objectives/goals.ts';

const qed = findObjective('qed');
const resolve = (id: string, partial: PartialGoal) => resolveGoal(findObjective(id), partial);

test.each(catalogue)('the default goal of $id resolves to itself', (objective) => {
  expect(resolveGoal(objective, {})).toEqual(objective.defaultGoal);
});

test.each([
  ['qed', { goal: 'higher' }, { kind: 'higher', from: 0.4, to: 0.9 }],
  ['qed', { goal: 'higher', to: 0.95 }, { kind: 'higher', from: 0.4, to: 0.95 }],
  ['qed', { goal: 'lower' }, { kind: 'lower', from: 0.4, to: 0.9 }],
  ['sa', { goal: 'lower', from: 6, to: 2 }, { kind: 'lower', from: 2, to: 6 }],
  ['logp', { goal: 'higher' }, { kind: 'higher', from: -1, to: 6 }],
  ['logp', { goal: 'range', range: [1, 3] }, { kind: 'range', low: 1, high: 3, tolerance: 1 }],
  ['logp', { range: [0, 2], tolerance: 0.5 }, { kind: 'range', low: 0, high: 2, tolerance: 0.5 }],
  ['mw', { goal: 'target', target: 350, tolerance: 25 }, { kind: 'target', value: 350, tolerance: 25 }],
  ['sa', { target: 2 }, { kind: 'target', value: 2, tolerance: 0.7000000000000001 }],
  ['rings', { at_least: 2 }, { kind: 'step', side: 'at_least', threshold: 2, tolerance: 1 }],
  ['sa', { goal: 'step', at_most: 3, tolerance: 0.5 }, { kind: 'step', side: 'at_most', threshold: 3, tolerance: 0.5 }],
  [
    'logp',
    {
      points: [
        [0, 0],
        [3, 1],
        [5, 0.2],
      ],
    },
    {
      kind: 'table',
      points: [
        [0, 0],
        [3, 1],
        [5, 0.2],
      ],
    },
  ],
  ['rings', { range: [3, 3] }, { kind: 'range', low: 3, high: 3, tolerance: 1 }],
] as const)('%s with %j', (id, partial, goal) => {
  expect(resolve(id, partial)).toEqual(goal);
});

test('numbers that are left out are fitted where they can be', () => {
  const fitted = { higher: { from: 0.7, to: 0.92 }, tolerance: 0.1 };
  expect(resolveGoal(qed, { goal: 'higher' }, fitted)).toEqual({ kind: 'higher', from: 0.7, to: 0.92 });
  expect(resolveGoal(qed, { from: 0.5 }, fitted)).toEqual({ kind: 'higher', from: 0.5, to: 0.92 });
  expect(resolveGoal(qed, { goal: 'lower' }, fitted)).toEqual({ kind: 'lower', from: 0.4, to: 0.9 });
  expect(resolveGoal(qed, { range: [0.5, 0.6] }, fitted)).toEqual({
    kind: 'range',
    low: 0.5,
    high: 0.6,
    tolerance: 0.1,
  });
  expect(resolveGoal(qed, { at_least: 0.5, tolerance: 0.2 }, fitted)).toMatchObject({ tolerance: 0.2 });
});

test('a fitted end that contradicts a given one gives way to the default', () => {
  const fitted = { higher: { from: 0.1, to: 0.35 } };
  const goal = resolveGoal(qed, { from: 0.6 }, fitted);
  expect(goal).toEqual({ kind: 'higher', from: 0.6, to: 0.9 });
  expect(fittedKeys(goal, { from: 0.6 }, fitted)).toEqual([]);
  expect(fittedKeys(resolveGoal(qed, { from: 0.2 }, fitted), { from: 0.2 }, fitted)).toEqual(['to']);
  expect(fittedKeys(resolveGoal(qed, {}, fitted), {}, fitted)).toEqual(['from', 'to']);
});

describe('contradictions are refused with the key at fault', () => {
  test.each([
    ['qed', { goal: 'heigher' }, 'goal', 'There is no goal "heigher". Did you mean "higher"?'],
    ['logp', { range: [3, 1] }, 'range', 'in the wrong order: [3, 1]. Write [1, 3]'],
    ['logp', { range: [1] }, 'range', 'needs two numbers'],
    ['logp', { range: [1, NaN] }, 'range', 'must be a finite number, not NaN'],
    ['qed', { goal: 'higher', from: NaN }, 'from', 'must be a finite number, not NaN'],
    ['qed', { goal: 'higher', from: 0.9, to: 0.4 }, 'from', 'or choose goal = "lower"'],
    ['qed', { goal: 'higher', from: 0.5, to: 0.5 }, 'from', 'needs "from" below "to", not 0.5 and 0.5'],
    ['qed', { goal: 'higher', target: 0.5 }, 'target', 'does not use "target"; it uses "from" and "to"'],
    ['logp', { from: 1, to: 3 }, 'from', 'The goal "range" does not use "from"'],
    ['qed', { goal: 'target' }, 'target', 'needs "target", the wanted value'],
    ['qed', { goal: 'range' }, 'range', 'needs "range"'],
    ['mw', { target: 350, tolerance: 0 }, 'tolerance', 'must be above 0'],
    ['qed', { range: [2, 3] }, 'range', 'No molecule can reach 2 to 3: "qed" lies between 0 and 1'],
    ['rings', { goal: 'step' }, 'at_least', 'needs a threshold, "at_least" or "at_most"'],
    [
      'rings',
      { at_least: 1, at_most: 3 },
      'at_most',
      'has one threshold, "at_least" or "at_most"; for both use range = [1, 3]',
    ],
    ['rings', { goal: 'higher', at_least: 1 }, 'at_least', 'does not use "at_least"; it uses "from" and "to"'],
    ['qed', { at_least: Infinity }, 'at_least', 'must be a finite number, not Infinity'],
    ['qed', { at_least: 2 }, 'at_least', 'No molecule can reach 2 or more: "qed" lies between 0 and 1'],
    ['mw', { at_most: -5 }, 'at_most', 'No molecule can reach -5 or less g/mol: "mw" is never below 0'],
    ['gc', { at_least: 101 }, 'at_least', 'No sequence can reach'],
    [
      'logp',
      { goal: 'table' },
      'points',
      'needs "points": pairs of raw value and score, e.g. points = [[-1, 0], [6, 1]]',
    ],
    ['logp', { points: [[1, 1]] }, 'points', 'needs at least two points, not 1'],
    ['logp', { points: [[1, 0], [2]] }, 'points', 'Point 2 of the table of "logp" needs two numbers'],
    [
      'logp',
      {
        points: [
          [1, 0],
          [2, 1.5],
        ],
      },
      'points',
      'The score of point 2 of the table of "logp" must lie between 0 and 1, not 1.5',
    ],
    [
      'logp',
      {
        points: [
          [3, 0],
          [1, 1],
        ],
      },
      'points',
      'must increase: point 2 is at 1, after 3',
    ],
    [
      'logp',
      {
        points: [
          [3, 0],
          [3, 1],
        ],
      },
      'points',
      'must increase: point 2 is at 3, after 3',
    ],
    [
      'logp',
      {
        points: [
          [1, 0.5],
          [3, 0.5],
        ],
      },
      'points',
      'has the score 0.5, so it prefers no value',
    ],
    [
      'logp',
      {
        points: [
          [1, 0],
          [NaN, 1],
        ],
      },
      'points',
      'must be a finite number, not NaN',
    ],
    [
      'qed',
      {
        points: [
          [2, 0],
          [3, 1],
        ],
      },
      'points',
      'No molecule can reach 2 to 3',
    ],
    ['mw', { target: -5 }, 'target', 'No molecule can reach -5 g/mol: "mw" is never below 0'],
  ] as const)('%s with %j', (id, partial, key, message) => {
    const attempt = () => resolve(id, partial);
    expect(attempt).toThrow(GoalError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ key }));
  });
});
