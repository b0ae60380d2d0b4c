/**
 * A predictor of several quantities of molecules with shared networks. Each quantity is a sum over the environments of
 * atoms, as in a group contribution scheme, plus the networks' prediction of the rest.
 */
import type { Molecule } from '../../chem/molecule.ts';
import type { Device } from '../../tensor/device.ts';
import { ChempropEnsemble, type ChempropModel } from '../chemprop.ts';
import type { MessageShape, MessageWeights } from '../message-passing.ts';
import { errorOf } from '../sequence/calibration.ts';
import type { Applicability } from '../user/applicability.ts';
import { type LinearModel, linearValue } from '../user/linear.ts';
import { meanAndSpread } from '../user/predictor.ts';

/**
 * Radius of the environments in the additive part, in bonds. With 0 they are so few that the fit leaves as large a rest
 * on training molecules as on others.
 */
export const ADDITIVE_RADIUS = 0;

/** A predicted quantity. */
export interface JointQuantity {
  readonly name: string;
  /** '' for a pure number. */
  readonly unit: string;
  /** The direction that is usually wanted. */
  readonly wanted: 'higher' | 'lower';
  /** Range of the raw values of the middle 90% of the training molecules. */
  readonly typical: readonly [number, number];
  /** The additive part: a sum over the environments of a molecule's atoms. */
  readonly additive: LinearModel;
  /** Mean and standard deviation of the rest, which the networks learn standardised. */
  readonly mean: number;
  readonly deviation: number;
  /** The part of the error that the spread of the members does not show, in the unit of the quantity. */
  readonly residual: number;
}

export interface JointPredictor {
  readonly quantities: readonly JointQuantity[];
  readonly shape: MessageShape;
  /** Divisor of the sum over atoms. */
  readonly norm: number;
  readonly members: readonly MessageWeights[];
  readonly applicability: Applicability;
  /**
   * A molecule is outside the applicability domain if its similarity to the nearest training molecule is below this.
   */
  readonly limit: number;
  /** Its history: data, hashes, settings, figures. */
  readonly history: Readonly<Record<string, unknown>>;
}

/** One quantity of one molecule, in its unit. */
export interface JointPrediction {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

export class JointEnsemble {
  readonly predictor: JointPredictor;
  readonly #ensemble: ChempropEnsemble;
  readonly #inDomain = new WeakMap<Molecule, boolean>();

  constructor(predictor: JointPredictor, device: Device) {
    this.predictor = predictor;
    this.#ensemble = new ChempropEnsemble(
      predictor.members.map((weights) => memberModel(predictor, weights)),
      device,
    );
  }

  /**
   * @returns one entry per molecule, in order, with one prediction per quantity; null for a molecule that is too large
   */
  async predict(molecules: readonly Molecule[]): Promise<(readonly JointPrediction[] | null)[]> {
    const outputs = await this.#ensemble.predict(molecules);
    return outputs.map(
      (members, i) =>
        members &&
        this.predictor.quantities.map(({ additive, residual }, task) => {
          const { mean, spread } = meanAndSpread(members.map((of) => of[task]));
          return {
            value: linearValue(additive, molecules[i].morgan(ADDITIVE_RADIUS)) + mean,
            error: errorOf(spread, residual),
          };
        }),
    );
  }

  /** Whether a molecule is in the applicability domain. */
  isInDomain(molecule: Molecule): boolean {
    const known =
      this.#inDomain.get(molecule) ?? this.predictor.applicability.nearest(molecule.morgan(2)) >= this.predictor.limit;
    this.#inDomain.set(molecule, known);
    return known;
  }

  dispose(): Promise<void> {
    return this.#ensemble.dispose();
  }
}

/** A network in the form in which published models are read. */
function memberModel({ quantities, shape, norm }: JointPredictor, weights: MessageWeights): ChempropModel {
  return {
    kind: 'regression',
    tasks: quantities.map(({ name }) => name),
    shape,
    norm,
    weights,
    scale: Float32Array.from(quantities, ({ deviation }) => deviation),
    mean: Float32Array.from(quantities, ({ mean }) => mean),
  };
}
