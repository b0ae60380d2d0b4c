/**
 * @file The word model of a training set: fitted with the prior that suits the validation fold, and evaluated by
 * cross-validation on the training fold, which has many more sequences.
 */
import type { Comparison } from '../predictor/sequence/calibration.ts';
import type { WordModel } from '../predictor/sequence/words.ts';
import { families } from './predictor-data.ts';
import type { TrainingSet } from './predictor-training.ts';
import { scaffoldFolds } from './user-predictor/folds.ts';
import { fitted, type Known, type Prior, ridge, type RidgeFit, WordTable } from './word-ridge.ts';

/** Priors that are tried. The validation fold selects one for each task separately. */
const PENALTIES = [0.5, 1, 2, 4];
const AGREEMENTS = [0, 0.7];
/** Folds of the cross-validation. */
const FOLDS = 5;

function modelOf(fits: readonly RidgeFit[]): WordModel {
  return { weights: fits.map(({ weights }) => Float32Array.from(weights)), biases: fits.map(({ bias }) => bias) };
}

export class WordRegression {
  readonly #set: TrainingSet;
  readonly #table: WordTable;

  constructor(set: TrainingSet, bothStrands: boolean) {
    this.#set = set;
    this.#table = new WordTable(set.data.sequences, bothStrands);
  }

  /** Fits all tasks to the training fold, in standardised units. @returns also the selected priors, one per task */
  fit(): { model: WordModel; priors: Prior[] } {
    const { training, validation } = this.#set.folds;
    const agreements = this.#set.scales.length === 1 ? [0] : AGREEMENTS;
    const priors = agreements.flatMap((agreement) => PENALTIES.map((penalty) => ({ penalty, agreement })));
    const candidates = priors.map((prior) => ridge(this.#table, this.#known(training), prior));
    const chosen = this.#known(validation).map((held, task) => {
      const errors = candidates.map((fits) => this.#error(held, fits[task]));
      return errors.indexOf(Math.min(...errors));
    });
    return {
      model: modelOf(chosen.map((candidate, task) => candidates[candidate][task])),
      priors: chosen.map((candidate) => priors[candidate]),
    };
  }

  /**
   * The same with the validation fold included, once nothing more has to be selected.
   * @param priors selected by `fit`
   */
  refit(priors: readonly Prior[]): WordModel {
    const { training, validation } = this.#set.folds;
    return modelOf(this.#fitsWith(priors, this.#known([...training, ...validation])));
  }

  /**
   * Standardised predictions and measurements of the training fold, from fits without the sequence and its family.
   * @param priors one per task @returns one list per task
   */
  crossValidated(priors: readonly Prior[]): Comparison[][] {
    const {
      folds: { training },
      data,
    } = this.#set;
    const family = families(training.map((i) => data.sequences[i]));
    const place = scaffoldFolds([...family].map(String), FOLDS);
    const lists = priors.map((): Comparison[] => []);
    for (let fold = 0; fold < FOLDS; fold++) {
      const fits = this.#fitsWith(priors, this.#known(training.filter((_, at) => place[at] !== fold)));
      this.#known(training.filter((_, at) => place[at] === fold)).forEach((held, task) =>
        lists[task].push(...this.#compared(held, fits[task])),
      );
    }
    return lists;
  }

  /** Each task with its prior. */
  #fitsWith(priors: readonly Prior[], learnt: readonly Known[]): RidgeFit[] {
    const fits = new Map([...new Set(priors)].map((prior) => [prior, ridge(this.#table, learnt, prior)]));
    return priors.map((prior, task) => fits.get(prior)![task]);
  }

  #compared({ rows, wanted }: Known, fit: RidgeFit): Comparison[] {
    return [...fitted(this.#table, rows, fit)].map((predicted, i) => ({ predicted, spread: 0, measured: wanted[i] }));
  }

  #error(held: Known, fit: RidgeFit): number {
    return this.#compared(held, fit).reduce((sum, { predicted, measured }) => sum + (predicted - measured) ** 2, 0);
  }

  /** Measurements of these sequences, one list per task. */
  #known(fold: readonly number[]): Known[] {
    const { data, scales } = this.#set;
    return scales.map(({ mean, deviation }, task) => {
      const rows = fold.filter((i) => !Number.isNaN(data.values[i][task]));
      return { rows, wanted: Float64Array.from(rows, (i) => (data.values[i][task] - mean) / deviation) };
    });
  }
}
