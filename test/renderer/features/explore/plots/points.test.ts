import { describe, expect, it } from 'vitest';
import {
  insideShape,
  nearestPoint,
  pixelOf,
  pointsOf,
  rectangle,
  zoomed,
} from '../../../../../renderer/features/explore/plots/points.ts';

describe('points of a plot', () => {
  const axis = { low: 0, high: 10, from: 0, to: 100 };
  const points = pointsOf(Int32Array.of(0, 1, 2, 3), Float32Array.of(1, 5, 9, NaN), Float32Array.of(1, 5, 1, 5), axis, {
    ...axis,
    from: 100,
    to: 0,
  });

  it('leaves missing values out and finds the nearest within reach', () => {
    expect([...points.numbers]).toEqual([0, 1, 2]);
    expect([nearestPoint(points, [52, 51], 9), nearestPoint(points, [30, 30], 9)]).toEqual([1, -1]);
  });

  it('selects by a rectangle drawn either way, and by a lasso', () => {
    expect([...insideShape(points, rectangle([60, 60], [5, 95]))]).toEqual([0]);
    expect([
      ...insideShape(points, [
        [0, 40],
        [100, 40],
        [100, 100],
        [80, 100],
      ]),
    ]).toEqual([1, 2]);
  });
});

describe('zoom', () => {
  const whole = { low: 0, high: 10 };
  const axis = { ...whole, from: 100, to: 300 };

  it('keeps the value under the pointer in place', () => {
    const part = zoomed(axis, 150, 2, whole);
    expect(part).toEqual({ low: 1.25, high: 6.25 });
    expect(pixelOf(2.5, { ...axis, ...part })).toBe(150);
  });

  it('stays within the whole, and comes back to it', () => {
    const corner = zoomed(axis, 300, 4, whole);
    expect(corner).toEqual({ low: 7.5, high: 10 });
    expect(zoomed({ ...axis, ...corner }, 100, 1 / 2, whole)).toEqual({ low: 5, high: 10 });
    expect(zoomed({ ...axis, ...corner }, 100, 1 / 9, whole)).toEqual(whole);
  });

  it('works on an axis that runs upwards', () => {
    const part = zoomed({ ...whole, from: 300, to: 100 }, 250, 2, whole);
    expect(part).toEqual({ low: 1.25, high: 6.25 });
  });

  it('omits points outside the visible part', () => {
    const values = Float32Array.of(1, 5, 9);
    const { numbers } = pointsOf(
      Int32Array.of(0, 1, 2),
      values,
      values,
      { low: 4, high: 10, from: 0, to: 1 },
      { low: 0, high: 6, from: 0, to: 1 },
    );
    expect([...numbers]).toEqual([1]);
  });
});
