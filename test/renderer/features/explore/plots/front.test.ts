import { describe, expect, it } from 'vitest';
import { paretoFront } from '../../../../../renderer/features/explore/plots/front.ts';

/** Numbers from 0 to 1 without a pattern, some of them equal, some missing, some negative. */
function odd(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const value = (Math.imul(i + 1, 2_654_435_761 + seed) >>> 0) % 1000;
    return value % 31 === 0 ? NaN : (value - 300) / 700;
  });
}

describe('paretoFront', () => {
  it.each([2, 4])('holds what no other candidate dominates, as comparing all pairs does (%i goals)', (goals) => {
    const scores = Array.from({ length: goals }, (_, seed) =>
      odd(600, seed * 77).map((value) => Math.round(value * 20) / 20),
    );
    const among = Int32Array.from({ length: 500 }, (_, i) => i + 50);
    const beats = (a: number, b: number): boolean =>
      scores.every((s) => s[a] >= s[b]) && scores.some((s) => s[a] > s[b]);
    const known = [...among].filter((i) => scores.every((s) => !Number.isNaN(s[i])));
    const expected = known.filter((i) => !known.some((j) => beats(j, i)));
    expect([...paretoFront(scores, among)].sort((a, b) => a - b)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1);
  });
});
