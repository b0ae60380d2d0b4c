/** The surface over merge weights: what is measured, figures of a setting, hypervolume with its error. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { hypervolume, nondominated } from '../../../engine/soup/hypervolume.ts';
import {
  GROUPS,
  settingFigures,
  settingSeed,
  simplexLattice,
  surfaceOf,
  surfaceWeights,
  usualSettings,
} from '../../../engine/soup/surface.ts';

interface Reference {
  readonly points: number[][];
  readonly hypervolume: number;
  readonly nondominated: number;
}
const references = JSON.parse(
  readFileSync(new URL('../../fixtures/soup/hypervolume.json', import.meta.url), 'utf8'),
) as Reference[];

describe('hypervolume', () => {
  it.each(
    references.map((one) => ({ ...one, name: `${one.points.length} points of ${one.points[0].length} objectives` })),
  )('is moocore’s for $name', ({ points, hypervolume: volume, nondominated: count }) => {
    const own = hypervolume(points, randomStream(1));
    expect(own.value).toBeCloseTo(volume, 10);
    expect(own.error).toBe(0);
    expect(nondominated(points)).toHaveLength(count);
  });
});

describe('the weights to measure', () => {
  it('are a whole lattice with its corners', () => {
    expect(simplexLattice(2, 2)).toEqual([
      [1, 0],
      [0.5, 0.5],
      [0, 1],
    ]);
    expect([simplexLattice(3, 5), simplexLattice(4, 3)].map(({ length }) => length)).toEqual([21, 20]);
    expect(simplexLattice(3, 5).every((weights) => Math.abs(weights.reduce((a, b) => a + b) - 1) < 1e-12)).toBe(true);
  });

  it('begin with the run’s own, hold every goal alone, and are as many as asked for', () => {
    for (const [goals, count] of [
      [2, 12],
      [3, 22],
      [4, 22],
      [5, 30],
      [9, 22],
    ]) {
      const own = new Array<number>(goals).fill(1 / goals);
      const weights = surfaceWeights(own, count, 1);
      expect(weights).toHaveLength(count);
      expect(weights[0]).toEqual(own);
      for (let i = 0; i < goals; i++) expect(weights).toContainEqual(own.map((_, j) => (i === j ? 1 : 0)));
      expect(new Set(weights.map((one) => one.map((w) => w.toFixed(9)).join())).size).toBe(count);
    }
    expect([2, 3, 4, 40].map(usualSettings)).toEqual([12, 22, 22, 41]);
  });

  it('are the same for the same seed, other draws for another', () => {
    const own = [0.5, 0.3, 0.2];
    expect(surfaceWeights(own, 25, 1)).toEqual(surfaceWeights(own, 25, 1));
    expect(surfaceWeights(own, 25, 2).slice(0, 22)).toEqual(surfaceWeights(own, 25, 1).slice(0, 22));
    expect(surfaceWeights(own, 25, 2)[24]).not.toEqual(surfaceWeights(own, 25, 1)[24]);
    expect(settingSeed(1, 0)).not.toBe(settingSeed(1, 1));
    expect(() => surfaceWeights(own, 3, 1)).toThrow('3 goals take at least 4 settings');
  });
});

const sample = (canonical: string | null, scores: (number | null)[]) => ({ canonical, scores, raw: scores });

describe('figures of a setting', () => {
  it('count the invalid, leave out the missing, and judge by the run’s own weights', () => {
    const samples = [sample('a', [1, 0.5]), sample('a', [1, 0.5]), sample('b', [0, null]), sample(null, [null, null])];
    const figures = settingFigures(samples, [0.75, 0.25], 'arithmetic');
    expect(figures).toMatchObject({ sampled: 4, valid: 0.75, unique: 2 / 3, total: { mean: 0.875 } });
    expect(figures.objectives.map(({ mean }) => mean)).toEqual([2 / 3, 0.5]);
    expect(figures.without).toHaveLength(GROUPS);
    // The first sequence is the first group.
    expect(figures.without[0]).toEqual([0.5, 0.5]);
  });

  it('are null where nothing is valid', () => {
    const figures = settingFigures([sample(null, [null])], [1], 'arithmetic');
    expect(figures).toMatchObject({ valid: 0, unique: 0, total: { mean: null }, objectives: [{ mean: null }] });
  });
});

describe('the surface', () => {
  /** A setting whose sequences scatter around these means. */
  const setting = (means: readonly number[], spread: number, n: number, seed: number) => {
    const random = randomStream(seed);
    return settingFigures(
      Array.from({ length: n }, (_, i) =>
        sample(
          String(i),
          means.map((mean) => mean + spread * random.normal()),
        ),
      ),
      means.map(() => 1 / means.length),
      'arithmetic',
    );
  };

  it('says which settings no other beats, and what they dominate', () => {
    const exact = [
      [0.8, 0.2],
      [0.5, 0.5],
      [0.2, 0.8],
      [0.4, 0.4],
    ].map((means, i) => setting(means, 0, 20, i));
    const {
      hypervolume: { value, error },
      front,
    } = surfaceOf(exact, 1);
    expect(front).toEqual([true, true, true, false]);
    expect(value).toBeCloseTo(0.8 * 0.2 + 0.5 * 0.3 + 0.2 * 0.3, 10);
    expect(error).toBeCloseTo(0, 10);
  });

  it('has the error that repeating the measurement shows', () => {
    const measured = Array.from(
      { length: 60 },
      (_, repeat) =>
        surfaceOf(
          [
            [0.8, 0.2],
            [0.5, 0.5],
            [0.2, 0.8],
          ].map((means, i) => setting(means, 0.1, 200, repeat * 3 + i)),
          1,
        ).hypervolume,
    );
    const mean = measured.reduce((sum, { value }) => sum + value, 0) / measured.length;
    const spread = Math.sqrt(measured.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (measured.length - 1));
    const error = measured.reduce((sum, one) => sum + one.error, 0) / measured.length;
    expect(error / spread).toBeGreaterThan(0.7);
    expect(error / spread).toBeLessThan(1.4);
  });

  it('leaves a setting without a mean out', () => {
    const {
      front,
      hypervolume: { value },
    } = surfaceOf(
      [setting([0.5, 0.5], 0, 20, 1), settingFigures([sample('a', [1, null])], [0.5, 0.5], 'arithmetic')],
      1,
    );
    expect(front).toEqual([true, false]);
    expect(value).toBeCloseTo(0.25, 12);
  });
});
