import { expect, test } from 'vitest';
import { aggregate, aggregates, normaliseWeights } from '../../../engine/objectives/aggregate.ts';
import { constraintFactor, constraintsFactor, resolveConstraint } from '../../../engine/objectives/constraints.ts';
import { findObjective } from '../../../engine/objectives/catalogue.ts';

test('weights are brought to a sum of 1', () => {
  expect(normaliseWeights([2, 1, 1])).toEqual([0.5, 0.25, 0.25]);
});

test.each([
  [[0, 0], 'At least one weight must be above 0'],
  [[1, -1], 'A weight must be 0 or above, not -1'],
  [[1, NaN], 'A weight must be 0 or above, not NaN'],
])('weights %j are refused', (weights, message) => expect(() => normaliseWeights(weights)).toThrow(message));

test('weighted arithmetic and geometric mean', () => {
  expect(aggregate('arithmetic', [0.9, 0.1], [0.75, 0.25])).toBeCloseTo(0.7, 12);
  expect(aggregate('geometric', [0.9, 0.1], [0.5, 0.5])).toBeCloseTo(0.3, 12);
  expect(aggregate('geometric', [0, 1], [0.5, 0.5])).toBe(0);
});

test('product and worst count all goals that weigh more than 0 alike', () => {
  for (const weights of [[0.2, 0.8, 0], [0.7, 0.3, 0]]) {
    expect(aggregate('product', [0.9, 0.5, 0.1], weights)).toBeCloseTo(0.45, 12);
    expect(aggregate('worst', [0.9, 0.5, 0.1], weights)).toBe(0.5);
  }
});

test.each(aggregates)('%s is missing where a weighted score is; one without weight does not matter', (kind) => {
  expect(aggregate(kind, [0.9, null], [0.5, 0.5])).toBeNull();
  expect(aggregate(kind, [0, null], [0.5, 0.5])).toBeNull();
  expect(aggregate(kind, [0.9, null], [1, 0])).toBeCloseTo(0.9, 12);
});

test('a hard constraint filters, a soft one fades, a missing value stays missing', () => {
  const hard = resolveConstraint(findObjective('alerts'), { max: 0 });
  expect([0, 1, null].map((raw) => constraintFactor(hard, raw))).toEqual([1, 0, null]);
  const soft = resolveConstraint(findObjective('mw'), { min: 200, max: 500, tolerance: 50 });
  expect([150, 200, 350, 500, 550, 600].map((raw) => constraintFactor(soft, raw))).toEqual([0.5, 1, 1, 1, 0.5, 0.2]);
  expect(constraintsFactor([hard, soft], [0, 550])).toBe(0.5);
  expect(constraintsFactor([hard, soft], [0, null])).toBeNull();
  expect(constraintsFactor([], [])).toBe(1);
});

test.each([
  [{}, 'needs "min" or "max"'],
  [{ min: 5, max: 2 }, 'at least 5 and at most 2, which nothing meets'],
  [{ max: -1 }, 'wants at most -1, but it is never below 0'],
  [{ max: NaN }, '"max" must be a finite number, not NaN'],
  [{ max: 2, tolerance: -1 }, '"tolerance" must be 0 or above'],
])('constraint %j is refused', (partial, message) => expect(() => resolveConstraint(findObjective('alerts'), partial)).toThrow(message));
