/** @file The database's totals are the engine's: one formula in two places that may not import each other. */
import { describe, expect, it } from 'vitest';
import { normalisedWeights, totalOf } from '../../db/aggregate.ts';
import { randomStream } from '../../engine/generator/random.ts';
import { aggregate, aggregates, normaliseWeights } from '../../engine/objectives/aggregate.ts';

/** Scores with zeros, ones and missing ones among them; weights with zeros. */
function cases(count: number) {
  const { uniform } = randomStream(4);
  const score = () => {
    const kind = uniform();
    if (kind < 0.1) return null;
    return kind < 0.15 ? 0 : kind < 0.2 ? 1 : uniform();
  };
  return Array.from({ length: count }, () => {
    const goals = 1 + Math.floor(uniform() * 6);
    const weights = Array.from({ length: goals }, () => (uniform() < 0.25 ? 0 : uniform()));
    weights[0] += 0.1;
    return { scores: Array.from({ length: goals }, score), weights };
  });
}

describe.each(aggregates)('%s', (kind) => {
  it('is the same in the engine and in the database, missing scores too', () => {
    const all = cases(2000);
    let missing = 0;
    for (const { scores, weights } of all) {
      const ours = totalOf(scores, normalisedWeights(weights, weights.length), kind);
      const engines = aggregate(kind, scores, normaliseWeights(weights));
      if (engines === null) missing++;
      expect(ours).toEqual(engines === null ? null : expect.closeTo(engines, 12));
      expect(engines === null).toBe(scores.some((score, i) => score === null && weights[i] > 0));
    }
    expect(missing).toBeGreaterThan(100);
    expect(missing).toBeLessThan(1900);
  });
});
