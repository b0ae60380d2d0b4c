/**
 * @file Which optimizer updates which parameters: with 'adamw' one Adam for all, with 'muon' Muon for the matrices
 * inside the blocks and Adam for embeddings and head.
 */
import type { ParameterSpec } from '../generator/decoder.ts';
import { elements, type Weights } from '../generator/parameters.ts';
import type { Device } from '../tensor/device.ts';
import { Adam, Muon } from './optimizers.ts';
import type { Moments } from './types.ts';

export interface TrainerSettings {
  readonly optimizer: 'muon' | 'adamw';
  readonly learningRate: number;
  readonly muonLearningRate: number;
  readonly weightDecay: number;
}

export interface TrainerState {
  readonly adam: Moments;
  /** null with 'adamw'. */
  readonly momentum: Float32Array | null;
}

export interface Trainer {
  /** Updates `weights` in place with `share` of the learning rates. */
  step(weights: Weights, gradient: Float32Array, share: number): Promise<void>;
  state(): TrainerState;
  restore(state: TrainerState): void;
  dispose(): Promise<void>;
}

/** Second-moment decay for short trainings with large batches, for which 0.999 averages over too long. */
const BETA2 = 0.98;

export async function createTrainer(
  device: Device,
  specs: readonly ParameterSpec[],
  settings: TrainerSettings,
): Promise<Trainer> {
  return settings.optimizer === 'adamw'
    ? new AdamTrainer(specs, settings)
    : MuonTrainer.create(device, specs, settings);
}

class AdamTrainer implements Trainer {
  readonly #adam: Adam;
  readonly #settings: TrainerSettings;

  constructor(specs: readonly ParameterSpec[], settings: TrainerSettings) {
    const size = specs.reduce((sum, spec) => sum + elements(spec.shape), 0);
    this.#adam = new Adam(size, { beta2: BETA2, weightDecay: settings.weightDecay });
    this.#settings = settings;
  }

  async step(weights: Weights, gradient: Float32Array, share: number): Promise<void> {
    this.#adam.step(weights, gradient, this.#settings.learningRate * share);
  }

  state(): TrainerState {
    return { adam: this.#adam.state(), momentum: null };
  }

  restore(state: TrainerState): void {
    this.#adam.restore(state.adam);
  }

  async dispose(): Promise<void> {}
}

/** The matrices of the blocks are contiguous in the flat vector, between embeddings and head. */
class MuonTrainer implements Trainer {
  readonly #from: number;
  readonly #to: number;
  readonly #settings: TrainerSettings;
  readonly #adam: Adam;
  readonly #muon: Muon;

  private constructor(from: number, to: number, size: number, settings: TrainerSettings, muon: Muon) {
    this.#from = from;
    this.#to = to;
    this.#settings = settings;
    this.#muon = muon;
    this.#adam = new Adam(size - (to - from), { beta2: BETA2, weightDecay: settings.weightDecay });
  }

  static async create(
    device: Device,
    specs: readonly ParameterSpec[],
    settings: TrainerSettings,
  ): Promise<MuonTrainer> {
    const inBlock = specs.filter((spec) => spec.name.startsWith('block.'));
    const before = specs.slice(0, specs.indexOf(inBlock[0]));
    const count = (list: readonly ParameterSpec[]) => list.reduce((sum, spec) => sum + elements(spec.shape), 0);
    const muon = await Muon.create(device, inBlock, { momentum: 0.95, weightDecay: settings.weightDecay });
    return new MuonTrainer(count(before), count(before) + count(inBlock), count(specs), settings, muon);
  }

  async step(weights: Weights, gradient: Float32Array, share: number): Promise<void> {
    const { learningRate, muonLearningRate } = this.#settings;
    const outside = this.#outside(weights);
    this.#adam.step(outside, this.#outside(gradient), learningRate * share);
    weights.set(outside.subarray(0, this.#from));
    weights.set(outside.subarray(this.#from), this.#to);
    await this.#muon.step(
      weights.subarray(this.#from, this.#to),
      gradient.subarray(this.#from, this.#to),
      muonLearningRate * share,
    );
  }

  state(): TrainerState {
    return { adam: this.#adam.state(), momentum: this.#muon.state() };
  }

  restore(state: TrainerState): void {
    if (state.momentum === null)
      throw new Error('The saved training used AdamW; continue with it, or start again with Muon.');
    this.#adam.restore(state.adam);
    this.#muon.restore(state.momentum);
  }

  dispose(): Promise<void> {
    return this.#muon.dispose();
  }

  #outside(values: Float32Array): Float32Array {
    const outside = new Float32Array(values.length - (this.#to - this.#from));
    outside.set(values.subarray(0, this.#from));
    outside.set(values.subarray(this.#to), this.#from);
    return outside;
  }
}
