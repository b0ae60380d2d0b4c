import { describe, expect, it } from 'vitest';
import type { Aggregate } from '../../../../contract/api.ts';
import {
  histogramOf,
  orderBy,
  reaching,
  roundedOutwards,
  through,
  totalsOf,
} from '../../../../renderer/features/explore/order.ts';

/** Numbers from 0 to 1 without a pattern, some of them equal, some missing, some negative. */
function odd(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const value = (Math.imul(i + 1, 2_654_435_761 + seed) >>> 0) % 1000;
    return value % 31 === 0 ? NaN : (value - 300) / 700;
  });
}

function bruteOrder(values: Float32Array, ascending: boolean): number[] {
  const key = (i: number): number => (Number.isNaN(values[i]) ? -Infinity : ascending ? -values[i] : values[i]);
  return Array.from(values, (_, i) => i).sort((a, b) => key(b) - key(a) || a - b);
}

describe('orders and totals', () => {
  it.each([true, false])(
    'are those of a comparing sort, equal ones by number, missing ones last (ascending: %s)',
    (ascending) => {
      const values = odd(3000, 7);
      values.set([0, -0, 1e30, -1e30], 100);
      expect([...orderBy(values, ascending)]).toEqual(bruteOrder(values, ascending));
    },
  );

  it('sorts integers, and nothing', () => {
    expect([...orderBy(Int32Array.of(3, -1, 3, 0))]).toEqual([0, 2, 3, 1]);
    expect([...orderBy(new Float32Array())]).toEqual([]);
  });

  it.each<[Aggregate, (scores: number[], shares: number[]) => number]>([
    ['arithmetic', (scores, shares) => scores.reduce((sum, s, i) => sum + s * shares[i], 0)],
    ['geometric', (scores, shares) => Math.exp(scores.reduce((sum, s, i) => sum + shares[i] * Math.log(s), 0))],
    ['product', (scores) => scores.reduce((a, b) => a * b, 1)],
    ['worst', (scores) => Math.min(...scores)],
  ])('%s totals equal those of each candidate alone', (aggregate, total) => {
    const columns = [1, 2, 3].map((seed) => odd(400, seed).map(Math.abs));
    const shares = [0.5, 0.5, 0];
    const totals = totalsOf(columns, shares, aggregate, 400);
    totals.forEach((value, i) => {
      const expected = total([columns[0][i], columns[1][i]], [0.5, 0.5]);
      if (Number.isNaN(expected)) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(expected, 5);
    });
  });

  it('has no total where every weight is 0', () => {
    expect(totalsOf([Float32Array.of(1)], [0], 'arithmetic', 1)[0]).toBeNaN();
  });

  it('counts every value in its bin, the largest in the last', () => {
    expect(histogramOf(Float32Array.of(0, 0.1, 0.5, 1, NaN), { low: 0, high: 1 }, 2)).toEqual([2, 2]);
  });

  it('gives no value to candidates beyond the end of a quantity', () => {
    const values = Float32Array.of(1, 2);
    expect([...reaching(values, 3)]).toEqual([1, 2, NaN]);
    expect(reaching(values, 2)).toBe(values);
  });

  it('filters an order by a mask', () => {
    expect([...through(Int32Array.of(2, 0, 1), Uint8Array.of(1, 0, 1))]).toEqual([2, 0]);
  });
});

describe('bounds', () => {
  it.each([
    [0.06222, 0.9956, 0.062, 0.996],
    [187.3, 531.9, 187, 532],
    [-3.4567, 6.2, -3.46, 6.2],
    [0, 12, 0, 12],
  ])('of %d to %d are shown as %d to %d', (low, high, least, most) => {
    const extent = { low, high };
    expect(roundedOutwards(extent, extent)).toEqual({ low: least, high: most });
  });

  it('never exclude a value at the bound, whatever rounding does', () => {
    const values = odd(3000, 7).filter((value) => !Number.isNaN(value));
    const extent = { low: -0.429, high: 1 };
    for (const value of values) {
      const { low, high } = roundedOutwards({ low: value, high: value }, extent);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(high - low).toBeLessThan(0.0101);
    }
  });
});
