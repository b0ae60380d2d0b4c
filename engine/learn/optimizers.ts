/**
 * Optimizers as plain loops over flat arrays: one pass reads and writes each
 * number once, which on a CPU costs less than a dozen graph operations.
 */
import type { ParameterSpec } from '../generator/decoder.ts';
import { elements, viewParameters, type Weights } from '../generator/parameters.ts';
import type { Device, Program } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import type { Moments } from './types.ts';

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled (Loshchilov and Hutter 2019), as a share of the learning rate. */
  readonly weightDecay: number;
}

export const ADAM_DEFAULTS: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay. */
export class Adam {
  readonly #settings: AdamSettings;
  #first: Float32Array;
  #second: Float32Array;
  #steps = 0;

  constructor(size: number, settings: Partial<AdamSettings> = {}) {
    this.#settings = { ...ADAM_DEFAULTS, ...settings };
    this.#first = new Float32Array(size);
    this.#second = new Float32Array(size);
  }

  /** Updates `weights` in place. */
  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#settings;
    const [first, second] = [this.#first, this.#second];
    this.#steps++;
    const correction = Math.sqrt(1 - beta2 ** this.#steps);
    const rate = (learningRate * correction) / (1 - beta1 ** this.#steps);
    const floor = epsilon * correction;
    const keep = 1 - learningRate * weightDecay;
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i];
      const m = (first[i] = first[i] * beta1 + g * (1 - beta1));
      const v = (second[i] = second[i] * beta2 + g * g * (1 - beta2));
      weights[i] = weights[i] * keep - (rate * m) / (Math.sqrt(v) + floor);
    }
  }

  /** A copy of the running means. */
  state(): Moments {
    return { first: this.#first.slice(), second: this.#second.slice(), steps: this.#steps };
  }

  /** Takes over a copy of running means. @throws RangeError where their size differs */
  restore(state: Moments): void {
    if (state.first.length !== this.#first.length)
      throw new RangeError(`The optimizer holds ${this.#first.length} numbers; the state has ${state.first.length}.`);
    this.#first = state.first.slice();
    this.#second = state.second.slice();
    this.#steps = state.steps;
  }
}

/** Newton-Schulz coefficients of Muon's reference code (Jordan et al. 2024). */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const NEWTON_SCHULZ_STEPS = 5;

/**
 * Nearest semi-orthogonal matrix, approximately, scaled by sqrt(max(1, columns / rows))
 * for weights stored [in, out]. [r, q] -> [r, q]
 */
export function orthogonalize(matrix: tf.Tensor): tf.Tensor {
  const [rows, columns] = matrix.shape;
  const wide = rows > columns ? tf.transpose(matrix) : matrix;
  let x = tf.div(wide, tf.add(tf.sqrt(tf.sum(tf.mul(wide, wide))), 1e-7)) as tf.Tensor2D;
  for (let i = 0; i < NEWTON_SCHULZ_STEPS; i++) {
    const gram = tf.matMul(x, x, false, true);
    const polynomial = tf.add(tf.mul(gram, B), tf.mul(tf.matMul(gram, gram), C)) as tf.Tensor2D;
    x = tf.add(tf.mul(x, A), tf.matMul(polynomial, x)) as tf.Tensor2D;
  }
  return tf.mul(rows > columns ? tf.transpose(x) : x, Math.sqrt(Math.max(1, columns / rows)));
}

export interface MuonSettings {
  readonly momentum: number;
  readonly weightDecay: number;
}

/**
 * Muon (Jordan et al. 2024): momentum whose matrices are orthogonalised, for the
 * matrices inside the blocks; the caller gives the other parameters to Adam.
 */
export class Muon {
  readonly #settings: MuonSettings;
  readonly #program: Program;
  readonly #specs: readonly ParameterSpec[];
  #momentum: Float32Array;
  readonly #direction: Float32Array;
  readonly #update: Float32Array;

  private constructor(specs: readonly ParameterSpec[], settings: MuonSettings, program: Program) {
    const size = specs.reduce((sum, spec) => sum + elements(spec.shape), 0);
    this.#specs = specs;
    this.#settings = settings;
    this.#program = program;
    this.#momentum = new Float32Array(size);
    this.#direction = new Float32Array(size);
    this.#update = new Float32Array(size);
  }

  /** @param specs the matrices that it updates, in the order of the flat arrays */
  static async create(device: Device, specs: readonly ParameterSpec[], settings: MuonSettings): Promise<Muon> {
    const program = await device.compile(
      (...matrices) => matrices.map(orthogonalize),
      specs.map(({ shape }) => ({ shape })),
    );
    return new Muon(specs, settings, program);
  }

  /** Updates `weights` in place. */
  async step(weights: Weights, gradient: Float32Array, learningRate: number): Promise<void> {
    const { momentum, weightDecay } = this.#settings;
    for (let i = 0; i < gradient.length; i++) {
      const m = (this.#momentum[i] = this.#momentum[i] * momentum + gradient[i]);
      this.#direction[i] = gradient[i] + momentum * m;
    }
    await this.#program.run(viewParameters(this.#specs, this.#direction), viewParameters(this.#specs, this.#update));
    const keep = 1 - learningRate * weightDecay;
    for (let i = 0; i < weights.length; i++) weights[i] = weights[i] * keep - learningRate * this.#update[i];
  }

  state(): Float32Array {
    return this.#momentum.slice();
  }

  restore(momentum: Float32Array): void {
    if (momentum.length !== this.#momentum.length)
      throw new RangeError(`Muon holds ${this.#momentum.length} numbers; the state has ${momentum.length}.`);
    this.#momentum = momentum.slice();
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
