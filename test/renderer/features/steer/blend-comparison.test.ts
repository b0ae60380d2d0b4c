import { describe, expect, it } from 'vitest';
import { higherOf } from '../../../../renderer/features/steer/blend-comparison.ts';
import { firstFound } from '../../../../renderer/features/steer/blends.ts';

const interval = (low: number, high: number) => ({ mean: (low + high) / 2, low, high });
const missing = { mean: null, low: null, high: null };

describe('which of two means is higher', () => {
  it('is decided if their intervals do not overlap', () => {
    expect(higherOf([interval(0.6, 0.7), interval(0.4, 0.5)])).toBe(0);
    expect(higherOf([interval(0.4, 0.5), interval(0.6, 0.7)])).toBe(1);
  });

  it('is open if they overlap or one is missing', () => {
    expect(higherOf([interval(0.4, 0.61), interval(0.6, 0.7)])).toBeNull();
    expect(higherOf([interval(0.4, 0.5), missing])).toBeNull();
    expect(higherOf([missing, interval(0.4, 0.5)])).toBeNull();
  });
});

it('counts as new what the run had not found before the blend', () => {
  const best = [{ id: 40 }, { id: 7 }, { id: 41 }, { id: 12 }];
  expect([...firstFound(best, 2)].sort()).toEqual([40, 41]);
  expect(firstFound(best, 4).size).toBe(0);
});
