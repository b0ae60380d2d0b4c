/**
 * @file The end of a user predictor's training: calibration, applicability domain, figures and verdict from the
 * held-out folds. The folds' networks together are the predictor.
 */
import type { MessageShape } from '../../predictor/message-passing.ts';
import { Applicability, applicabilityLimit } from '../../predictor/user/applicability.ts';
import { meanLinear } from '../../predictor/user/linear.ts';
import type { Quantity, UserMember, UserPredictor } from '../../predictor/user/predictor.ts';
import {
  figuresOf,
  type FoldPlan,
  judgeFolds,
  type LearnMolecule,
  type MoleculeValidation,
  type ValidationFigures,
} from './cross-validation.ts';
import type { ClassFigures, RegressionFigures } from './figures.ts';
import type { Task, TaskKind } from './task.ts';
import { isTempered, temperatureOf, tempered } from './temperature.ts';
import { classVerdict, regressionVerdict, type Verdict } from './verdict.ts';

/** Result of one fold's training: a member of the predictor, and its outputs for the held-out molecules. */
interface TrainedFold extends UserMember {
  /** Amounts, or log-odds of two classes; null for a molecule that is too large. */
  readonly outputs: readonly (number | null)[];
}

export type UserPredictorFigures =
  | ({ readonly kind: 'regression' } & ValidationFigures<RegressionFigures>)
  | ({ readonly kind: 'classification' } & ValidationFigures<ClassFigures>);

/** A trained predictor with all its figures. */
export interface UserPredictorTraining {
  readonly predictor: UserPredictor;
  readonly validation: MoleculeValidation;
  readonly figures: UserPredictorFigures;
  readonly verdict: Verdict;
}

export interface Assembly {
  readonly task: Task;
  readonly wanted: Quantity['wanted'];
  readonly shape: MessageShape;
  readonly norm: number;
  readonly molecules: readonly LearnMolecule[];
  readonly plan: FoldPlan;
  readonly trained: readonly TrainedFold[];
  /** History of the data and of the training. */
  readonly history: Readonly<Record<string, unknown>>;
}

export function assembleUserPredictor({
  task,
  wanted,
  shape,
  norm,
  molecules,
  plan,
  trained,
  history,
}: Assembly): UserPredictorTraining {
  const temperature = task.kind === 'classification' ? temperatureOf(oddsOf(molecules, plan, trained)) : 1;
  const value = (output: number) =>
    task.kind === 'classification' ? 1 / (1 + Math.exp(-output / temperature)) : output;
  const validation = judgeFolds(
    task.kind,
    molecules,
    plan,
    trained.map(({ outputs }) => outputs.map((output) => (output === null ? null : value(output)))),
  );
  const figures = { kind: task.kind, ...figuresOf(task.kind, validation) } as UserPredictorFigures;
  const verdict =
    figures.kind === 'regression' ? regressionVerdict(figures, validation) : classVerdict(figures, validation);
  const report = { share: validation.share, folds: validation.folds, scaffolds: validation.groups, figures, verdict };
  const predictor: UserPredictor = {
    quantity: { kind: task.kind, name: task.name, unit: task.unit, wanted, typical: typicalOf(molecules, task.kind) },
    shape,
    norm,
    members: trained.map(({ weights, mean, deviation }) => ({
      mean,
      deviation,
      weights: isTempered(temperature) ? tempered(weights, temperature) : weights,
    })),
    share: validation.share,
    linear: meanLinear(validation.linear),
    residual: task.kind === 'regression' ? validation.residual : 0,
    applicability: Applicability.of(molecules.map(({ counts }) => counts)),
    limit: applicabilityLimit(heldOutApplicability(molecules, plan)),
    history: { ...history, task, report },
  };
  return { predictor, validation, figures, verdict };
}

/** Log-odds for classes. */
function oddsOf(
  molecules: readonly LearnMolecule[],
  { folds }: FoldPlan,
  trained: readonly TrainedFold[],
): { readonly odds: number; readonly isPositive: boolean }[] {
  return folds.flatMap(({ heldOut }, fold) =>
    heldOut.flatMap((i, place) => {
      const odds = trained[fold].outputs[place];
      return odds === null ? [] : [{ odds, isPositive: molecules[i].value === 1 }];
    }),
  );
}

/** Raw values from the 5th to the 95th percentile. */
function typicalOf(measured: readonly { readonly value: number }[], kind: TaskKind): readonly [number, number] {
  if (kind === 'classification') return [0, 1];
  const sorted = measured.map(({ value }) => value).sort((a, b) => a - b);
  return [sorted[Math.floor(0.05 * (sorted.length - 1))], sorted[Math.ceil(0.95 * (sorted.length - 1))]];
}

/** Held-out molecules whose nearest neighbour is searched. More would change the limit little. */
const MOST_COMPARED = 500;

function heldOutApplicability(molecules: readonly LearnMolecule[], { folds }: FoldPlan): number[] {
  return folds.flatMap(({ training, heldOut }) => {
    const learnt = Applicability.of(training.map((i) => molecules[i].counts));
    const step = Math.max(1, (heldOut.length * folds.length) / MOST_COMPARED);
    return Array.from({ length: Math.floor(heldOut.length / step) }, (_, i) =>
      learnt.nearest(molecules[heldOut[Math.floor(i * step)]].counts),
    );
  });
}
