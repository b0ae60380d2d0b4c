/**
 * @file Trains a predictor: squared error of standardised values over the measured tasks, AdamW with one cycle of the
 * learning rate (Smith and Topin 2019), batch normalisation, dropout, random strands. Several members are trained one
 * after another from their own seeds; of each, the epoch with the least validation error is kept. One state object
 * holds everything, and the same state gives the same next epoch, so a training that was killed and resumed ends like
 * one that was never interrupted.
 */
import type { ParameterSpec } from '../generator/decoder.ts';
import { elements, initialWeights, parameterCount, viewParameters, type Weights } from '../generator/parameters.ts';
import { permutation, Purpose, type RandomStream, randomStream } from '../generator/random.ts';
import { encodeCentred, toOppositeStrand } from '../predictor/sequence/encoding.ts';
import {
  batchStatistics,
  CHANNELS,
  foldNormalisation,
  gainParameters,
  maskShapes,
  networkOutputs,
  networkParameters,
  type SequenceNetwork,
  trainingOutputs,
} from '../predictor/sequence/network.ts';
import type { Device, Program } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import { Adam } from './optimizers.ts';
import type { Folds, MeasuredSequences } from './predictor-data.ts';
import type { Moments } from './types.ts';

export interface PredictorSettings {
  readonly network: SequenceNetwork;
  readonly members: number;
  readonly epochs: number;
  /** Sequences per update. */
  readonly batch: number;
  /** Learning rate at the top of the cycle. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Share of the head's inputs that an update drops, and half of it for each block's channels. */
  readonly dropout: number;
  /** Whether both strands are equivalent: each is learnt from at random. */
  readonly bothStrands: boolean;
  /** Seed of everything: folds, initial weights, order, dropout. */
  readonly seed: number;
}

/** Mean and standard deviation of each task's training values. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** One epoch. Errors are mean squares of standardised values; `training` includes dropout. */
export interface EpochPoint {
  readonly member: number;
  readonly epoch: number;
  readonly training: number;
  readonly validation: number;
}

/** The state of a training after whole epochs. */
export interface PredictorTrainingState {
  /** Members whose training has ended: the parameters of their best epoch, in the order of networkParameters. */
  readonly finished: readonly Weights[];
  /**
   * The current member; null before its first epoch. `weights` are those of learntParameters, `best` is as in
   * `finished`.
   */
  readonly current: {
    readonly epoch: number;
    readonly weights: Weights;
    readonly best: Weights;
    readonly moments: Moments;
  } | null;
  readonly curve: readonly EpochPoint[];
}

export const FRESH_TRAINING: PredictorTrainingState = { finished: [], current: null, curve: [] };

export interface PredictorObserver {
  onBatch?(progress: { member: number; epoch: number; batch: number; batches: number }): void;
  onEpoch?(point: EpochPoint): void;
  /** Called after each epoch; awaited. */
  onState?(state: PredictorTrainingState): Promise<void> | void;
  readonly signal?: AbortSignal;
}

/** Prepared training data. */
export interface TrainingSet {
  readonly data: MeasuredSequences;
  readonly folds: Folds;
  readonly scales: readonly Scale[];
}

/** Scales of the training fold's values. @throws RangeError if a task has fewer than two of them */
export function scalesOf(
  { values }: Pick<MeasuredSequences, 'values'>,
  { training }: Pick<Folds, 'training'>,
): Scale[] {
  return Array.from({ length: values[0]?.length ?? 0 }, (_, task) => {
    const known = training.map((i) => values[i][task]).filter((value) => !Number.isNaN(value));
    if (known.length < 2)
      throw new RangeError(`Task ${task + 1} has ${known.length} values to learn from; it needs at least 2.`);
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    if (deviation === 0)
      throw new RangeError(`All values of task ${task + 1} are the same, so there is nothing to learn.`);
    return { mean, deviation };
  });
}

/**
 * Trains all members to the end, from the start or from `from`.
 * @returns the last state; not all members are finished after an abort
 */
export async function trainPredictor(
  set: TrainingSet,
  settings: PredictorSettings,
  device: Device,
  observer: PredictorObserver,
  from = FRESH_TRAINING,
): Promise<PredictorTrainingState> {
  const programs = await TrainingPrograms.create(device, settings);
  try {
    let state = from;
    while (state.finished.length < settings.members && !observer.signal?.aborted) {
      const next = await new Epoch(set, settings, programs, state).run(observer);
      if (next === null) break;
      state = next;
      await observer.onState?.(state);
    }
    return state;
  } finally {
    await programs.dispose();
  }
}

/** The learning rate rises over the first part of the updates, then follows a cosine to zero. In [0, 1]. */
export function oneCycle(step: number, steps: number): number {
  const top = Math.max(1, Math.floor(steps * RISE));
  if (step < top) return (step + 1) / top;
  return (1 + Math.cos((Math.PI * (step - top + 1)) / Math.max(1, steps - top))) / 2;
}

/** Share of the updates over which the learning rate rises. */
const RISE = 0.2;
/** Gradients are clipped to this norm. */
const LONGEST_GRADIENT = 1;
const BETA2 = 0.99;

/** Batches over which the filters' mean and mean square are averaged before a network is evaluated. */
const STATISTICS_BATCHES = 32;

/** The learnt parameters: the network's, then the gains. */
export function learntParameters(network: SequenceNetwork): ParameterSpec[] {
  return [...networkParameters(network), ...gainParameters(network)];
}

/** For one batch: loss with its gradients, statistics of the filters, and predictions of the plain network. */
class TrainingPrograms {
  readonly gradients: Program;
  readonly statistics: Program;
  readonly outputs: Program;

  private constructor(gradients: Program, statistics: Program, outputs: Program) {
    this.gradients = gradients;
    this.statistics = statistics;
    this.outputs = outputs;
  }

  static async create(device: Device, { network, batch }: PredictorSettings): Promise<TrainingPrograms> {
    const plain = networkParameters(network).map(({ shape }) => ({ shape }));
    const learnt = learntParameters(network).map(({ shape }) => ({ shape }));
    const split = (all: readonly Tensor[]) => ({
      parameters: all.slice(0, plain.length),
      gains: all.slice(plain.length),
    });
    const input = { shape: [batch, network.length, CHANNELS] };
    const values = { shape: [batch, network.outputs] };
    const masks = maskShapes(network, batch).map((shape) => ({ shape }));
    const gradients = await device.compile(
      (x, wanted, known, ...rest) => {
        const loss = (...all: Tensor[]) =>
          maskedSquares(
            trainingOutputs(network, { ...split(all), input: x, masks: rest.slice(0, masks.length) }),
            wanted,
            known,
          );
        const { value, grads } = tf.valueAndGrads(loss as (...all: Tensor[]) => tf.Scalar)(rest.slice(masks.length));
        return [value, ...grads];
      },
      [input, values, values, ...masks, ...learnt],
    );
    const statistics = await device.compile(
      (x, ...all) => batchStatistics(network, { ...split(all), input: x }),
      [input, ...learnt],
    );
    const outputs = await device.compile((x, ...p) => [networkOutputs(network, p, x)], [input, ...plain]);
    return new TrainingPrograms(gradients, statistics, outputs);
  }

  async dispose(): Promise<void> {
    await this.gradients.dispose();
    await this.statistics.dispose();
    await this.outputs.dispose();
  }
}

/** Mean square over the known values. All [B, T]; `known` is 1 or 0. */
export function maskedSquares(predicted: Tensor, wanted: Tensor, known: Tensor): Tensor {
  return tf.div(tf.sum(tf.mul(tf.squaredDifference(predicted, wanted), known)), tf.maximum(tf.sum(known), 1));
}

/** One pass of one member over the training fold. */
class Epoch {
  readonly #set: TrainingSet;
  readonly #settings: PredictorSettings;
  readonly #programs: TrainingPrograms;
  readonly #before: PredictorTrainingState;
  readonly #member: number;
  readonly #epoch: number;
  readonly #weights: Weights;
  readonly #adam: Adam;
  readonly #inputs: BatchInputs;

  constructor(
    set: TrainingSet,
    settings: PredictorSettings,
    programs: TrainingPrograms,
    before: PredictorTrainingState,
  ) {
    const specs = learntParameters(settings.network);
    this.#set = set;
    this.#settings = settings;
    this.#programs = programs;
    this.#before = before;
    this.#member = before.finished.length;
    this.#epoch = before.current?.epoch ?? 0;
    this.#weights =
      before.current?.weights.slice() ??
      initialWeights(specs, randomStream(settings.seed, Purpose.initial, this.#member).normal);
    this.#adam = new Adam(parameterCount(specs), { beta2: BETA2, weightDecay: settings.weightDecay });
    if (before.current) this.#adam.restore(before.current.moments);
    this.#inputs = new BatchInputs(set, settings);
  }

  /** @returns the state after the epoch; null if it was aborted */
  async run(observer: PredictorObserver): Promise<PredictorTrainingState | null> {
    const { batch, seed } = this.#settings;
    const { training } = this.#set.folds;
    const order = permutation(training.length, randomStream(seed, Purpose.shuffle, 1 + this.#member, this.#epoch));
    const batches = Math.max(1, Math.floor(training.length / batch));
    let loss = 0;
    for (let i = 0; i < batches; i++) {
      if (observer.signal?.aborted) return null;
      const rows = order.slice(i * batch, (i + 1) * batch).map((place) => training[place]);
      loss += await this.#update(rows, this.#epoch * batches + i, batches * this.#settings.epochs);
      observer.onBatch?.({ member: this.#member, epoch: this.#epoch, batch: i + 1, batches });
    }
    const folded = await this.#folded(order.map((place) => training[place]));
    const point = {
      member: this.#member,
      epoch: this.#epoch,
      training: loss / batches,
      validation: await this.#validate(folded),
    };
    observer.onEpoch?.(point);
    return this.#after(point, folded);
  }

  async #update(rows: readonly number[], step: number, steps: number): Promise<number> {
    const { network, seed, learningRate } = this.#settings;
    const specs = learntParameters(network);
    const random = randomStream(seed, Purpose.dropout, this.#member, step);
    const gradient = new Float32Array(this.#weights.length);
    const loss = new Float32Array(1);
    const data = this.#inputs.training(rows, random);
    await this.#programs.gradients.run(
      [...data, ...viewParameters(specs, this.#weights)],
      [loss, ...viewParameters(specs, gradient)],
    );
    shorten(gradient, LONGEST_GRADIENT);
    this.#adam.step(this.#weights, gradient, learningRate * oneCycle(step, steps));
    return loss[0];
  }

  /**
   * The plain network that is equivalent to the one in training.
   * @param rows for the filters' statistics, in random order
   */
  async #folded(rows: readonly number[]): Promise<Weights> {
    const { batch, network } = this.#settings;
    const views = viewParameters(learntParameters(network), this.#weights);
    const batches = Math.min(STATISTICS_BATCHES, Math.floor(rows.length / batch));
    const means = network.blocks.flatMap(({ width }) => [new Float64Array(width), new Float64Array(width)]);
    for (let i = 0; i < batches; i++) {
      const found = await this.#programs.statistics.run([
        this.#inputs.plain(rows.slice(i * batch, (i + 1) * batch), false),
        ...views,
      ]);
      means.forEach((mean, k) => found[k].forEach((value, d) => (mean[d] += value / batches)));
    }
    const count = networkParameters(network).length;
    return foldNormalisation(network, views.slice(0, count), views.slice(count), means);
  }

  /** Mean squared error of the validation fold, over the mean of both strands if they are equivalent. */
  async #validate(weights: Weights): Promise<number> {
    const { batch, network, bothStrands } = this.#settings;
    const parameters = viewParameters(networkParameters(network), weights);
    const { validation } = this.#set.folds;
    let [sum, known] = [0, 0];
    for (let start = 0; start < validation.length; start += batch) {
      const rows = validation.slice(start, start + batch);
      const strands: Float32Array[] = [];
      for (const opposite of bothStrands ? [false, true] : [false]) {
        const [outputs] = await this.#programs.outputs.run([this.#inputs.plain(rows, opposite), ...parameters]);
        strands.push(outputs as Float32Array);
      }
      this.#inputs.eachKnown(rows, (place, wanted) => {
        const predicted = strands.reduce((total, outputs) => total + outputs[place], 0) / strands.length;
        sum += (predicted - wanted) ** 2;
        known++;
      });
    }
    return sum / known;
  }

  #after(point: EpochPoint, folded: Weights): PredictorTrainingState {
    const { finished, current, curve } = this.#before;
    const former = curve.filter(({ member }) => member === this.#member).map(({ validation }) => validation);
    const best = current === null || point.validation < Math.min(...former) ? folded : current.best;
    const after = { curve: [...curve, point] };
    if (this.#epoch + 1 === this.#settings.epochs) return { ...after, finished: [...finished, best], current: null };
    return {
      ...after,
      finished,
      current: { epoch: this.#epoch + 1, weights: this.#weights, best, moments: this.#adam.state() },
    };
  }
}

/** Shortens a vector to a length, in place. */
export function shorten(vector: Float32Array, longest: number): void {
  let squares = 0;
  for (const x of vector) squares += x * x;
  const share = longest / Math.sqrt(squares);
  if (share < 1) for (let i = 0; i < vector.length; i++) vector[i] *= share;
}

/** Arrays of one batch, refilled for each. */
class BatchInputs {
  readonly #set: TrainingSet;
  readonly #settings: PredictorSettings;
  readonly #input: Float32Array;
  readonly #wanted: Float32Array;
  readonly #known: Float32Array;
  readonly #masks: readonly Float32Array[];

  constructor(set: TrainingSet, settings: PredictorSettings) {
    const { network, batch } = settings;
    this.#set = set;
    this.#settings = settings;
    this.#input = new Float32Array(batch * network.length * CHANNELS);
    this.#wanted = new Float32Array(batch * network.outputs);
    this.#known = new Float32Array(batch * network.outputs);
    this.#masks = maskShapes(network, batch).map((shape) => new Float32Array(elements(shape)));
  }

  /** One-hot rows, standardised values, which of them are known, and dropout masks. */
  training(rows: readonly number[], random: RandomStream): Float32Array[] {
    const { bothStrands } = this.#settings;
    this.#encode(rows, () => bothStrands && random.uniform() < 0.5);
    this.#wanted.fill(0);
    this.#known.fill(0);
    this.eachKnown(rows, (place, wanted) => {
      this.#wanted[place] = wanted;
      this.#known[place] = 1;
    });
    this.#masks.forEach((mask, i) => fillMask(mask, this.#dropoutOf(i), random));
    return [this.#input, this.#wanted, this.#known, ...this.#masks];
  }

  /** One-hot rows alone. */
  plain(rows: readonly number[], opposite: boolean): Float32Array {
    this.#encode(rows, () => opposite);
    return this.#input;
  }

  /** Calls with the index in [B, T] and the standardised value of each measurement of the rows. */
  eachKnown(rows: readonly number[], then: (place: number, wanted: number) => void): void {
    const { data, scales } = this.#set;
    rows.forEach((index, row) => {
      data.values[index].forEach((value, task) => {
        if (!Number.isNaN(value))
          then(row * scales.length + task, (value - scales[task].mean) / scales[task].deviation);
      });
    });
  }

  #dropoutOf(mask: number): number {
    const { network, dropout } = this.#settings;
    return mask < network.blocks.length ? dropout / 2 : dropout;
  }

  #encode(rows: readonly number[], isOpposite: () => boolean): void {
    const { length } = this.#settings.network;
    this.#input.fill(0);
    rows.forEach((index, row) => {
      const view = this.#input.subarray(row * length * CHANNELS, (row + 1) * length * CHANNELS);
      encodeCentred(this.#set.data.sequences[index], length, view);
      if (isOpposite()) toOppositeStrand(view);
    });
  }
}

/** Drops a share and scales the rest up, so that the mean is preserved (Srivastava et al. 2014, inverted). */
function fillMask(mask: Float32Array, dropout: number, random: RandomStream): void {
  for (let i = 0; i < mask.length; i++) mask[i] = random.uniform() < dropout ? 0 : 1 / (1 - dropout);
}
