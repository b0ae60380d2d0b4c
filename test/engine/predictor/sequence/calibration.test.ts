/** @file Errors of predictions that rise with them, on draws whose noise is known. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../engine/generator/random.ts';
import {
  type Comparison,
  coverage,
  errorModel,
  errorOf,
  fitResidual,
  fitRise,
  residualAt,
} from '../../../../engine/predictor/sequence/calibration.ts';

const random = randomStream(17);

/** Predictions of deviation 1 whose noise is `noise`, e^(rise * prediction) times. */
function draws(count: number, noise: number, rise: number): Comparison[] {
  return Array.from({ length: count }, () => {
    const predicted = random.normal();
    const bounded = Math.min(2, Math.max(-2, predicted));
    return { predicted, spread: 0, measured: predicted + noise * Math.exp(rise * bounded) * random.normal() };
  });
}

describe('errors of predictions', () => {
  it('rise as the noise does, and not where it does not', () => {
    expect(fitRise(draws(20_000, 0.6, 0.35))).toBeCloseTo(0.35, 1);
    expect(fitRise(draws(20_000, 0.6, 0))).toBeCloseTo(0, 1);
    expect(fitRise(draws(20_000, 0.6, -0.3))).toBeCloseTo(-0.3, 1);
  });

  it('cover 90% of what was not seen, of low and of high predictions', () => {
    const fit = errorModel(draws(4000, 0.5, 0.4), draws(4000, 0.7, 0.4), draws(8000, 0.7, 0.4));
    const seen = draws(20_000, 0.5, 0.4).map((one) => ({
      ...one,
      error: errorOf(one.spread, residualAt({ ...fit, mean: 0, deviation: 1 }, one.predicted)),
    }));
    for (const part of [seen.filter(({ predicted }) => predicted < 0), seen.filter(({ predicted }) => predicted >= 0)])
      expect(Math.abs(coverage(part) - 0.9)).toBeLessThan(0.03);
    // One width for all is too wide for the low and too narrow for the high.
    const error = fitResidual(seen);
    expect(coverage(seen.filter(({ predicted }) => predicted > 1).map((one) => ({ ...one, error })))).toBeLessThan(0.8);
  });

  it('are wider where the validation fold was easier than the training fold is', () => {
    const [blend, words, others] = [draws(2000, 0.5, 0), draws(2000, 0.6, 0), draws(8000, 0.9, 0)];
    const { residual } = errorModel(blend, words, others);
    expect(residual / fitResidual(blend)).toBeCloseTo(1.5, 1);
  });

  it('stay where the measurements end', () => {
    const task = { residual: 0.3, rise: 0.5, mean: 10, deviation: 2 };
    expect(residualAt(task, 10)).toBeCloseTo(0.3, 10);
    expect(residualAt(task, 12)).toBeCloseTo(0.3 * Math.exp(0.5), 10);
    expect(residualAt(task, 99)).toBeCloseTo(0.3 * Math.E, 10);
    expect(residualAt({ residual: 0.3, mean: 10, deviation: 2 }, 99)).toBe(0.3);
  });
});
