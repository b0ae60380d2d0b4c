/**
 * Ridge regression of the word model: the weights w with the least
 * |y - Xw|^2 + penalty |w|^2, by conjugate gradients, since X has a row a
 * sequence, tens of thousands of columns and few entries.
 */
import { wordCount, wordNorm, wordsOf, type WordModel } from '../predictor/sequence/words.ts';
import { conjugateGradients, dot } from './conjugate-gradients.ts';
import type { TrainingSet } from './predictor-training.ts';

/** Penalties that are tried; the validation fold chooses, for each task by itself. */
const PENALTIES = [0.5, 1, 2, 4];

/** Words of many sequences, one after another. */
class WordTable {
  readonly columns: number;
  readonly #words: Uint16Array[] | Int32Array[];
  readonly #norms: Float64Array;

  constructor(sequences: readonly string[], bothStrands: boolean) {
    this.columns = wordCount(bothStrands);
    const found = sequences.map((sequence) => wordsOf(sequence, bothStrands));
    this.#norms = Float64Array.from(found, wordNorm);
    // Half the memory, where the numbers are small enough.
    this.#words = this.columns <= 65_536 ? found.map((words) => Uint16Array.from(words)) : found;
  }

  /** X w for the given rows. */
  times(rows: readonly number[], weights: Float64Array): Float64Array {
    return Float64Array.from(rows, (row) => {
      const words = this.#words[row];
      let sum = 0;
      for (let i = 0; i < words.length; i++) sum += weights[words[i]];
      return sum / this.#norms[row];
    });
  }

  /** X^T r for the given rows. */
  transposed(rows: readonly number[], residuals: Float64Array): Float64Array {
    const sums = new Float64Array(this.columns);
    rows.forEach((row, i) => {
      const words = this.#words[row];
      const share = residuals[i] / this.#norms[row];
      for (let k = 0; k < words.length; k++) sums[words[k]] += share;
    });
    return sums;
  }
}

/** Fits all tasks in standardised units. */
export function fitWords({ data, folds, scales }: TrainingSet, bothStrands: boolean): WordModel {
  const table = new WordTable(data.sequences, bothStrands);
  const fits = scales.map(({ mean, deviation }, task) => {
    const known = (fold: readonly number[]) => fold.filter((i) => !Number.isNaN(data.values[i][task]));
    const wanted = (rows: readonly number[]) => Float64Array.from(rows, (i) => (data.values[i][task] - mean) / deviation);
    const [training, validation] = [known(folds.training), known(folds.validation)];
    const candidates = PENALTIES.map((penalty) => ridge(table, training, wanted(training), penalty));
    const errors = candidates.map((fit) => meanSquare(table.times(validation, fit.weights), fit.bias, wanted(validation)));
    return candidates[errors.indexOf(Math.min(...errors))];
  });
  return { weights: fits.map(({ weights }) => Float32Array.from(weights)), biases: fits.map(({ bias }) => bias) };
}

function meanSquare(values: Float64Array, bias: number, wanted: Float64Array): number {
  return values.reduce((sum, value, i) => sum + (value + bias - wanted[i]) ** 2, 0) / values.length;
}

interface RidgeFit {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Centred columns and values, so that the bias is not penalised. */
function ridge(table: WordTable, rows: readonly number[], wanted: Float64Array, penalty: number): RidgeFit {
  const middle = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  const means = table.transposed(rows, new Float64Array(rows.length).fill(1 / rows.length));
  const apply = (weights: Float64Array) => {
    const offset = dot(means, weights);
    const values = table.times(rows, weights).map((value) => value - offset);
    const total = values.reduce((sum, value) => sum + value, 0);
    return table.transposed(rows, values).map((value, i) => value - means[i] * total + penalty * weights[i]);
  };
  const weights = conjugateGradients(apply, table.transposed(rows, wanted.map((value) => value - middle)));
  return { weights, bias: middle - dot(means, weights) };
}
