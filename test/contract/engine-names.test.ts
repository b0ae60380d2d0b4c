/** @file What contract/ has to repeat of engine/, which it may not import, is the same there. */
import { expect, it, test } from 'vitest';
import { z } from 'zod';
import * as contract from '../../contract/api.ts';
import * as shape from '../../contract/design-shape.ts';
import { aggregates } from '../../engine/objectives/aggregate.ts';
import { constraintKinds } from '../../engine/objectives/constraints.ts';
import { goalKinds } from '../../engine/objectives/goals.ts';
import { methods } from '../../engine/soup/settings.ts';
import type { RoundMetrics } from '../../engine/soup/types.ts';

test.each([
  ['goalKinds', shape.goalKinds, goalKinds],
  ['constraintKinds', shape.constraintKinds, constraintKinds],
  ['methods', shape.methods, methods],
  ['aggregates', contract.aggregates, aggregates],
])('%s', (_, repeated, original) => {
  expect(repeated).toEqual(original);
});

/** A round as the host stores it: the compute process adds the diversity. */
type StoredRound = RoundMetrics & { readonly diversity: number };

it('RoundMetrics: the contract knows every figure of a round, and no other', () => {
  const mean = { mean: 0.5, low: 0.4, high: 0.6, raw: 1.2 };
  const metrics: StoredRound = {
    round: 1,
    step: 4,
    scored: 128,
    mergeWeights: [1],
    expertSpread: 2,
    disagreement: 0.7,
    valid: 1,
    unique: 1,
    diversity: 0.8,
    total: 0.5,
    objectives: [mean],
    constraints: [{ met: 1, violation: 0, multiplier: null }],
    experts: [],
    scaffolds: 12,
    seconds: 3,
  };
  expect(z.strictObject(contract.roundMetrics.shape).parse(metrics)).toEqual(metrics);
  expect(Object.keys(contract.roundMetrics.shape).sort()).toEqual(Object.keys(metrics).sort());
});
