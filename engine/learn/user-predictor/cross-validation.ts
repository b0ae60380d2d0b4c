/**
 * @file Cross-validation by scaffold: each molecule is predicted by a model that was not trained on its scaffold, and
 * compared with a linear model and the mean.
 */
import type { CountFingerprint } from '../../chem/morgan.ts';
import { Purpose, randomStream } from '../../generator/random.ts';
import { errorOf, fitResidual } from '../../predictor/sequence/calibration.ts';
import { type LinearModel, linearValue } from '../../predictor/user/linear.ts';
import { type ClassFigures, classFigures, type HeldOut, type RegressionFigures, regressionFigures } from './figures.ts';
import { scaffoldFolds } from './folds.ts';
import { groupsOf } from './groups.ts';
import { fitLinear } from './linear.ts';
import type { MeasuredMolecule } from './molecules.ts';
import type { TaskKind } from './task.ts';

/** A molecule as folds and the linear model need it. */
export interface LearnMolecule extends MeasuredMolecule {
  /** Key of its Bemis–Murcko scaffold; '' without rings. */
  readonly scaffold: string;
  /** Morgan counts of radius 2. */
  readonly counts: CountFingerprint;
}

/** A molecule or a sequence that was held out. */
interface HeldOutRow extends HeldOut {
  /** SMILES, or bases. */
  readonly text: string;
  readonly lines: readonly number[];
  /** What it shares with others that were held out with it: its scaffold or its family. */
  readonly group: string;
  readonly fold: number;
  /** Predictions of the network, of the linear model and of the mean of the training data. */
  readonly network: number;
  readonly linear: number;
  readonly mean: number;
}

export interface CrossValidation {
  readonly folds: number;
  /** Number of different scaffolds or families. */
  readonly groups: number;
  /** Number of rows with an exact value and a prediction. */
  readonly rows: readonly HeldOutRow[];
  /** Molecules that the model could not read. */
  readonly unpredicted: number;
  /**
   * Share of the network in the predictions; the linear model has the rest. Share and residual are fitted on all rows.
   */
  readonly share: number;
  /** Error beyond the spread of the members. */
  readonly residual: number;
}

/** For molecules: with the linear model of each fold's training molecules. */
export interface MoleculeValidation extends CrossValidation {
  readonly linear: readonly LinearModel[];
}

/** Five folds, or fewer if there are fewer scaffolds. */
const FOLDS = 5;

/** Indices of the molecules that each fold learns from and predicts. Bounds are learnt from but not predicted. */
export interface FoldPlan {
  readonly scaffolds: number;
  readonly folds: readonly { readonly training: readonly number[]; readonly heldOut: readonly number[] }[];
}

export function planFolds(molecules: readonly LearnMolecule[], folds = FOLDS): FoldPlan {
  const scaffolds = new Set(molecules.map(({ scaffold }) => scaffold)).size;
  const place = scaffoldFolds(
    molecules.map(({ scaffold }) => scaffold),
    Math.min(folds, scaffolds),
  );
  const all = [...molecules.keys()];
  return {
    scaffolds,
    folds: Array.from({ length: Math.min(folds, scaffolds) }, (_, fold) => ({
      training: all.filter((i) => place[i] !== fold),
      heldOut: all.filter((i) => place[i] === fold && molecules[i].bound === 'exact'),
    })),
  };
}

/** Held-out data before predictions are combined. */
export type Parts = Omit<HeldOutRow, 'predicted' | 'error'>;

/**
 * @param network predictions of each fold's network for its held-out molecules, in order; null for a molecule that it
 * cannot read; probabilities for classes
 */
export function judgeFolds(
  kind: TaskKind,
  molecules: readonly LearnMolecule[],
  { folds, scaffolds }: FoldPlan,
  network: readonly (readonly (number | null)[])[],
): MoleculeValidation {
  const linear = folds.map(({ training }) => linearOf(training.map((i) => molecules[i])));
  const parts = folds.flatMap(({ training, heldOut }, fold) => {
    const mean = meanOf(training.map((i) => molecules[i].value));
    return heldOut.flatMap((i, place): Parts[] => {
      const said = network[fold][place];
      const { smiles, lines, scaffold, value: measured, counts } = molecules[i];
      return said === null
        ? []
        : [
            {
              text: smiles,
              lines,
              group: scaffold,
              fold,
              measured,
              network: said,
              linear: bounded(kind, linearValue(linear[fold], counts)),
              mean,
            },
          ];
    });
  });
  const unpredicted = folds.reduce((sum, { heldOut }) => sum + heldOut.length, 0) - parts.length;
  return { ...judgeParts(parts, folds.length, scaffolds), unpredicted, linear };
}

/**
 * Combines network and linear model as is best for the held-out data.
 * @param groups number of different scaffolds or families
 */
export function judgeParts(parts: readonly Parts[], folds: number, groups: number): CrossValidation {
  const share = shareOf(parts);
  return { folds, groups, rows: putTogether(parts, folds), unpredicted: 0, share, residual: residualOf(parts, share) };
}

/** Clips the linear model's value to a probability for classes. */
function bounded(kind: TaskKind, value: number): number {
  return kind === 'regression' ? value : Math.min(1, Math.max(0, value));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function linearOf(training: readonly LearnMolecule[]): LinearModel {
  const groups = [
    ...scaffoldFolds(
      training.map(({ scaffold }) => scaffold),
      FOLDS,
    ),
  ];
  return fitLinear(
    training.map(({ counts }) => counts),
    training.map(({ value }) => value),
    groups,
  );
}

const blended = ({ network, linear }: Pick<Parts, 'network' | 'linear'>, share: number): number =>
  share * network + (1 - share) * linear;

/** Shares that are tried. */
const SHARES = Array.from({ length: 11 }, (_, i) => i / 10);

/** The share of the network with the least squared error. */
function shareOf(parts: readonly Parts[]): number {
  const errors = SHARES.map((share) =>
    parts.reduce((sum, part) => sum + (blended(part, share) - part.measured) ** 2, 0),
  );
  return SHARES[errors.indexOf(Math.min(...errors))];
}

function residualOf(parts: readonly Parts[], share: number): number {
  return parts.length === 0
    ? 0
    : fitResidual(parts.map((part) => ({ predicted: blended(part, share), spread: 0, measured: part.measured })));
}

/**
 * Share and residual of each fold are fitted on the other folds, so that figures and the coverage of error bars are
 * fair.
 */
function putTogether(parts: readonly Parts[], folds: number): HeldOutRow[] {
  const fits = Array.from({ length: folds }, (_, fold) => {
    const others = parts.filter((part) => part.fold !== fold);
    const share = shareOf(others);
    return { share, residual: residualOf(others, share) };
  });
  return parts.map((part) => ({
    ...part,
    predicted: blended(part, fits[part.fold].share),
    error: errorOf(0, fits[part.fold].residual),
  }));
}

/** An estimate with the interval that contains 90% of its resamples. */
interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 500;

/**
 * A figure over all held-out data, with an interval from resampling scaffolds or families, because errors within one
 * are correlated (Efron 1979).
 * @param figure null if a resample has none
 */
function withInterval(
  rows: readonly HeldOutRow[],
  figure: (rows: readonly HeldOutRow[]) => number | null,
): Estimate | null {
  const value = figure(rows);
  if (value === null) return null;
  const groups = [...groupsOf(rows, ({ group }) => group).values()];
  const random = randomStream(groups.length, rows.length, Purpose.shuffle);
  const draws = Array.from({ length: RESAMPLES }, () =>
    figure(Array.from(groups, () => groups[random.below(groups.length)]).flat()),
  );
  const sorted = draws.filter((draw) => draw !== null).sort((a, b) => a - b);
  return {
    value,
    low: sorted[Math.floor(sorted.length * 0.05)] ?? value,
    high: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? value,
  };
}

/** Figures of the predictor, of its parts and of the mean, over all held-out molecules and per fold. */
export interface ValidationFigures<Figures> {
  readonly model: Figures;
  /** The network alone, and the linear model alone. */
  readonly network: Figures;
  readonly linear: Figures;
  readonly mean: Figures;
  readonly byFold: readonly Figures[];
  /** R2 for amounts, the area under the ROC curve for classes. */
  readonly headline: Estimate | null;
}

export function figuresOf(kind: 'regression', validation: CrossValidation): ValidationFigures<RegressionFigures>;
export function figuresOf(kind: 'classification', validation: CrossValidation): ValidationFigures<ClassFigures>;
export function figuresOf(
  kind: TaskKind,
  validation: CrossValidation,
): ValidationFigures<RegressionFigures | ClassFigures>;
export function figuresOf(
  kind: TaskKind,
  { rows, folds }: CrossValidation,
): ValidationFigures<RegressionFigures | ClassFigures> {
  const figures = (of: readonly HeldOut[]) => (kind === 'regression' ? regressionFigures(of) : classFigures(of));
  const said = (by: 'network' | 'linear' | 'mean') =>
    rows.map(({ measured, [by]: predicted }) => ({ measured, predicted, error: null }));
  const headline = (of: readonly HeldOut[]) =>
    kind === 'regression' ? regressionFigures(of).r2 : classFigures(of).rocAuc;
  return {
    model: figures(rows),
    network: figures(said('network')),
    linear: figures(said('linear')),
    mean: figures(said('mean')),
    byFold: Array.from({ length: folds }, (_, fold) => figures(rows.filter((row) => row.fold === fold))),
    headline: withInterval(rows, headline),
  };
}
