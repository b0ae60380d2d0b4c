/**
 * @file A user predictor of molecules: what it predicts, its networks, and the figures from which its errors follow.
 */
import type { Molecule } from '../../chem/molecule.ts';
import type { Device } from '../../tensor/device.ts';
import { ChempropEnsemble, type ChempropModel } from '../chemprop.ts';
import type { MessageShape, MessageWeights } from '../message-passing.ts';
import { errorOf } from '../sequence/calibration.ts';
import type { Applicability } from './applicability.ts';
import { type LinearModel, linearValue } from './linear.ts';

type PredictedKind = 'regression' | 'classification';

/** The predicted quantity, for people. */
export interface Quantity {
  readonly kind: PredictedKind;
  readonly name: string;
  /** '' for a pure number or a probability. */
  readonly unit: string;
  /** The direction that is usually wanted. */
  readonly wanted: 'higher' | 'lower';
  /** Range of the raw values of the middle 90% of the training molecules. */
  readonly typical: readonly [number, number];
}

/** One network with the mean and standard deviation of its training values; 0 and 1 for two classes. */
export interface UserMember {
  readonly weights: MessageWeights;
  readonly mean: number;
  readonly deviation: number;
}

export interface UserPredictor {
  readonly quantity: Quantity;
  readonly shape: MessageShape;
  /** Divisor of the sum over atoms. */
  readonly norm: number;
  readonly members: readonly UserMember[];
  /** Share of the networks in a prediction; the rest is the share of the linear model. */
  readonly share: number;
  readonly linear: LinearModel;
  /**
   * The part of the error that the spread of the members does not show, in the unit of the quantity; 0 for two classes.
   */
  readonly residual: number;
  readonly applicability: Applicability;
  /**
   * A molecule is outside the applicability domain if its similarity to the nearest training molecule is below this.
   */
  readonly limit: number;
  /** Its history: data, hashes, report, figures, verdict. */
  readonly history: Readonly<Record<string, unknown>>;
}

/** A prediction with its standard error, and whether the molecule is in the applicability domain. */
export interface UserPrediction {
  readonly value: number;
  readonly error: number;
  readonly isInDomain: boolean;
}

/** A network in the form in which published models are read. */
export function memberModel(
  { quantity, shape, norm }: Pick<UserPredictor, 'quantity' | 'shape' | 'norm'>,
  { weights, mean, deviation }: UserMember,
): ChempropModel {
  const isAmount = quantity.kind === 'regression';
  return {
    kind: quantity.kind,
    tasks: [quantity.name],
    shape,
    norm,
    weights,
    scale: isAmount ? Float32Array.of(deviation) : null,
    mean: isAmount ? Float32Array.of(mean) : null,
  };
}

export class UserEnsemble {
  readonly predictor: UserPredictor;
  readonly #ensemble: ChempropEnsemble;

  constructor(predictor: UserPredictor, device: Device) {
    this.predictor = predictor;
    this.#ensemble = new ChempropEnsemble(
      predictor.members.map((member) => memberModel(predictor, member)),
      device,
    );
  }

  /** @returns one entry per molecule, in order; null for a molecule that is too large */
  async predict(molecules: readonly Molecule[]): Promise<(UserPrediction | null)[]> {
    const { residual, share, linear, quantity } = this.predictor;
    const predictions = await this.#ensemble.predict(molecules);
    return predictions.map((members, i) => {
      if (members === null) return null;
      const { mean, spread } = meanAndSpread(members.map(([value]) => value));
      const counts = molecules[i].morgan(2);
      const said = linearValue(linear, counts);
      const rest = quantity.kind === 'regression' ? said : Math.min(1, Math.max(0, said));
      return {
        value: share * mean + (1 - share) * rest,
        error: errorOf(share * spread, residual),
        isInDomain: this.isInDomain(molecules[i]),
      };
    });
  }

  /** Whether a molecule is in the applicability domain. */
  isInDomain(molecule: Molecule): boolean {
    return this.predictor.applicability.nearest(molecule.morgan(2)) >= this.predictor.limit;
  }

  dispose(): Promise<void> {
    return this.#ensemble.dispose();
  }
}

/** Mean and standard deviation of the members' predictions. */
export function meanAndSpread(values: readonly number[]): { readonly mean: number; readonly spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, spread: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}
