/**
 * Cross-validation by scaffold: each molecule is predicted by a model that has
 * seen no molecule of its scaffold, beside what a linear model and the mean say.
 */
import type { CountFingerprint } from '../../chem/morgan.ts';
import { randomStream, Purpose } from '../../generator/random.ts';
import { errorOf, fitResidual } from '../../predictor/sequence/calibration.ts';
import { classFigures, regressionFigures, type ClassFigures, type HeldOut, type RegressionFigures } from './figures.ts';
import { scaffoldFolds } from './folds.ts';
import { groupsOf } from './groups.ts';
import { fitLinear } from './linear.ts';
import type { MeasuredMolecule } from './molecules.ts';
import type { TaskKind } from './task.ts';

/** A molecule with what folds and the linear model need of it. */
export interface LearnMolecule extends MeasuredMolecule {
  /** Key of its Murcko scaffold; '' without rings. */
  readonly scaffold: string;
  /** Morgan counts of radius 2. */
  readonly counts: CountFingerprint;
}

/** What a model says of a molecule: for two classes, a probability. */
export interface SpreadPrediction {
  readonly value: number;
  /** Standard deviation over the model's members. */
  readonly spread: number;
}

export interface HeldOutMolecule extends HeldOut {
  readonly smiles: string;
  readonly lines: readonly number[];
  readonly scaffold: string;
  readonly fold: number;
  readonly spread: number;
  /** What the linear model and the mean of the others say. */
  readonly linear: number;
  readonly mean: number;
}

export interface CrossValidation {
  readonly folds: number;
  readonly scaffolds: number;
  /** Molecules with an exact value that were predicted. */
  readonly rows: readonly HeldOutMolecule[];
  /** Molecules that the model could not read. */
  readonly unpredicted: number;
  /** Error that the members don't show by their spread, fitted on all rows. */
  readonly residual: number;
}

/** Five folds, or fewer where there are not as many scaffolds. */
export const FOLDS = 5;

/** Which molecules each fold learns from and predicts, by their index; bounds are learnt from, and not predicted. */
export interface FoldPlan {
  readonly scaffolds: number;
  readonly folds: readonly { readonly training: readonly number[]; readonly heldOut: readonly number[] }[];
}

export function planFolds(molecules: readonly LearnMolecule[], folds = FOLDS): FoldPlan {
  const scaffolds = new Set(molecules.map(({ scaffold }) => scaffold)).size;
  const place = scaffoldFolds(molecules.map(({ scaffold }) => scaffold), Math.min(folds, scaffolds));
  const all = [...molecules.keys()];
  return {
    scaffolds,
    folds: Array.from({ length: Math.min(folds, scaffolds) }, (_, fold) => ({
      training: all.filter((i) => place[i] !== fold),
      heldOut: all.filter((i) => place[i] === fold && molecules[i].bound === 'exact'),
    })),
  };
}

/** @param predictions of each fold's held-out molecules, in order; null for a molecule that the model cannot read */
export function judgeFolds(molecules: readonly LearnMolecule[], { folds, scaffolds }: FoldPlan, predictions: readonly (readonly (SpreadPrediction | null)[])[]): CrossValidation {
  let unpredicted = 0;
  const rows = folds.flatMap(({ training, heldOut }, fold) => {
    const beside = baselines(training.map((i) => molecules[i]));
    return heldOut.flatMap((i, place) => {
      const prediction = predictions[fold][place];
      if (prediction === null) unpredicted++;
      const { smiles, lines, scaffold, value: measured, counts } = molecules[i];
      return prediction === null ? [] : [{ smiles, lines, scaffold, fold, measured, predicted: prediction.value, spread: prediction.spread, linear: beside.linear(counts), mean: beside.mean }];
    });
  });
  return { folds: folds.length, scaffolds, rows: withErrors(rows, folds.length), unpredicted, residual: residualOf(rows) };
}

function baselines(training: readonly LearnMolecule[]): { readonly linear: (counts: CountFingerprint) => number; readonly mean: number } {
  const values = training.map(({ value }) => value);
  const groups = [...scaffoldFolds(training.map(({ scaffold }) => scaffold), FOLDS)];
  const model = fitLinear(training.map(({ counts }) => counts), values, groups);
  return { linear: (counts) => model.predict(counts), mean: values.reduce((sum, value) => sum + value, 0) / values.length };
}

function residualOf(rows: readonly Omit<HeldOutMolecule, 'error'>[]): number {
  return rows.length === 0 ? 0 : fitResidual(rows);
}

/** The residual of each fold is fitted on the others, so that the coverage of its error bars is a fair figure. */
function withErrors(rows: readonly Omit<HeldOutMolecule, 'error'>[], folds: number): HeldOutMolecule[] {
  const residuals = Array.from({ length: folds }, (_, fold) => residualOf(rows.filter((row) => row.fold !== fold)));
  return rows.map((row) => ({ ...row, error: errorOf(row.spread, residuals[row.fold]) }));
}

/** An estimate with the interval that holds 90% of its resamples. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 500;

/**
 * A figure over all held-out molecules; its interval by drawing scaffolds again
 * and again, since molecules of one scaffold err together (Efron 1979).
 * @param figure null where a resample has none
 */
export function withInterval(rows: readonly HeldOutMolecule[], figure: (rows: readonly HeldOutMolecule[]) => number | null): Estimate | null {
  const value = figure(rows);
  if (value === null) return null;
  const groups = [...groupsOf(rows, ({ scaffold }) => scaffold).values()];
  const random = randomStream(groups.length, rows.length, Purpose.shuffle);
  const draws = Array.from({ length: RESAMPLES }, () => figure(Array.from(groups, () => groups[random.below(groups.length)]).flat()));
  const sorted = draws.filter((draw) => draw !== null).sort((a, b) => a - b);
  return { value, low: sorted[Math.floor(sorted.length * 0.05)] ?? value, high: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? value };
}

/** Figures of the model and of what it is compared with, over all held-out molecules and a fold at a time. */
export interface ValidationFigures<Figures> {
  readonly model: Figures;
  readonly linear: Figures;
  readonly mean: Figures;
  readonly byFold: readonly Figures[];
  /** R2 for amounts, the area under the ROC curve for classes. */
  readonly headline: Estimate | null;
}

export function figuresOf(kind: 'regression', validation: CrossValidation): ValidationFigures<RegressionFigures>;
export function figuresOf(kind: 'classification', validation: CrossValidation): ValidationFigures<ClassFigures>;
export function figuresOf(kind: TaskKind, validation: CrossValidation): ValidationFigures<RegressionFigures | ClassFigures>;
export function figuresOf(kind: TaskKind, { rows, folds }: CrossValidation): ValidationFigures<RegressionFigures | ClassFigures> {
  const figures = (of: readonly HeldOut[]) => (kind === 'regression' ? regressionFigures(of) : classFigures(of));
  const said = (by: 'linear' | 'mean') => rows.map(({ measured, [by]: predicted }) => ({ measured, predicted, error: null }));
  const headline = (of: readonly HeldOut[]) => (kind === 'regression' ? regressionFigures(of).r2 : classFigures(of).rocAuc);
  return {
    model: figures(rows),
    linear: figures(said('linear')),
    mean: figures(said('mean')),
    byFold: Array.from({ length: folds }, (_, fold) => figures(rows.filter((row) => row.fold === fold))),
    headline: withInterval(rows, headline),
  };
}
