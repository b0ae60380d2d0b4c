/** @file The end of a predictor's training: calibration on the validation fold, one evaluation on the test fold. */
import type { Weights } from '../generator/parameters.ts';
import { fitApplicabilityDomain } from '../predictor/sequence/applicability.ts';
import { type Comparison, correlation, coverage, errorModel, fitBlend } from '../predictor/sequence/calibration.ts';
import { Ensemble } from '../predictor/sequence/ensemble.ts';
import type { Blend, PredictedTask, Predictor } from '../predictor/sequence/predictor.ts';
import type { Device } from '../tensor/device.ts';
import type { PredictorSettings, TrainingSet } from './predictor-training.ts';
import { WordRegression } from './word-model.ts';

/** How predictions compare with the measurements of one fold. */
export interface FoldReport {
  readonly count: number;
  /** Pearson's correlation. */
  readonly correlation: number;
  /** Root of the mean squared error, in the task's unit. */
  readonly rmse: number;
  /** Share of the measurements within 1.645 errors; 0.9 is correct. */
  readonly coverage: number;
}

export interface TaskReport {
  readonly name: string;
  readonly validation: FoldReport;
  readonly test: FoldReport;
}

/**
 * Makes the predictor of trained members: words from the training fold; blend, residuals and applicability domain from
 * the validation fold; residuals also use cross-validation of the words; figures of both held-out folds go into the
 * history. Finally the words also learn from the validation fold; its figures are from before.
 * @param names of the tasks
 * @param history of the training
 */
export async function assemblePredictor(
  set: TrainingSet,
  settings: PredictorSettings,
  names: readonly string[],
  members: readonly Weights[],
  device: Device,
  history: Readonly<Record<string, unknown>>,
): Promise<{ predictor: Predictor; reports: TaskReport[] }> {
  const words = new WordRegression(set, settings.bothStrands);
  const { model, priors } = words.fit();
  const bare = barePredictor(set, settings, names, { members, words: model, history });
  const calibrated = { ...bare, tasks: await calibratedTasks(bare, set, words.crossValidated(priors), device) };
  const final = { ...calibrated, words: words.refit(priors) };
  const validation = await compare(calibrated, set, set.folds.validation, device);
  const test = await compare(final, set, set.folds.test, device);
  const reports = names.map((name, i) => ({ name, validation: foldReport(validation[i]), test: foldReport(test[i]) }));
  return { predictor: { ...final, history: { ...history, report: reports } }, reports };
}

/** Tasks with their blend and their errors. @param crossValidated words on the training fold, standardised */
async function calibratedTasks(
  bare: Predictor,
  set: TrainingSet,
  crossValidated: readonly (readonly Comparison[])[],
  device: Device,
): Promise<PredictedTask[]> {
  const onValidation = async (tasks: readonly PredictedTask[]) =>
    standardised(await compare({ ...bare, tasks }, set, set.folds.validation, device), set.scales);
  const [networks, words] = await Promise.all(
    PARTS.map((blend) => onValidation(bare.tasks.map((task) => ({ ...task, blend })))),
  );
  const blended = bare.tasks.map((task, i) => ({ ...task, blend: fitBlend(networks[i], words[i]) }));
  const together = await onValidation(blended);
  return blended.map((task, i) => {
    const { residual, rise } = errorModel(together[i], words[i], crossValidated[i]);
    return { ...task, residual: residual * task.deviation, rise };
  });
}

/** The networks alone, and the words alone. */
const PARTS: readonly Blend[] = [
  { network: 1, words: 0, offset: 0 },
  { network: 0, words: 1, offset: 0 },
];

function barePredictor(
  { data, folds, scales }: TrainingSet,
  { network, bothStrands }: PredictorSettings,
  names: readonly string[],
  parts: Pick<Predictor, 'members' | 'words' | 'history'>,
): Predictor {
  const of = (indices: readonly number[]) => indices.map((i) => data.sequences[i]);
  const applicability = fitApplicabilityDomain(of(folds.training), of(folds.validation), bothStrands);
  const shortest = data.sequences.reduce((least, { length }) => Math.min(least, length), network.length);
  return {
    network,
    tasks: scales.map((scale, i) => ({ name: names[i], ...scale, blend: PARTS[0], residual: 0 })),
    bothStrands,
    shortest,
    applicability,
    ...parts,
  };
}

/** With the predictor's standard error. */
export interface Judged extends Comparison {
  readonly error: number;
}

/** Predictions and measurements, one list per task. */
export async function compare(
  predictor: Predictor,
  { data }: Pick<TrainingSet, 'data'>,
  fold: readonly number[],
  device: Device,
): Promise<Judged[][]> {
  const ensemble = await Ensemble.create(device, predictor);
  try {
    const predictions = await ensemble.predict(fold.map((i) => data.sequences[i]));
    return predictor.tasks.map((_, task) =>
      fold.flatMap((index, row) => {
        const measured = data.values[index][task];
        const prediction = predictions[row]?.[task];
        return prediction === undefined || Number.isNaN(measured)
          ? []
          : [{ predicted: prediction.value, spread: prediction.spread, error: prediction.error, measured }];
      }),
    );
  } finally {
    await ensemble.dispose();
  }
}

function standardised(comparisons: readonly (readonly Comparison[])[], scales: TrainingSet['scales']): Comparison[][] {
  return comparisons.map((list, task) => {
    const { mean, deviation } = scales[task];
    return list.map(({ predicted, spread, measured }) => ({
      predicted: (predicted - mean) / deviation,
      spread: spread / deviation,
      measured: (measured - mean) / deviation,
    }));
  });
}

export function foldReport(comparisons: readonly Judged[]): FoldReport {
  const squares = comparisons.reduce((sum, { predicted, measured }) => sum + (predicted - measured) ** 2, 0);
  return {
    count: comparisons.length,
    correlation: correlation(comparisons),
    rmse: Math.sqrt(squares / comparisons.length),
    coverage: coverage(comparisons),
  };
}
