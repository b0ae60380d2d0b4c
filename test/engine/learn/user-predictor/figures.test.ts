/**
 * Figures against scikit-learn 1.9 (r2_score, roc_auc_score, average_precision_score) and SciPy's spearmanr; folds;
 * verdicts.
 */
import { describe, expect, test } from 'vitest';
import {
  figuresOf,
  judgeFolds,
  type LearnMolecule,
  planFolds,
} from '../../../../engine/learn/user-predictor/cross-validation.ts';
import { classFigures, regressionFigures } from '../../../../engine/learn/user-predictor/figures.ts';
import { scaffoldFolds } from '../../../../engine/learn/user-predictor/folds.ts';
import { fitLinear } from '../../../../engine/learn/user-predictor/linear.ts';
import { temperatureOf } from '../../../../engine/learn/user-predictor/temperature.ts';
import { classVerdict, regressionVerdict, tooLittle } from '../../../../engine/learn/user-predictor/verdict.ts';
import { linearValue } from '../../../../engine/predictor/user/linear.ts';

const rows = (measured: readonly number[], predicted: readonly number[], error: number | null = null) =>
  measured.map((value, i) => ({ measured: value, predicted: predicted[i], error }));

describe('figures', () => {
  test('of amounts', () => {
    const figures = regressionFigures(rows([3, -0.5, 2, 7, 4.2], [2.5, 0, 2, 8, 4.2], 0.4));
    expect(figures.r2).toBeCloseTo(0.950968, 6);
    expect(figures.mae).toBeCloseTo(0.4, 10);
    expect(figures.rmse).toBeCloseTo(0.547723, 6);
    expect(figures.spearman).toBeCloseTo(1, 10);
    expect(figures.coverage).toBe(0.8);
    expect(regressionFigures(rows([1, 2, 3, 4, 5], [2, 1, 4, 3, 3])).spearman).toBeCloseTo(0.564288, 5);
    expect(regressionFigures(rows([1, 2, 3], [2, 2, 2]))).toMatchObject({ r2: 0, spearman: null, coverage: null });
  });

  test('of classes, equal predictions included', () => {
    const figures = classFigures(rows([0, 0, 1, 1, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.2]));
    expect(figures).toMatchObject({ count: 6, positives: 3, accuracy: 4 / 6 });
    expect(figures.rocAuc).toBeCloseTo(0.833333, 5);
    expect(figures.prAuc).toBeCloseTo(0.805556, 5);
    expect(classFigures(rows([1, 1], [0.2, 0.9]))).toMatchObject({ rocAuc: null, prAuc: null });
  });
});

test('folds hold whole scaffolds, are even, and do not depend on the order', () => {
  const scaffolds = [...'aaaaabbbccdefghij'];
  const folds = scaffoldFolds(scaffolds, 3);
  const sizes = [0, 1, 2].map((fold) => folds.filter((of) => of === fold).length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  const place = new Map(scaffolds.map((scaffold, i) => [scaffold, folds[i]]));
  expect(scaffolds.every((scaffold, i) => folds[i] === place.get(scaffold))).toBe(true);
  const turned = [...scaffolds].reverse();
  expect([...scaffoldFolds(turned, 3)]).toEqual(turned.map((scaffold) => place.get(scaffold)));
});

test('the linear model finds a linear law', () => {
  const counts = Array.from(
    { length: 60 },
    (_, i) =>
      new Map([
        [1, i % 5],
        [2, i % 3],
        [3, i % 7],
      ]),
  );
  const law = (one: ReadonlyMap<number, number>) => 2 + 0.5 * one.get(1)! - 1.5 * one.get(2)!;
  const model = fitLinear(
    counts,
    counts.map(law),
    counts.map((_, i) => i % 5),
  );
  expect(
    linearValue(
      model,
      new Map([
        [1, 4],
        [2, 0],
        [3, 3],
      ]),
    ),
  ).toBeCloseTo(4, 1);
});

test('the temperature of odds that are twice too large is two', () => {
  const data = [-3, -2, -1, 0, 1, 2, 3].flatMap((odds) =>
    Array.from({ length: 1000 }, (_, i) => ({ odds: 2 * odds, isPositive: i / 1000 < 1 / (1 + Math.exp(-odds)) })),
  );
  expect(temperatureOf(data)).toBeCloseTo(2, 1);
});

/** Molecules of 30 scaffolds whose value a prediction misses by `noise`. */
function validation(noise: number, kind: 'regression' | 'classification', count = 120) {
  const molecules: LearnMolecule[] = Array.from({ length: count }, (_, i) => ({
    smiles: `m${i}`,
    value: kind === 'regression' ? Math.sin(i) : i % 2,
    bound: 'exact',
    lines: [i],
    scaffold: `s${i % 30}`,
    counts: new Map([[i % 7, 1]]),
  }));
  const plan = planFolds(molecules);
  return judgeFolds(
    kind,
    molecules,
    plan,
    plan.folds.map(({ heldOut }) => heldOut.map((i) => molecules[i].value + noise * Math.cos(7 * i))),
  );
}

describe('verdicts', () => {
  test.each([
    [0.3, 'good'],
    [1, 'soft'],
    [1.8, 'weak'],
    [6, 'refused'],
  ])('amounts missed by %s', (noise, tier) => {
    const found = validation(noise, 'regression');
    const verdict = regressionVerdict(figuresOf('regression', found), found);
    expect(verdict).toMatchObject({
      tier,
      text: expect.stringContaining('Predicts unseen scaffolds with R2') as string,
    });
    if (tier === 'refused') expect(verdict.reasons.length).toBeGreaterThan(0);
  });

  test('classes', () => {
    const good = validation(0.3, 'classification');
    expect(classVerdict(figuresOf('classification', good), good).tier).toBe('good');
    const bad = validation(20, 'classification');
    expect(classVerdict(figuresOf('classification', bad), bad).tier).toBe('refused');
  });

  test('too few molecules are no promise, however good the figures', () => {
    const few = validation(0.1, 'regression', 40);
    expect(regressionVerdict(figuresOf('regression', few), few)).toMatchObject({
      tier: 'refused',
      reasons: ['There are 40 different molecules with a value; at least 50 are needed.'],
    });
    expect(tooLittle(200, 3, 5)).toEqual([
      'They have 3 different scaffolds; at least 8 are needed to hold some out.',
      'Only 5 are of the rarer class; at least 15 are needed.',
    ]);
    expect(tooLittle(200, 50, 50)).toEqual([]);
  });

  test('error bars are those of the other folds, and cover what they promise', () => {
    const { rows: found, residual } = validation(0.5, 'regression');
    expect(found.every(({ error }) => error !== null && error > 0)).toBe(true);
    expect(residual).toBeCloseTo(0.3, 1);
    expect(regressionFigures(found).coverage).toBeGreaterThan(0.8);
  });
});
