/** @file The interval of a total against a Monte-Carlo sample of its predictions. */
import { describe, expect, it } from 'vitest';
import { type Aggregate, aggregate } from '../../../engine/objectives/aggregate.ts';
import { makeTransform, transformScores } from '../../../engine/objectives/transforms.ts';
import type { Goal } from '../../../engine/objectives/types.ts';
import { totalInterval } from '../../../engine/objectives/uncertainty.ts';

const SAMPLES = 40_000;

/** Standard normal numbers by Box and Muller, from a linear congruential generator. */
function* normals(seed: number): Generator<number, never> {
  let state = seed;
  const uniform = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 + 2 ** -33;
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    yield radius * Math.cos(2 * Math.PI * uniform());
  }
}

const goals: readonly Goal[] = [
  { kind: 'higher', from: 0, to: 1 },
  { kind: 'lower', from: 2, to: 6 },
  { kind: 'target', value: 350, tolerance: 50 },
];
const transforms = goals.map(makeTransform);
const weights = [0.5, 0.3, 0.2];
const raw = [0.6, 3.5, 400];

function sampled(kind: Aggregate, errors: readonly (number | null)[]): number[] {
  const noise = normals(7);
  return Array.from({ length: SAMPLES }, () => {
    const moved = raw.map((value, i) => value + (errors[i] === null ? 0 : errors[i] * noise.next().value));
    return aggregate(kind, transformScores(transforms, moved), weights)!;
  });
}

function deviation(values: readonly number[], around: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - around) ** 2, 0) / values.length);
}

describe('the interval of a total', () => {
  it.each<Aggregate>(['arithmetic', 'geometric', 'product', 'worst'])(
    'is that of a Monte-Carlo sample, for the %s total',
    (kind) => {
      const errors = [0.03, null, 2];
      const total = aggregate(kind, transformScores(transforms, raw), weights)!;
      const { low, high } = totalInterval({ kind, transforms, weights }, raw, errors)!;
      const values = sampled(kind, errors);
      const width = deviation(values, total);
      expect((high - low) / (2 * 1.645)).toBeGreaterThan(0.95 * width);
      expect((high - low) / (2 * 1.645)).toBeLessThan(1.05 * width);
      const inside = values.filter((value) => value >= low && value <= high).length / SAMPLES;
      expect(inside).toBeGreaterThan(0.88);
      expect(inside).toBeLessThan(0.92);
    },
  );

  it('is not a point at the top of a target, where the derivative is 0', () => {
    const rule = { kind: 'arithmetic' as const, transforms: [transforms[2]], weights: [1] };
    const { low, high } = totalInterval(rule, [350], [50])!;
    expect(high).toBe(1);
    // One tolerance away the score is 0.5 on either side.
    expect(low).toBeCloseTo(1 - 1.645 * 0.5, 10);
  });

  it('stays within 0 and 1', () => {
    const rule = { kind: 'arithmetic' as const, transforms: [transforms[0]], weights: [1] };
    expect(totalInterval(rule, [0.5], [5])).toEqual({ low: 0, high: 1 });
  });

  it('is unknown without errors of goals that count, and for a missing total', () => {
    const rule = { kind: 'arithmetic' as const, transforms, weights: [0.5, 0.5, 0] };
    expect(totalInterval(rule, raw, [null, null, null])).toBeNull();
    expect(totalInterval(rule, raw, [null, null, 4])).toBeNull();
    expect(totalInterval(rule, [null, 3.5, 400], [0.1, null, null])).toBeNull();
  });
});
