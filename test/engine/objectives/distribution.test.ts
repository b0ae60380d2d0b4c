import { describe, expect, it } from 'vitest';
import { fitGoals, histogram, quantile } from '../../../engine/objectives/distribution.ts';

/** 0, 1, ..., 100. */
const even = Array.from({ length: 101 }, (_, i) => i);

describe('quantile', () => {
  // numpy.quantile([1, 2, 4, 8], p), NumPy 2
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 3],
    [0.95, 7.4],
    [1, 8],
  ])('%d of four values is %d, as NumPy has it', (p, expected) =>
    expect(quantile([1, 2, 4, 8], p)).toBeCloseTo(expected, 12),
  );
});

describe('histogram', () => {
  it('counts everything, outliers in the outermost bins', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i / 10);
    const { low, high, counts } = histogram([...many, 1e6], 10);
    expect([low, high]).toEqual([0.5, 99.5]);
    expect(counts.reduce((a, b) => a + b)).toBe(1001);
    expect(Math.max(...counts)).toBeLessThan(110);
  });

  it('has one bin for one value', () => {
    expect(histogram([3, 3, 3], 4)).toEqual({ low: 3, high: 3, counts: [3, 0, 0, 0] });
  });
});

describe('fitGoals', () => {
  const wide = { defaultGoal: { kind: 'range', low: 20, high: 40, tolerance: 9 }, typical: [0, 100] } as const;

  it('goes from the median to the better twentieth, and tolerates half the distance of the quartiles', () => {
    expect(fitGoals(wide, even.toReversed())).toEqual({
      higher: { from: 50, to: 95 },
      lower: { from: 5, to: 50 },
      tolerance: 25,
    });
  });

  it('keeps the good end that the objective wants where that is better still', () => {
    expect(fitGoals({ ...wide, defaultGoal: { kind: 'higher', from: 0, to: 300 } }, even).higher).toEqual({
      from: 50,
      to: 300,
    });
    expect(fitGoals({ ...wide, defaultGoal: { kind: 'higher', from: 0, to: 70 } }, even).higher).toEqual({
      from: 50,
      to: 95,
    });
    expect(fitGoals({ ...wide, defaultGoal: { kind: 'lower', from: -8, to: 70 } }, even).lower).toEqual({
      from: -8,
      to: 50,
    });
  });

  it('fits nothing to a spread that is no spread, nor to a handful', () => {
    expect(
      fitGoals(
        wide,
        even.map((value) => (value < 90 ? 0 : 1)),
      ),
    ).toEqual({});
    expect(fitGoals(wide, even.slice(0, 49))).toEqual({});
  });
});
