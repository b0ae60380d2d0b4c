/** @file Predictors of molecules or DNA that users train. The format of the file tells which it is. */
import { CheckpointError, readSafetensors } from '../generator/safetensors.ts';
import { JOINT_FORMAT, readJointPredictor } from './joint/checkpoint.ts';
import type { JointPredictor } from './joint/predictor.ts';
import { FORMAT as DNA_FORMAT, readPredictor } from './sequence/checkpoint.ts';
import type { Predictor } from './sequence/predictor.ts';
import { readUserPredictor, USER_FORMAT } from './user/checkpoint.ts';
import type { UserPredictor } from './user/predictor.ts';

export type AnyPredictor =
  | { readonly modality: 'molecule'; readonly kind: 'single'; readonly predictor: UserPredictor }
  | { readonly modality: 'molecule'; readonly kind: 'joint'; readonly predictor: JointPredictor }
  | { readonly modality: 'dna'; readonly kind: 'sequence'; readonly predictor: Predictor };

/** Formats of the files of predictors. */
export const predictorFormats: readonly string[] = [USER_FORMAT, JOINT_FORMAT, DNA_FORMAT];

/** @throws CheckpointError if the file is damaged or not a predictor */
export function readAnyPredictor(file: Uint8Array): AnyPredictor {
  const { format } = readSafetensors(file).metadata;
  if (format === DNA_FORMAT) return { modality: 'dna', kind: 'sequence', predictor: readPredictor(file) };
  if (format === JOINT_FORMAT) return { modality: 'molecule', kind: 'joint', predictor: readJointPredictor(file) };
  if (format === undefined || format === USER_FORMAT)
    return { modality: 'molecule', kind: 'single', predictor: readUserPredictor(file) };
  throw new CheckpointError(
    `The file is not a predictor of Amalgam (format ${format}); "amalgam train-predictor" writes them.`,
  );
}

/** The description of a predictor, as for an objective. */
export interface PredictedQuantity {
  readonly name: string;
  readonly unit: string;
  readonly isProbability: boolean;
  readonly wanted: 'higher' | 'lower';
  readonly typical: readonly [number, number];
}

/** Each predicted quantity. */
export function quantitiesOf({ kind, predictor }: AnyPredictor): readonly PredictedQuantity[] {
  if (kind === 'sequence')
    return predictor.tasks.map(({ name, mean, deviation, unit = '', wanted = 'higher' }) => ({
      name,
      unit,
      isProbability: false,
      wanted,
      typical: [mean - 2 * deviation, mean + 2 * deviation],
    }));
  if (kind === 'joint')
    return predictor.quantities.map(({ name, unit, wanted, typical }) => ({
      name,
      unit,
      isProbability: false,
      wanted,
      typical,
    }));
  const { name, unit, wanted, typical } = predictor.quantity;
  return [{ name, unit, isProbability: predictor.quantity.kind === 'classification', wanted, typical }];
}
