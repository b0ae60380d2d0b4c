/** The end of a predictor's training: calibration on the validation fold, one look at the test fold. */
import type { Weights } from '../generator/parameters.ts';
import { correlation, coverage, fitBlend, fitResidual, type Comparison } from '../predictor/sequence/calibration.ts';
import { fitDomain } from '../predictor/sequence/domain.ts';
import { Ensemble } from '../predictor/sequence/ensemble.ts';
import type { Blend, Predictor } from '../predictor/sequence/predictor.ts';
import type { Device } from '../tensor/device.ts';
import type { PredictorSettings, TrainingSet } from './predictor-training.ts';
import { fitWords } from './word-ridge.ts';

/** How predictions compare with the measurements of one fold. */
export interface FoldReport {
  readonly count: number;
  /** Pearson's. */
  readonly correlation: number;
  /** Root of the mean squared error, in the task's unit. */
  readonly rmse: number;
  /** Share of the measurements within 1.645 errors; 0.9 is right. */
  readonly coverage: number;
}

export interface TaskReport {
  readonly name: string;
  readonly validation: FoldReport;
  readonly test: FoldReport;
}

/**
 * Makes the predictor of trained members: words from the training fold; blend,
 * residuals and domain from the validation fold; figures of both held-out folds
 * into the history.
 * @param names of the tasks
 * @param history what is known of the training
 */
export async function assemblePredictor(set: TrainingSet, settings: PredictorSettings, names: readonly string[], members: readonly Weights[], device: Device, history: Readonly<Record<string, unknown>>): Promise<{ predictor: Predictor; reports: TaskReport[] }> {
  const bare = barePredictor(set, settings, names, members, history);
  const parts = await Promise.all(PARTS.map(async (blend) => standardised(await compare({ ...bare, tasks: bare.tasks.map((task) => ({ ...task, blend })) }, set, set.folds.validation, device), set.scales)));
  const blended = { ...bare, tasks: bare.tasks.map((task, i) => ({ ...task, blend: fitBlend(parts[0][i], parts[1][i]) })) };
  const validation = await compare(blended, set, set.folds.validation, device);
  const test = await compare(blended, set, set.folds.test, device);
  const tasks = blended.tasks.map((task, i) => ({ ...task, residual: fitResidual(validation[i]) }));
  const reports = tasks.map(({ name, residual }, i) => ({ name, validation: foldReport(validation[i], residual), test: foldReport(test[i], residual) }));
  return { predictor: { ...blended, tasks, history: { ...history, report: reports } }, reports };
}

/** The networks alone, and the words alone. */
const PARTS: readonly Blend[] = [{ network: 1, words: 0, offset: 0 }, { network: 0, words: 1, offset: 0 }];

function barePredictor({ data, folds, scales, ...rest }: TrainingSet, { network, bothStrands }: PredictorSettings, names: readonly string[], members: readonly Weights[], history: Readonly<Record<string, unknown>>): Predictor {
  const of = (indices: readonly number[]) => indices.map((i) => data.sequences[i]);
  const domain = fitDomain(of(folds.training), of(folds.validation), bothStrands);
  const words = fitWords({ data, folds, scales, ...rest }, bothStrands);
  const shortest = data.sequences.reduce((least, { length }) => Math.min(least, length), network.length);
  return { network, tasks: scales.map((scale, i) => ({ name: names[i], ...scale, blend: PARTS[0], residual: 0 })), bothStrands, members, words, shortest, domain, history };
}

/** Predictions beside measurements, a list for each task. */
export async function compare(predictor: Predictor, { data }: Pick<TrainingSet, 'data'>, fold: readonly number[], device: Device): Promise<Comparison[][]> {
  const ensemble = await Ensemble.create(device, predictor);
  try {
    const predictions = await ensemble.predict(fold.map((i) => data.sequences[i]));
    return predictor.tasks.map((_, task) => fold.flatMap((index, row) => {
      const measured = data.values[index][task];
      const prediction = predictions[row]?.[task];
      return prediction === undefined || Number.isNaN(measured) ? [] : [{ predicted: prediction.value, spread: prediction.spread, measured }];
    }));
  } finally {
    await ensemble.dispose();
  }
}

function standardised(comparisons: readonly (readonly Comparison[])[], scales: TrainingSet['scales']): Comparison[][] {
  return comparisons.map((list, task) => {
    const { mean, deviation } = scales[task];
    return list.map(({ predicted, spread, measured }) => ({ predicted: (predicted - mean) / deviation, spread: spread / deviation, measured: (measured - mean) / deviation }));
  });
}

/** @param residual of the task that was compared */
export function foldReport(comparisons: readonly Comparison[], residual: number): FoldReport {
  const squares = comparisons.reduce((sum, { predicted, measured }) => sum + (predicted - measured) ** 2, 0);
  return { count: comparisons.length, correlation: correlation(comparisons), rmse: Math.sqrt(squares / comparisons.length), coverage: coverage(comparisons, residual) };
}
