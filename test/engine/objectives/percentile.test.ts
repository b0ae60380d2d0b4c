import { expect, it } from 'vitest';
import { percentileRank } from '../../../engine/objectives/percentile.ts';

// SciPy 1.17.1: stats.percentileofscore([1, 2, 2, 3, 4], value, kind='mean').
it.each([
  [0, 0],
  [1, 10],
  [1.5, 20],
  [2, 40],
  [3, 70],
  [4, 90],
  [5, 100],
])('%d stands at %d%%', (value, percent) => {
  expect(percentileRank([1, 2, 2, 3, 4], value)).toBeCloseTo(percent, 12);
});
