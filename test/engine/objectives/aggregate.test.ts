import { expect, test } from 'vitest';
import { aggregate, aggregates, normaliseWeights } from '../../../engine/objectives/aggregate.ts';
import { findObjective } from '../../../engine/objectives/catalogue.ts';
import {
  constrainedReward,
  constraintFactor,
  LARGEST_MULTIPLIER,
  nextMultiplier,
  resolveConstraint,
} from '../../../engine/objectives/constraints.ts';

test('weights are brought to a sum of 1', () => {
  expect(normaliseWeights([2, 1, 1])).toEqual([0.5, 0.25, 0.25]);
});

test.each([
  [[0, 0], 'All weights are 0'],
  [[1, -1], 'A weight must be 0 or above, not -1'],
  [[1, NaN], 'A weight must be 0 or above, not NaN'],
])('weights %j are refused', (weights, message) => expect(() => normaliseWeights(weights)).toThrow(message));

test('weighted arithmetic and geometric mean', () => {
  expect(aggregate('arithmetic', [0.9, 0.1], [0.75, 0.25])).toBeCloseTo(0.7, 12);
  expect(aggregate('geometric', [0.9, 0.1], [0.5, 0.5])).toBeCloseTo(0.3, 12);
  expect(aggregate('geometric', [0, 1], [0.5, 0.5])).toBe(0);
});

test('product and worst count all goals that weigh more than 0 alike', () => {
  for (const weights of [
    [0.2, 0.8, 0],
    [0.7, 0.3, 0],
  ]) {
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
  expect(constrainedReward(0.8, [hard, soft], [0, 550], [0, 0])).toBe(0.4);
  expect(constrainedReward(0.8, [hard, soft], [0, null], [0, 0])).toBeNull();
  expect(constrainedReward(0.8, [], [], [])).toBe(0.8);
});

test('a learned constraint takes its multiplier times the violation, and no more than the score', () => {
  const sharp = resolveConstraint(findObjective('alerts'), { enforce: 'learned', max: 0 });
  const smooth = resolveConstraint(findObjective('mw'), {
    enforce: 'learned',
    max: 500,
    tolerance: 50,
    allowed: 0.1,
    rate: 2,
    start: 1,
  });
  expect(sharp.learned).toEqual({ start: 0, rate: 0.5, allowed: 0.05 });
  expect([0, 0.25, 3].map((multiplier) => constrainedReward(0.8, [sharp], [2], [multiplier]))).toEqual([
    0.8,
    expect.closeTo(0.55, 12),
    0,
  ]);
  expect(constrainedReward(0.8, [sharp], [0], [3])).toBe(0.8);
  expect(constrainedReward(0.8, [sharp, smooth], [2, 550], [0.1, 0.6])).toBeCloseTo(0.8 - 0.1 - 0.3, 12);
  expect(constrainedReward(0.8, [sharp], [null], [1])).toBeNull();
});

test('a multiplier rises while the limit is broken too often, falls once it is kept, and stays within bounds', () => {
  const learned = resolveConstraint(findObjective('alerts'), { enforce: 'learned', max: 0, rate: 0.5, allowed: 0.1 });
  expect(nextMultiplier(learned, 0.2, 0.5)).toBeCloseTo(0.4, 12);
  expect(nextMultiplier(learned, 0.4, 0)).toBeCloseTo(0.35, 12);
  expect(nextMultiplier(learned, 0.4, 0.1)).toBe(0.4);
  expect(nextMultiplier(learned, 0.01, 0)).toBe(0);
  expect(nextMultiplier(learned, LARGEST_MULTIPLIER, 1)).toBe(LARGEST_MULTIPLIER);
  expect(nextMultiplier(learned, 0.4, null)).toBe(0.4);
  expect(nextMultiplier(resolveConstraint(findObjective('alerts'), { max: 0 }), 0, 1)).toBe(0);
});

test.each([
  [{}, 'needs "min" or "max"'],
  [{ min: 5, max: 2 }, 'at least 5 and at most 2, which no value can meet'],
  [{ max: -1 }, 'wants at most -1, but it is never below 0'],
  [{ max: NaN }, '"max" must be a finite number, not NaN'],
  [{ max: 2, tolerance: -1 }, '"tolerance" must be 0 or above'],
  [{ max: 2, enforce: 'learnt' }, 'A constraint cannot be "learnt". Did you mean "learned"?'],
  [{ max: 2, enforce: 'hard', tolerance: 1 }, 'A hard constraint has no "tolerance"'],
  [{ max: 2, enforce: 'soft' }, 'A soft constraint needs a "tolerance" above 0'],
  [{ max: 2, rate: 0.5 }, '"rate" is only for enforce = "learned"; this constraint is hard'],
  [{ max: 2, enforce: 'learned', allowed: 1 }, '"allowed" must be at least 0 and below 1, not 1'],
  [{ max: 2, enforce: 'learned', rate: 0 }, '"rate" must be above 0'],
  [{ max: 2, enforce: 'learned', start: 9 }, '"start" must lie between 0 and 5, not 9'],
])('constraint %j is refused', (partial, message) =>
  expect(() => resolveConstraint(findObjective('alerts'), partial)).toThrow(message),
);
