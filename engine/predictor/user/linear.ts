/** @file The linear part of a predictor: a weight for each place of a molecule's folded Morgan counts. */
import { foldedCounts } from '../../chem/folded.ts';
import type { CountFingerprint } from '../../chem/morgan.ts';

/** Places of the folded counts. */
export const LINEAR_PLACES = 2048;

export interface LinearModel {
  /** [LINEAR_PLACES] */
  readonly weights: Float32Array;
  readonly bias: number;
}

/** @param counts of radius 2, not yet folded */
export function linearValue({ weights, bias }: LinearModel, counts: CountFingerprint): number {
  let sum = bias;
  for (const [place, count] of foldedCounts(counts, LINEAR_PLACES)) sum += weights[place] * count;
  return sum;
}

/** The model that says the mean of what several say. */
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
