/**
 * Trains a user predictor on a table: standardises, cross-validates by scaffold and
 * judges. Nothing is written here.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { assembleUserPredictor, type UserPredictorTraining } from '../../engine/learn/user-predictor/assemble.ts';
import { type LearnMolecule, planFolds } from '../../engine/learn/user-predictor/cross-validation.ts';
import { tooLittle } from '../../engine/learn/user-predictor/verdict.ts';
import type { MessageShape } from '../../engine/predictor/message-passing.ts';
import type { Quantity } from '../../engine/predictor/user/predictor.ts';
import { InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import type { Table } from '../intake/table.ts';
import { trainFolds } from './fold-pool.ts';
import type { MoleculeTable } from './molecule-table.ts';

export interface MoleculeTrainingOptions {
  readonly seed: number;
  /** The preferred direction. */
  readonly wanted: Quantity['wanted'];
  /** Passes over the data; by default chosen by their size. */
  readonly epochs?: number;
  /** Threads that train folds, one thread per fold; an update of a few molecules cannot use more. */
  readonly workers?: number;
}

export interface MoleculeTrainingWatch {
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal;
}

const SHAPE: MessageShape = { hidden: 160, depth: 3, headHidden: 160, tasks: 1 };
/** Atoms of a typical drug-like molecule. */
const NORM = 25;
/** Half of this value leaves networks with so few updates undertrained. */
const LEARNING_RATE = 4e-3;
const WEIGHT_DECAY = 0.02;

/** Small data need more passes for enough updates; large data still need several. */
function epochsFor(molecules: number): number {
  return Math.round(Math.min(60, Math.max(25, 30_000 / molecules)));
}

/**
 * @throws InputError if there are too few molecules to hold any out; the abort's reason
 */
export async function trainMoleculeTable(
  table: Table,
  { task, molecules, report, structure }: MoleculeTable,
  options: MoleculeTrainingOptions,
  watch: MoleculeTrainingWatch,
): Promise<UserPredictorTraining> {
  const plan = planFolds(molecules);
  refuseTooLittle(table, molecules, plan.scaffolds);
  const { seed, wanted, epochs = epochsFor(molecules.length), workers = availableParallelism() } = options;
  const settings = { epochs, learningRate: LEARNING_RATE, weightDecay: WEIGHT_DECAY, seed };
  const trained = await trainFolds({
    data: {
      kind: task.kind,
      shape: SHAPE,
      norm: NORM,
      molecules: molecules.map(({ smiles, value, bound }) => ({ smiles, value, bound })),
      ...settings,
    },
    questions: plan.folds.map((fold, i) => ({ fold: i, ...fold })),
    workers,
    ...watch,
  });
  const history = {
    data: basename(table.file),
    dataSha256: sha256(readFileSync(table.file)),
    structure,
    rows: report,
    settings,
    software: version,
  };
  return assembleUserPredictor({ task, wanted, shape: SHAPE, norm: NORM, molecules, plan, trained, history });
}

/** Refuses data that are too few to train on; if they are few but enough, the verdict warns. */
const FEWEST_TO_TRY = 20;

function refuseTooLittle({ file }: Table, molecules: readonly LearnMolecule[], scaffolds: number): void {
  if (molecules.length >= FEWEST_TO_TRY && scaffolds > 1) return;
  throw new InputError(`${file}: ${tooLittle(molecules.length, scaffolds, null).join(' ')}`);
}

/**
 * The preferred direction of a quantity, from its name: high for potency, low for doses and risks, high if the name
 * does not show it.
 */
export function wantedOf(name: string): Quantity['wanted'] {
  return /^(x?ic|ec|ac|xc|cc|gi)\d\d\b|^k[id]\b|tox|herg|clearance|inhibit.*cyp|mutagen/i.test(name)
    ? 'lower'
    : 'higher';
}
