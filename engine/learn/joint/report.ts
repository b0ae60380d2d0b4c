/**
 * @file The end of a joint predictor's training: error bars and applicability domain from the validation fold, one
 * evaluation on the test fold.
 */
import { viewParameters, type Weights } from '../../generator/parameters.ts';
import {
  ADDITIVE_RADIUS,
  JointEnsemble,
  type JointPredictor,
  type JointQuantity,
} from '../../predictor/joint/predictor.ts';
import { messageParameters, type MessageWeights } from '../../predictor/message-passing.ts';
import { fitResidual } from '../../predictor/sequence/calibration.ts';
import { Applicability, applicabilityLimit } from '../../predictor/user/applicability.ts';
import { linearValue } from '../../predictor/user/linear.ts';
import type { Device } from '../../tensor/device.ts';
import { type HeldOut, regressionFigures } from '../user-predictor/figures.ts';
import { specsOf } from '../user-predictor/network.ts';
import type { JointMolecules } from './molecules.ts';
import type { JointSet } from './set.ts';
import type { JointSettings } from './training.ts';

/** How predictions compare with the measurements of the test fold, in the quantity's unit. */
export interface JointFigures {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly mae: number;
  readonly rmse: number;
  readonly r2: number;
  /** Share of the measurements within 1.645 errors; 0.9 is correct. */
  readonly coverage: number;
  /** Mean errors of the additive part alone, and of predicting the mean. */
  readonly additiveMae: number;
  readonly meanMae: number;
}

/** Name of a quantity and its wanted values. */
export type NamedQuantity = Pick<JointQuantity, 'name' | 'unit' | 'wanted'>;

/** @param named one per quantity, in the order of the set @param history of the training */
export async function assembleJoint(
  set: JointSet,
  settings: JointSettings,
  named: readonly NamedQuantity[],
  members: readonly Weights[],
  device: Device,
  history: Readonly<Record<string, unknown>>,
): Promise<{ predictor: JointPredictor; figures: JointFigures[] }> {
  const bare = barePredictor(set, settings, named, members);
  // Without a residual, the error is the spread.
  const validation = await compareJoint(bare, set.data, set.folds.validation, device);
  const quantities = bare.quantities.map((quantity, i) => ({
    ...quantity,
    residual: fitResidual(validation[i].map((row) => ({ ...row, spread: row.error }))),
  }));
  const figures = jointFigures(bare, await compareJoint({ ...bare, quantities }, set.data, set.folds.test, device));
  return { predictor: { ...bare, quantities, history: { ...history, report: figures } }, figures };
}

function barePredictor(
  set: JointSet,
  { shape, norm }: JointSettings,
  named: readonly NamedQuantity[],
  members: readonly Weights[],
): JointPredictor {
  const { folds, data, additive, scales } = set;
  const applicability = Applicability.of(folds.training.map((i) => data.molecules[i].morgan(2)));
  const quantities = named.map((one, task): JointQuantity => ({
    ...one,
    typical: typicalOf(set, task),
    additive: additive[task],
    ...scales[task],
    residual: 0,
  }));
  return {
    quantities,
    shape,
    norm,
    members: members.map((weights) => weightsOf(shape, weights)),
    applicability,
    limit: applicabilityLimit(nearestOf(set, applicability)),
    history: {},
  };
}

/** Held-out molecules whose nearest neighbour is searched. More would change the limit little. */
const MOST_COMPARED = 500;

function nearestOf({ data, folds }: JointSet, applicability: Applicability): number[] {
  return folds.validation.slice(0, MOST_COMPARED).map((i) => applicability.nearest(data.molecules[i].morgan(2)));
}

function weightsOf(shape: JointSettings['shape'], weights: Weights): MessageWeights {
  const views = viewParameters(specsOf(shape), weights);
  return Object.fromEntries(
    messageParameters(shape).map(({ name }, i) => [name, views[i]]),
  ) as unknown as MessageWeights;
}

/** Raw values from the 5th to the 95th percentile. */
function typicalOf({ data, folds }: JointSet, task: number): readonly [number, number] {
  const sorted = folds.training
    .map((i) => data.values[i][task])
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return [sorted[Math.floor(0.05 * (sorted.length - 1))], sorted[Math.ceil(0.95 * (sorted.length - 1))]];
}

/** A held-out measurement with the predictor's value and that of the additive part alone. */
export interface JointHeldOut extends HeldOut {
  readonly error: number;
  readonly additive: number;
}

/** Predictions and measurements of some molecules, one list per quantity. */
export async function compareJoint(
  predictor: JointPredictor,
  { molecules, values }: Pick<JointMolecules, 'molecules' | 'values'>,
  fold: readonly number[],
  device: Device,
): Promise<JointHeldOut[][]> {
  const ensemble = new JointEnsemble(predictor, device);
  try {
    const predictions = await ensemble.predict(fold.map((i) => molecules[i]));
    return predictor.quantities.map(({ additive, mean }, task) =>
      fold.flatMap((index, row) => {
        const measured = values[index][task];
        const said = predictions[row]?.[task];
        return said === undefined || Number.isNaN(measured)
          ? []
          : [
              {
                predicted: said.value,
                error: said.error,
                measured,
                additive: linearValue(additive, molecules[index].morgan(ADDITIVE_RADIUS)) + mean,
              },
            ];
      }),
    );
  } finally {
    await ensemble.dispose();
  }
}

/** @param held one list per quantity */
export function jointFigures(
  { quantities }: Pick<JointPredictor, 'quantities'>,
  held: readonly (readonly JointHeldOut[])[],
): JointFigures[] {
  return quantities.map(({ name, unit }, task) => {
    const rows = held[task];
    const { count, mae, rmse, r2, coverage } = regressionFigures(rows);
    const middle = rows.reduce((sum, { measured }) => sum + measured, 0) / rows.length;
    const errorOf = (said: (row: JointHeldOut) => number) =>
      rows.reduce((sum, row) => sum + Math.abs(said(row) - row.measured), 0) / rows.length;
    return {
      name,
      unit,
      count,
      mae,
      rmse,
      r2,
      coverage: coverage ?? 0,
      additiveMae: errorOf(({ additive }) => additive),
      meanMae: errorOf(() => middle),
    };
  });
}
