/** @file The linear part of a predictor: one weight per position of the folded Morgan counts of a molecule. */
import { foldedCounts } from '../../chem/folded.ts';
import type { CountFingerprint } from '../../chem/morgan.ts';

/** Number of positions of the folded counts. */
export const LINEAR_PLACES = 2048;

export interface LinearModel {
  /** [LINEAR_PLACES] */
  readonly weights: Float32Array;
  readonly bias: number;
}

/** @param counts with radius 2, not yet folded */
export function linearValue({ weights, bias }: LinearModel, counts: CountFingerprint): number {
  let sum = bias;
  for (const [place, count] of foldedCounts(counts, LINEAR_PLACES)) sum += weights[place] * count;
  return sum;
}

/** The model that predicts the mean of several models' predictions. */
export function meanLinear(models: readonly LinearModel[]): LinearModel {
  const share = 1 / models.length;
  return {
    weights: Float32Array.from(
      { length: LINEAR_PLACES },
      (_, place) => share * models.reduce((sum, { weights }) => sum + weights[place], 0),
    ),
    bias: share * models.reduce((sum, { bias }) => sum + bias, 0),
  };
}
