/**
 * A predictor of several quantities of molecules by the same networks: each
 * quantity is a sum over environments of atoms, as in a group contribution
 * scheme, and what the networks say that the sum leaves over.
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
 * Bonds that the environments of the additive part reach: none, so that they are few and the fit leaves over as much
 * of what it has seen as of what it has not.
 */
export const ADDITIVE_RADIUS = 0;

/** A predicted quantity. */
export interface JointQuantity {
  readonly name: string;
  /** '' for a pure number. */
  readonly unit: string;
  /** Which values are usually wanted. */
  readonly wanted: 'higher' | 'lower';
  /** Raw values in which nine of ten training molecules lie. */
  readonly typical: readonly [number, number];
  /** Sum over the environments of a molecule's atoms. */
  readonly additive: LinearModel;
  /** Of what the sum leaves over, which the networks have learnt standardised. */
  readonly mean: number;
  readonly deviation: number;
  /** Error that the members don't show by their spread, in the quantity's unit. */
  readonly residual: number;
}

export interface JointPredictor {
  readonly quantities: readonly JointQuantity[];
  readonly shape: MessageShape;
  /** What the sum over atoms is divided by. */
  readonly norm: number;
  readonly members: readonly MessageWeights[];
  readonly applicability: Applicability;
  /** Below this similarity to the nearest training molecule a molecule is unlike them. */
  readonly limit: number;
  /** What is known of its making: data, hashes, settings, figures. */
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

  /** @returns one entry a molecule, in order, with a prediction a quantity; null for a molecule too large to predict */
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

  /** Whether a molecule is like those that were learnt from. */
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

/** One network as the published models are read. */
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
