/** Merge maths, schedule counts, the simplex, hypervolume, ICV and expert spread: literal values. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { hypervolume, nondominated } from '../../../engine/soup/hypervolume.ts';
import {
  averageMoments,
  blend,
  extrapolation,
  mergeLinear,
  moved,
  renormalised,
  spreadWeights,
  startingMoments,
} from '../../../engine/soup/merge.ts';
import { disagreement, evaluate, expertSpread, inverseVariation } from '../../../engine/soup/metrics.ts';
import { drawExperts, planOf, soupsSteps } from '../../../engine/soup/schedule.ts';
import { simplexDraw } from '../../../engine/soup/search.ts';
import { toyRequest } from './toy.ts';

const a = Float32Array.of(1, 0, -2);
const b = Float32Array.of(3, 4, 2);

describe('merge', () => {
  it('is the weighted sum', () => {
    expect(mergeLinear([a, b], [0.75, 0.25])).toEqual(Float32Array.of(1.5, 1, -1));
    expect(mergeLinear([a], [1])).toEqual(a);
    expect(() => mergeLinear([a, Float32Array.of(1)], [0.5, 0.5])).toThrow(
      'Experts of 3 and 1 parameters cannot be merged.',
    );
    expect(() => mergeLinear([a, b], [1])).toThrow('there are 2 experts and 1 weights');
  });

  it('renormalises over the drawn experts', () => {
    expect(renormalised([0.2, 0.3, 0.5], [0, 1])).toEqual([0.4, 0.6]);
    expect(spreadWeights([0.4, 0.6], [0, 2], 4)).toEqual([0.4, 0, 0.6, 0]);
    expect(() => renormalised([0, 0, 1], [0, 1])).toThrow('All weights are 0');
  });

  it('has a rule for the moments', () => {
    const one = { first: a, second: b, steps: 4 };
    expect(averageMoments([one, { first: b, second: b, steps: 4 }], [0.5, 0.5])).toEqual({
      first: Float32Array.of(2, 2, 0),
      second: b,
      steps: 4,
    });
    const merged = { ...one, steps: 8 };
    expect([
      startingMoments('reset', one, merged),
      startingMoments('keep', one, merged),
      startingMoments('average', one, merged),
    ]).toEqual([null, one, merged]);
  });

  it('goes further the more the experts differ, as FedExP', () => {
    const start = Float32Array.of(1, 1, 1, 1);
    const experts = [0, 1, 2, 3].map((i) => start.map((v, at) => v + 2 * Number(at === i)));
    const lambda = [0.25, 0.25, 0.25, 0.25];
    const mean = mergeLinear(experts, lambda);
    // Four orthogonal steps of length 2: 4 / (2 x 1).
    expect(extrapolation(experts, lambda, start, mean)).toBe(2);
    expect(moved(start, mean, 2)).toEqual(Float32Array.of(2, 2, 2, 2));
    expect(extrapolation([experts[0], experts[0]], [0.5, 0.5], start, experts[0])).toBe(1);
    const opposed = [Float32Array.of(2), Float32Array.of(-1.99)];
    expect(extrapolation(opposed, [0.5, 0.5], Float32Array.of(0), mergeLinear(opposed, [0.5, 0.5]))).toBe(2);
    expect(extrapolation([start, start], [0.5, 0.5], start, start)).toBe(1);
  });

  it('blends experts for steering; one never trained counts as the merge', () => {
    expect(blend([a, null], b, [3, 1], 1)).toEqual(Float32Array.of(1.5, 1, -1));
    expect(blend([a, null], b, [3, 1], 0)).toEqual(b);
    expect(blend([a, null], b, [3, 1], 3)).toEqual(b.map((value, at) => value + 3 * ([1.5, 1, -1][at] - value)));
    expect(() => blend([null], b, [1], 1)).toThrow('no experts to steer between');
    expect(() => blend([a, b], b, [1], 1)).toThrow('Steering takes 2 weights');
    expect(() => blend([a, b], b, [1, -1], 1)).toThrow('must be 0 or above');
    expect(() => blend([a, b], b, [1, 1], -1)).toThrow('from 0, not -1');
  });

  it('leaves the run’s own merge where it is, however far it reaches', () => {
    const own = mergeLinear([a, b], [0.25, 0.75]);
    expect(blend([a, b], own, [1, 3], 8)).toEqual(own);
  });
});

describe('schedule', () => {
  it('draws M of N, every objective about equally often, the same for one seed', () => {
    const plan = planOf(toyRequest({ experts_a_round: 2 }));
    const counts = [0, 0, 0];
    for (let round = 1; round <= 600; round++) {
      const drawn = drawExperts(plan, 7, round);
      expect(drawn).toEqual([...new Set(drawn)].sort());
      expect(drawn.length).toBe(2);
      drawn.forEach((i) => counts[i]++);
    }
    counts.forEach((c) => expect(Math.abs(c - 400)).toBeLessThan(50));
    expect(drawExperts(plan, 7, 3)).toEqual(drawExperts(plan, 7, 3));
  });

  it('leaves out objectives of weight 0 and refuses a run of only those', () => {
    const request = toyRequest({});
    const weighing = (weights: number[]) => ({
      ...request,
      objectives: request.objectives.map((o, i) => ({ ...o, weight: weights[i] })),
    });
    expect(planOf(weighing([0.5, 0, 0.5]))).toMatchObject({ trained: [0, 2], M: 2 });
    expect(() => planOf(weighing([0, 0, 0]))).toThrow('All weights are 0');
  });

  it('deals T M steps to the experts of soups exactly, evenly in every round', () => {
    const plan = planOf(toyRequest({ steps: 20, merge_every: 4, experts_a_round: 2 }));
    for (let round = 0; round <= 5; round++) {
      const steps = [0, 1, 2].map((k) => soupsSteps(plan, k, round));
      expect(steps.reduce((x, y) => x + y)).toBe(round * 8);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    }
  });

  it('draws merge weights uniformly from the simplex', () => {
    const draws = Array.from({ length: 2000 }, (_, d) => simplexDraw(3, randomStream(3, d)));
    draws.forEach((w) => expect(w.reduce((x, y) => x + y)).toBeCloseTo(1, 12));
    // Under Dirichlet(1, 1, 1) a weight has mean 1/3 and exceeds 1/2 with probability 1/4.
    expect(draws.reduce((s, w) => s + w[0], 0) / 2000).toBeCloseTo(1 / 3, 1);
    expect(draws.filter((w) => w[1] > 0.5).length / 2000).toBeCloseTo(0.25, 1);
  });
});

describe('hypervolume', () => {
  const random = () => randomStream(5);
  it('equals hand-made volumes', () => {
    expect(
      hypervolume(
        [
          [0.5, 0.5],
          [0.25, 0.75],
          [0.4, 0.4],
        ],
        random(),
      ),
    ).toEqual({ value: 0.3125, error: 0 });
    expect(
      hypervolume(
        [
          [1, 0.5, 0.5],
          [0.5, 1, 0.5],
          [0.5, 0.5, 1],
        ],
        random(),
      ).value,
    ).toBeCloseTo(0.5, 12);
    expect(
      hypervolume(
        [
          [1, 1, 0.5, 0.5],
          [0.5, 0.5, 1, 1],
        ],
        random(),
      ).value,
    ).toBeCloseTo(0.4375, 12);
    expect(hypervolume([], random())).toEqual({ value: 0, error: 0 });
    expect(
      nondominated([
        [1, 0],
        [0, 1],
        [0, 0.5],
        [1, 0],
      ]),
    ).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('agrees with counting on 300 random points of 4 objectives, and estimates 6 within its error', () => {
    const at = randomStream(9);
    const draw = (d: number) => Array.from({ length: d }, () => at.uniform());
    const points = Array.from({ length: 300 }, () => draw(4));
    const hits = Array.from({ length: 20_000 }, () => draw(4)).filter((x) =>
      points.some((p) => p.every((v, i) => v >= x[i])),
    ).length;
    expect(hypervolume(points, random()).value).toBeCloseTo(hits / 20_000, 1);
    const six = hypervolume(
      [
        [0.5, 1, 1, 1, 1, 1],
        [1, 0.5, 1, 1, 1, 1],
      ],
      random(),
    );
    expect(Math.abs(six.value - 0.75)).toBeLessThan(4 * six.error);
  });
});

describe('metrics', () => {
  it('inverse variation and expert spread', () => {
    expect(inverseVariation([1, 2, 3])).toBe(2);
    expect([inverseVariation([1]), inverseVariation([2, 2])]).toEqual([null, null]);
    // Two experts at distance 2 from the merge and 4 from each other.
    expect(expertSpread([Float32Array.of(2, 0), Float32Array.of(-2, 0)], Float32Array.of(0, 0))).toBe(2);
    // Pairs 3, 4 and 5 apart, at 0, 3 and 4 from the merge.
    const corners = [Float32Array.of(0, 0), Float32Array.of(3, 0), Float32Array.of(0, 4)];
    expect(expertSpread(corners, Float32Array.of(0, 0))).toBeCloseTo(4 / (7 / 3), 12);
    expect(expertSpread([a], a)).toBeNull();
    expect(expertSpread([a, a], a)).toBeNull();
  });

  it('experts that go the same way agree, those at right angles and against each other do not', () => {
    const start = Float32Array.of(1, 1);
    const to = (x: number, y: number) => Float32Array.of(1 + x, 1 + y);
    expect(disagreement([to(2, 0), to(2, 0)], to(2, 0), start)).toBe(0);
    expect(disagreement([to(2, 0), to(0, 2)], to(1, 1), start)).toBeCloseTo(Math.SQRT1_2, 6);
    expect(disagreement([to(2, 0), to(-2, 0)], to(0, 0), start)).toBe(1);
    expect(disagreement([to(2, 0)], to(2, 0), start)).toBeNull();
    expect(disagreement([start, start], start, start)).toBeNull();
  });

  it('evaluates a sample with invalid and missing ones in it', () => {
    const one = (canonical: string | null, scores: (number | null)[], total: number | null) => ({
      source: 'merge' as const,
      round: 1,
      step: 4,
      objective: null,
      draw: 0,
      slot: 0,
      text: '',
      scaffold: canonical && canonical[0],
      raw: scores,
      constraints: [],
      reward: null,
      logPolicy: -1,
      logPrior: -1,
      canonical,
      scores,
      total,
    });
    const samples = [
      one('ab', [0.5, 1], 0.75),
      one('ab', [0.5, 1], 0.75),
      one('ac', [1, 0.5], 0.75),
      one('bc', [null, 0.5], null),
      one(null, [null, null], null),
    ];
    const result = evaluate(samples, 2, new Set(['ab']), randomStream(1));
    expect(result).toMatchObject({
      valid: 0.8,
      unique: 0.75,
      total: 0.75,
      worst: 2 / 3,
      novel: 2 / 3,
      scaffolds: 2 / 3,
      icvSequences: null,
    });
    expect(result.hypervolume.value).toBeCloseTo(0.75, 12);
    expect(result.icvObjectives).toBeCloseTo(0.75 / Math.sqrt(0.125), 12);
  });
});
