/**
 * @file Ridge regression of the word model, all tasks together: the weights w_t with the least sum over tasks of |y_t -
 * X_t w_t|^2 + penalty sum over pairs of w_t P_ts w_s, where P is the inverse of the assumed correlation of the tasks'
 * weights (as in Evgeniou and Pontil 2004). Solved by conjugate gradients, since X has one row per sequence, tens of
 * thousands of columns and few entries.
 */
import { wordCount, wordNorm, wordsOf } from '../predictor/sequence/words.ts';
import { conjugateGradients, dot } from './conjugate-gradients.ts';

/** Assumptions on the weights before anything is measured. */
export interface Prior {
  readonly penalty: number;
  /** Correlation of the weights of two tasks. 0 learns each separately; below 1. */
  readonly agreement: number;
}

/** Words of many sequences, one after another. */
export class WordTable {
  readonly columns: number;
  readonly #words: Uint16Array[] | Int32Array[];
  readonly #norms: Float64Array;

  constructor(sequences: readonly string[], bothStrands: boolean) {
    this.columns = wordCount(bothStrands);
    const found = sequences.map((sequence) => wordsOf(sequence, bothStrands));
    this.#norms = Float64Array.from(found, wordNorm);
    // Half the memory if the numbers are small enough.
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

/** Sequences with a measurement of one task, with standardised values. */
export interface Known {
  readonly rows: readonly number[];
  readonly wanted: Float64Array;
}

export interface RidgeFit {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Predictions of a fit for the given rows. */
export function fitted(table: WordTable, rows: readonly number[], { weights, bias }: RidgeFit): Float64Array {
  return table.times(rows, weights).map((value) => value + bias);
}

/** One fit per task. Columns and values are centred, so that biases are not penalised. */
export function ridge(table: WordTable, tasks: readonly Known[], prior: Prior): RidgeFit[] {
  const centred = tasks.map((known) => new CentredTask(table, known));
  const partOf = (all: Float64Array, task: number) => all.subarray(task * table.columns, (task + 1) * table.columns);
  const stacked = (of: (task: number) => Float64Array) => {
    const all = new Float64Array(tasks.length * table.columns);
    tasks.forEach((_, task) => partOf(all, task).set(of(task)));
    return all;
  };
  const apply = (weights: Float64Array) => {
    const image = stacked((task) => centred[task].squared(partOf(weights, task)));
    addPenalty(image, weights, tasks.length, prior);
    return image;
  };
  const weights = conjugateGradients(
    apply,
    stacked((task) => centred[task].target),
  );
  return centred.map((task, i) => task.fit(partOf(weights, i)));
}

/**
 * Adds penalty P w, where P is the inverse of the matrix with 1 on the diagonal and the correlation beside it.
 * @param into and weights, stacked [tasks * columns]
 */
function addPenalty(into: Float64Array, weights: Float64Array, tasks: number, { penalty, agreement }: Prior): void {
  const columns = weights.length / tasks;
  const own = penalty / (1 - agreement);
  const shared = (own * agreement) / (1 + (tasks - 1) * agreement);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let at = column; at < weights.length; at += columns) sum += weights[at];
    for (let at = column; at < weights.length; at += columns) into[at] += own * weights[at] - shared * sum;
  }
}

/** X and y of one task, each minus its mean. */
class CentredTask {
  readonly #table: WordTable;
  readonly #rows: readonly number[];
  readonly #means: Float64Array;
  readonly #middle: number;
  /** X^T y. */
  readonly target: Float64Array;

  constructor(table: WordTable, { rows, wanted }: Known) {
    this.#table = table;
    this.#rows = rows;
    this.#means = table.transposed(rows, new Float64Array(rows.length).fill(1 / rows.length));
    this.#middle = wanted.reduce((sum, value) => sum + value, 0) / Math.max(1, wanted.length);
    this.target = table.transposed(
      rows,
      wanted.map((value) => value - this.#middle),
    );
  }

  /** X^T X w. */
  squared(weights: Float64Array): Float64Array {
    const offset = dot(this.#means, weights);
    const values = this.#table.times(this.#rows, weights).map((value) => value - offset);
    const total = values.reduce((sum, value) => sum + value, 0);
    return this.#table.transposed(this.#rows, values).map((value, i) => value - this.#means[i] * total);
  }

  fit(weights: Float64Array): RidgeFit {
    return { weights, bias: this.#middle - dot(this.#means, weights) };
  }
}
