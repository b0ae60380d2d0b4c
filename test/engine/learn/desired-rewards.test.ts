/** The choices of rewards in context, by cases computed by hand. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { desiredRewards, drawDesired, keptByRejection, rangesOf } from '../../../engine/learn/desired-rewards.ts';

describe('rangesOf', () => {
  it('is the lowest and highest reward of each goal', () => {
    const rewards = [
      [0.2, 0.9],
      [0.5, 0.1],
      [0.3, 0.4],
    ];
    expect(rangesOf(rewards)).toEqual([
      { low: 0.2, high: 0.5 },
      { low: 0.1, high: 0.9 },
    ]);
  });
});

describe('desiredRewards', () => {
  const ranges = [
    { low: 0, high: 1 },
    { low: 0.2, high: 0.6 },
  ];

  it('asks for the highest from an equal share of the weight on, and for a part of the range below', () => {
    const asked = (weights: readonly number[]) => desiredRewards(weights, ranges).map((reward) => +reward.toFixed(9));
    expect(asked([0.5, 0.5])).toEqual([1, 0.6]);
    expect(asked([0.75, 0.25])).toEqual([1, 0.4]);
    expect(asked([0.1, 0.9])).toEqual([0.2, 0.6]);
    expect(asked([1, 0])).toEqual([1, 0.2]);
  });
});

describe('drawDesired', () => {
  it('asks for the highest of all goals but one, and for any reward of that', () => {
    const ranges = [
      { low: 0.1, high: 0.9 },
      { low: 0.2, high: 0.7 },
      { low: 0, high: 1 },
    ];
    const draws = Array.from({ length: 300 }, (_, i) => drawDesired(ranges, randomStream(5, i)));
    const below = draws.map((draw) => draw.flatMap((reward, goal) => (reward < ranges[goal].high ? [goal] : [])));
    expect(below.every((goals) => goals.length === 1)).toBe(true);
    expect(new Set(below.flat())).toEqual(new Set([0, 1, 2]));
    expect(draws.every((draw) => draw.every((reward, goal) => reward >= ranges[goal].low))).toBe(true);
    // The smallest of three uniform numbers is 1/4 in the mean.
    const shares = draws.map((draw) =>
      Math.min(...draw.map((r, i) => (r - ranges[i].low) / (ranges[i].high - ranges[i].low))),
    );
    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeCloseTo(0.25, 1);
  });
});

describe('keptByRejection', () => {
  it('keeps what reaches the 70% quantile of at least one goal', () => {
    // Quantiles of 0, 0.1, ... 1 at 70%: 0.7. The second goal runs the other way.
    const rewards = Array.from({ length: 11 }, (_, i) => [i / 10, 1 - i / 10]);
    expect(keptByRejection(rewards).map(Number).join('')).toBe('11110001111');
    expect(
      keptByRejection(rewards.map(([a]) => [a]))
        .map(Number)
        .join(''),
    ).toBe('00000001111');
  });

  it('keeps all where all are equal, and nothing of nothing', () => {
    expect(keptByRejection([[0.5], [0.5]])).toEqual([true, true]);
    expect(keptByRejection([])).toEqual([]);
  });
});
