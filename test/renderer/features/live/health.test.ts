import { describe, expect, it } from 'vitest';
import {
  describeHealth,
  healthFigures,
  healthPoints,
  inWarmStart,
  unrecorded,
} from '../../../../renderer/features/live/health.ts';
import { round } from '../../fake-data.ts';

const older = (n: number) => ({ ...round(n), diversity: null, disagreement: null });

describe('the health of a run', () => {
  it('has a point for each round that has the value, and none for others', () => {
    const [valid, , diversity, disagreement] = healthFigures;
    const rounds = [older(0), older(1), round(2), round(3)];
    expect(healthPoints(rounds, valid).map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    expect(healthPoints(rounds, diversity).map(({ step }) => step)).toEqual([8, 12]);
    expect(healthPoints([round(0), round(1)], disagreement).map(({ step }) => step)).toEqual([4]);
  });

  it('names what an older run has not recorded, never as zero', () => {
    expect(unrecorded([older(0), older(1)])).toEqual(['Diversity', 'Expert disagreement']);
    expect(unrecorded([older(0), older(1), round(2)])).toEqual([]);
    expect(unrecorded([round(0)])).toEqual([]);
    expect([1, 2].map((first) => inWarmStart([round(0), round(1)], first))).toEqual([false, true]);
    expect(inWarmStart([round(0), round(1), round(2)], 2)).toBe(false);
    expect(describeHealth(older(3))).toBe(
      'Round 3, step 12\n0.97 Valid\n0.94 Unique\nnot recorded Diversity\nnot recorded Expert disagreement',
    );
  });
});
