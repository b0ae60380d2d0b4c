/**
 * @file Trains one message-passing network on molecules with one value each: squared error of standardised amounts,
 * where a bound counts only if it is broken, or cross entropy of two classes. Adam with one cycle of the learning rate;
 * an update has as many molecules as fit into a pass.
 */
import type { ParameterSpec } from '../../generator/decoder.ts';
import { initialWeights, parameterCount, viewParameters } from '../../generator/parameters.ts';
import { permutation, Purpose, randomStream } from '../../generator/random.ts';
import {
  learntTravelOf,
  messageOutputs,
  messageParameters,
  type MessageShape,
  type MessageWeights,
  type PassSize,
  passSpecs,
} from '../../predictor/message-passing.ts';
import { fits, type MoleculeInput, planPasses, writePass } from '../../predictor/molecule-pass.ts';
import type { Device, Program, TensorData } from '../../tensor/device.ts';
import type { Tensor } from '../../tensor/tf.ts';
import * as tf from '../../tensor/tf.ts';
import { Adam } from '../optimizers.ts';
import { oneCycle, shorten } from '../predictor-training.ts';
import type { Bound } from './measurement.ts';
import type { TaskKind } from './task.ts';

/** A molecule with its standardised value, or with 1 or 0. */
export interface Example {
  readonly input: MoleculeInput;
  readonly value: number;
  readonly bound: Bound;
}

export interface NetworkSettings {
  readonly kind: TaskKind;
  readonly shape: MessageShape;
  /** Divisor of the sum over atoms. */
  readonly norm: number;
  readonly epochs: number;
  /** Learning rate at the top of the cycle. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Seed of initial weights and order. */
  readonly seed: readonly number[];
}

export interface TrainingWatch {
  /** Completed share of the training. */
  onProgress?(share: number): void;
  readonly signal?: AbortSignal;
}

/** Some fifty drug-like molecules. */
const TRAINING_PASS: PassSize = { molecules: 64, atoms: 1408, bonds: 3072, neighbours: 8 };

/** Whether the network can learn from a molecule. */
export const isLearnable = ({ graph }: MoleculeInput): boolean => fits(graph, TRAINING_PASS);

/**
 * Deviations of normal noise with which a layer of rectifiers preserves the scale of its input (He et al. 2015). The
 * last layer starts near the mean.
 */
export function specsOf(shape: MessageShape): ParameterSpec[] {
  return messageParameters(shape).map(({ name, shape: dims }) => ({
    name,
    shape: dims,
    init: dims.length === 1 ? 0 : (name === 'headOut' ? LAST : Math.SQRT2) / Math.sqrt(fanIn(name, dims, shape)),
  }));
}

const LAST = 0.1;

/** The two matrices of the first and of the last layer over atoms are parts of one. */
function fanIn(name: keyof MessageWeights, [rows]: readonly number[], { hidden }: MessageShape): number {
  // Few features of an atom or a bond are 1 at a time.
  return name === 'inputAtom' || name === 'inputBond'
    ? 24
    : name === 'outputAtom' || name === 'outputMessages'
      ? hidden + 24
      : rows;
}

/** The program that gives a pass's loss and the gradient of each parameter; one for all networks of a shape. */
export class NetworkTrainer {
  readonly #settings: Pick<NetworkSettings, 'kind' | 'shape'>;
  readonly #program: Program;

  private constructor(settings: Pick<NetworkSettings, 'kind' | 'shape'>, program: Program) {
    this.#settings = settings;
    this.#program = program;
  }

  static async create(device: Device, settings: Pick<NetworkSettings, 'kind' | 'shape'>): Promise<NetworkTrainer> {
    const { shape, kind } = settings;
    const parameters = messageParameters(shape);
    const pass = passSpecs(TRAINING_PASS);
    const targets = Array.from({ length: 4 }, () => ({ shape: [TRAINING_PASS.molecules, 1] }));
    const program = await device.compile(
      (...all) => {
        const inputs = all.slice(0, pass.length);
        const [wanted, ...weights] = all.slice(pass.length, pass.length + targets.length);
        const loss = (...p: Tensor[]) => {
          const named = Object.fromEntries(
            parameters.map(({ name }, i) => [name, p[i]]),
          ) as unknown as MessageWeights<Tensor>;
          return lossOf(
            kind,
            messageOutputs(TRAINING_PASS, shape, inputs, named, learntTravelOf(TRAINING_PASS, inputs)),
            wanted,
            weights,
          );
        };
        const { value, grads } = tf.valueAndGrads(loss as (...p: Tensor[]) => tf.Scalar)(
          all.slice(pass.length + targets.length),
        );
        return [value, ...grads];
      },
      [...pass, ...targets, ...parameters.map(({ shape: dims }) => ({ shape: dims }))],
    );
    return new NetworkTrainer(settings, program);
  }

  /**
   * @param examples that the network can learn from; at least one @returns the weights after the last epoch; null after
   * an abort
   */
  async train(
    examples: readonly Example[],
    settings: Omit<NetworkSettings, 'kind' | 'shape'>,
    { onProgress, signal }: TrainingWatch = {},
  ): Promise<MessageWeights | null> {
    const specs = specsOf(this.#settings.shape);
    const weights = initialWeights(specs, randomStream(...settings.seed, Purpose.initial).normal);
    const gradient = new Float32Array(weights.length);
    const adam = new Adam(parameterCount(specs), { weightDecay: settings.weightDecay });
    const into = [new Float32Array(1), ...viewParameters(specs, gradient)];
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      const order = permutation(examples.length, randomStream(...settings.seed, Purpose.shuffle, epoch)).map(
        (i) => examples[i],
      );
      const passes = planPasses(
        order.map(({ input }) => input.graph),
        TRAINING_PASS,
      );
      for (const [i, [first, end]] of passes.entries()) {
        if (signal?.aborted) return null;
        await this.#program.run(
          [...passInputs(order.slice(first, end), settings.norm), ...viewParameters(specs, weights)],
          into,
        );
        shorten(gradient, LONGEST_GRADIENT);
        const done = (epoch + i / passes.length) / settings.epochs;
        adam.step(weights, gradient, settings.learningRate * oneCycle(Math.round(done * CYCLE), CYCLE));
        onProgress?.(done);
      }
    }
    return Object.fromEntries(
      viewParameters(specs, weights).map((view, i) => [specs[i].name, view]),
    ) as unknown as MessageWeights;
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}

/** Resolution of the cycle, because the number of updates differs between epochs. */
const CYCLE = 10_000;
/** Gradients are clipped to this norm. */
const LONGEST_GRADIENT = 5;

/**
 * @param weights of exact values, of lower bounds and of upper bounds; each [molecules, 1], with 1 divided by their
 * number, or 0
 */
function lossOf(kind: TaskKind, outputs: Tensor, wanted: Tensor, [exact, above, below]: readonly Tensor[]): Tensor {
  if (kind === 'classification') return tf.sum(tf.mul(tf.sub(tf.softplus(outputs), tf.mul(outputs, wanted)), exact));
  const gap = tf.sub(outputs, wanted);
  const squares = (of: Tensor, weight: Tensor) => tf.sum(tf.mul(tf.square(of), weight));
  return tf.add(tf.add(squares(gap, exact), squares(tf.relu(tf.neg(gap)), above)), squares(tf.relu(gap), below));
}

function passInputs(examples: readonly Example[], norm: number): TensorData[] {
  const rows = TRAINING_PASS.molecules;
  const wanted = new Float32Array(rows);
  const weights = { exact: new Float32Array(rows), above: new Float32Array(rows), below: new Float32Array(rows) };
  examples.forEach(({ value, bound }, i) => {
    wanted[i] = value;
    weights[bound][i] = 1 / examples.length;
  });
  return [
    ...writePass(
      examples.map(({ input }) => input),
      TRAINING_PASS,
      1 / norm,
    ),
    wanted,
    weights.exact,
    weights.above,
    weights.below,
  ];
}
