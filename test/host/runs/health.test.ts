import { expect, it } from 'vitest';
import { ailmentsOf } from '../../../host/runs/health.ts';
import { roundMetrics } from './round-metrics.ts';

const sizes = { final_samples: 256, measure_samples: 64 };

it('judges nothing before training', () => {
  expect(ailmentsOf([], sizes)).toEqual([]);
  expect(ailmentsOf([roundMetrics(0, { valid: 0.1, unique: 0.1 })], sizes)).toEqual([]);
});

it('tells what is low from what has fallen, validity first', () => {
  const before = roundMetrics(0, { valid: 0.95, unique: 0.6, diversity: 0.9 });
  const now = roundMetrics(1, { valid: 0.75, unique: 0.55, diversity: 0.7 });
  expect(ailmentsOf([before, now], sizes)).toEqual([
    { what: 'validity', before: 0.95, now: 0.75, low: false, grave: true },
    { what: 'uniqueness', before: 0.6, now: 0.55, low: true, grave: false },
    { what: 'diversity', before: 0.9, now: 0.7, low: false, grave: false },
  ]);
});

it('calls a collapse of diversity grave, and a rise nothing', () => {
  const course = (...values: number[]) =>
    ailmentsOf(
      values.map((diversity, i) => roundMetrics(i, { diversity })),
      sizes,
    );
  expect(course(0.9, 0.7, 0.5)).toEqual([{ what: 'diversity', before: 0.9, now: 0.5, low: false, grave: true }]);
  expect(course(0.5, 0.9)).toEqual([]);
});
