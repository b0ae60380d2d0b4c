/**
 * @file Prepares measured molecules for learning: which are held out, the additive part of each quantity, and its
 * residuals.
 */
import type { Molecule } from '../../chem/molecule.ts';
import { scaffoldKey } from '../../chem/scaffold.ts';
import { permutation, Purpose, randomStream } from '../../generator/random.ts';
import { ADDITIVE_RADIUS } from '../../predictor/joint/predictor.ts';
import { type LinearModel, linearValue } from '../../predictor/user/linear.ts';
import type { Folds } from '../predictor-data.ts';
import { type Scale, scalesOf } from '../predictor-training.ts';
import { scaffoldFolds } from '../user-predictor/folds.ts';
import { ridge } from '../user-predictor/linear.ts';
import type { JointMolecules } from './molecules.ts';
import type { JointExample } from './training.ts';

export const splitIds = ['scaffold', 'random'] as const;
export type SplitId = (typeof splitIds)[number];

/** Shares that are held out for the report and for selection, and their largest numbers. */
const TEST = { share: 0.1, most: 10_000 };
const VALIDATION = { share: 0.05, most: 5_000 };

/** Molecules to learn from, to select by and to report on: at random, or by whole Bemis–Murcko scaffolds. */
export function splitMolecules(molecules: readonly Molecule[], split: SplitId, seed: number): Folds {
  return split === 'random' ? byChance(molecules.length, seed) : byScaffold(molecules);
}

function byChance(count: number, seed: number): Folds {
  const order = permutation(count, randomStream(seed, Purpose.shuffle));
  const size = ({ share, most }: typeof TEST) => Math.min(most, Math.floor(share * count));
  const [test, validation] = [size(TEST), size(VALIDATION)];
  return {
    test: [...order.slice(0, test)],
    validation: [...order.slice(test, test + validation)],
    training: [...order.slice(test + validation)],
  };
}

/** Folds of a tenth each. */
function byScaffold(molecules: readonly Molecule[]): Folds {
  const folds = scaffoldFolds(
    molecules.map(({ graph }) => scaffoldKey(graph)),
    1 / TEST.share,
  );
  const those = (test: (fold: number) => boolean) => [...folds.keys()].filter((i) => test(folds[i]));
  return {
    test: those((fold) => fold === 0),
    validation: those((fold) => fold === 1),
    training: those((fold) => fold > 1),
  };
}

/** What networks learn from. */
export interface JointSet {
  readonly data: JointMolecules;
  readonly folds: Folds;
  /** Of each quantity. */
  readonly additive: readonly LinearModel[];
  /** Of the residuals of the additive part. */
  readonly scales: readonly Scale[];
  readonly examples: readonly JointExample[];
}

/** @throws RangeError if a quantity has too few values to learn from */
export function prepareJoint(data: JointMolecules, folds: Folds): JointSet {
  const { molecules, values } = data;
  scalesOf(data, folds);
  const additive = Array.from({ length: values[0].length }, (_, task) => additivePart(data, folds.training, task));
  const left = molecules.map((molecule, i) => {
    const counts = molecule.morgan(ADDITIVE_RADIUS);
    return values[i].map((value, task) => value - linearValue(additive[task], counts));
  });
  const scales = scalesOf({ values: left }, folds);
  const examples = molecules.map((input, i) => ({
    input,
    wanted: Float32Array.from(left[i], (value, task) => (value - scales[task].mean) / scales[task].deviation),
  }));
  return { data, folds, additive, scales, examples };
}

/** Number of molecules that determines the additive part well. */
const MOST_FITTED = 20_000;
const PENALTY = 1;

function additivePart({ molecules, values }: JointMolecules, training: readonly number[], task: number): LinearModel {
  const known = training.filter((i) => !Number.isNaN(values[i][task]));
  const step = Math.max(1, known.length / MOST_FITTED);
  const fitted = Array.from({ length: Math.min(known.length, MOST_FITTED) }, (_, i) => known[Math.floor(i * step)]);
  return ridge(
    fitted.map((i) => molecules[i].morgan(ADDITIVE_RADIUS)),
    fitted.map((i) => values[i][task]),
    PENALTY,
  );
}
