/**
 * @file Trains one message-passing network on several quantities of molecules at once: absolute errors of standardised
 * values, rounded off near zero, over the measured quantities; AdamW with one cycle of the learning rate. Each further
 * network continues from the previous one with a shorter cycle (Huang et al., ICLR 2017, "snapshot ensembles"). One
 * state holds everything, and the same state gives the same next epoch, so a training that was killed and resumed ends
 * like one that was never interrupted.
 */
import { initialWeights, parameterCount, viewParameters, type Weights } from '../../generator/parameters.ts';
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
import { describerOf } from '../../predictor/molecule-features.ts';
import { type MoleculeInput, planPasses, writePass } from '../../predictor/molecule-pass.ts';
import type { Device, Program, TensorData } from '../../tensor/device.ts';
import type { Tensor } from '../../tensor/tf.ts';
import * as tf from '../../tensor/tf.ts';
import { Adam } from '../optimizers.ts';
import type { Folds } from '../predictor-data.ts';
import {
  type EpochPoint,
  FRESH_TRAINING,
  oneCycle,
  type PredictorObserver,
  type PredictorTrainingState,
  shorten,
} from '../predictor-training.ts';
import { specsOf } from '../user-predictor/network.ts';

export interface JointSettings {
  readonly shape: MessageShape;
  /** Divisor of the sum over atoms. */
  readonly norm: number;
  readonly members: number;
  /** Passes of the first network, and of each further one. */
  readonly epochs: number;
  readonly moreEpochs: number;
  /** Molecules per update. */
  readonly batch: number;
  /** Learning rate at the top of the first cycle; the further ones reach half of it. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Seed of everything: folds, initial weights, order. */
  readonly seed: number;
}

/** A molecule with the standardised residual of each quantity; NaN if it was not measured. */
export interface JointExample {
  readonly input: MoleculeInput;
  readonly wanted: Float32Array;
}

/** Room for a batch of molecules of the usual size, and for the largest molecule alone. */
export function passFor(molecules: readonly MoleculeInput[], batch: number): PassSize {
  const most = (of: (one: MoleculeInput) => number) => molecules.reduce((best, one) => Math.max(best, of(one)), 0);
  const usual = (of: (one: MoleculeInput) => number) =>
    Math.ceil((ROOM * batch * molecules.reduce((sum, one) => sum + of(one), 0)) / molecules.length);
  const atoms = ({ graph }: MoleculeInput) => graph.atoms;
  const bonds = ({ graph }: MoleculeInput) => 2 * graph.bonds;
  return {
    molecules: batch,
    atoms: Math.max(usual(atoms), most(atoms)) + 1,
    bonds: Math.max(usual(bonds), most(bonds)) + 1,
    neighbours: most(({ graph }) => Math.max(0, ...graph.degrees)),
  };
}

/** A pass is closed when the next molecule does not fit, so slightly more than the usual size fills it. */
const ROOM = 1.03;

/** Passes over the data of all networks before one. */
export function epochsBefore({ epochs, moreEpochs }: JointSettings, member: number): number {
  return member === 0 ? 0 : epochs + (member - 1) * moreEpochs;
}

/**
 * Trains all networks to the end, from the start or from `from`. @returns the last state; not all networks are finished
 * after an abort
 */
export async function trainJoint(
  examples: readonly JointExample[],
  folds: Folds,
  settings: JointSettings,
  device: Device,
  observer: PredictorObserver,
  from = FRESH_TRAINING,
): Promise<PredictorTrainingState> {
  const pass = passFor(
    examples.map(({ input }) => input),
    settings.batch,
  );
  const programs = await JointPrograms.create(device, settings, pass);
  try {
    let state = from;
    while (state.finished.length < settings.members && !observer.signal?.aborted) {
      const next = await new JointEpoch({ examples, folds, settings, pass, programs }, state).run(observer);
      if (next === null) break;
      state = next;
      await observer.onState?.(state);
    }
    return state;
  } finally {
    await programs.dispose();
  }
}

function named(shape: MessageShape, parameters: readonly Tensor[]): MessageWeights<Tensor> {
  return Object.fromEntries(
    messageParameters(shape).map(({ name }, i) => [name, parameters[i]]),
  ) as unknown as MessageWeights<Tensor>;
}

/** For one pass: the loss with its gradients, and the outputs alone. */
class JointPrograms {
  readonly gradients: Program;
  readonly outputs: Program;

  private constructor(gradients: Program, outputs: Program) {
    this.gradients = gradients;
    this.outputs = outputs;
  }

  static async create(device: Device, { shape }: JointSettings, size: PassSize): Promise<JointPrograms> {
    const pass = passSpecs(size, describerOf(shape).width);
    const values = { shape: [size.molecules, shape.tasks] };
    const parameters = messageParameters(shape).map(({ shape: dims }) => ({ shape: dims }));
    const gradients = await device.compile(
      (...all) => {
        const inputs = all.slice(0, pass.length);
        const [wanted, known] = all.slice(pass.length, pass.length + 2);
        const loss = (...p: Tensor[]) =>
          maskedErrors(
            messageOutputs(size, shape, inputs, named(shape, p), learntTravelOf(size, inputs)),
            wanted,
            known,
          );
        const { value, grads } = tf.valueAndGrads(loss as (...p: Tensor[]) => tf.Scalar)(all.slice(pass.length + 2));
        return [value, ...grads];
      },
      [...pass, values, values, ...parameters],
    );
    const outputs = await device.compile(
      (...all) => [messageOutputs(size, shape, all.slice(0, pass.length), named(shape, all.slice(pass.length)))],
      [...pass, ...parameters],
    );
    return new JointPrograms(gradients, outputs);
  }

  async dispose(): Promise<void> {
    await this.gradients.dispose();
    await this.outputs.dispose();
  }
}

/** Errors below this many deviations count quadratically, larger ones linearly. */
const ROUNDED = 0.05;

/** Mean over the known values. All [B, T]; `known` is 1 or 0. */
function maskedErrors(predicted: Tensor, wanted: Tensor, known: Tensor): Tensor {
  const gap = tf.div(tf.sub(predicted, wanted), ROUNDED);
  const errors = tf.mul(tf.sub(tf.sqrt(tf.add(tf.square(gap), 1)), 1), ROUNDED);
  return tf.div(tf.sum(tf.mul(errors, known)), tf.maximum(tf.sum(known), 1));
}

interface JointTraining {
  readonly examples: readonly JointExample[];
  readonly folds: Folds;
  readonly settings: JointSettings;
  readonly pass: PassSize;
  readonly programs: JointPrograms;
}

/** Gradients are clipped to this norm. */
const LONGEST_GRADIENT = 1;
/** Share of the first cycle's learning rate that further cycles reach. */
const FURTHER_RATE = 0.5;

/** One pass of one network over the training fold. */
class JointEpoch {
  readonly #training: JointTraining;
  readonly #before: PredictorTrainingState;
  readonly #member: number;
  readonly #epoch: number;
  readonly #weights: Weights;
  readonly #adam: Adam;

  constructor(training: JointTraining, before: PredictorTrainingState) {
    const { shape, seed, weightDecay } = training.settings;
    const specs = specsOf(shape);
    this.#training = training;
    this.#before = before;
    this.#member = before.finished.length;
    this.#epoch = before.current?.epoch ?? 0;
    this.#weights =
      (before.current?.weights ?? before.finished.at(-1))?.slice() ??
      initialWeights(specs, randomStream(seed, Purpose.initial).normal);
    this.#adam = new Adam(parameterCount(specs), { weightDecay });
    if (before.current) this.#adam.restore(before.current.moments);
  }

  get #epochs(): number {
    const { epochs, moreEpochs } = this.#training.settings;
    return this.#member === 0 ? epochs : moreEpochs;
  }

  /** @returns the state after the epoch; null if it was aborted */
  async run(observer: PredictorObserver): Promise<PredictorTrainingState | null> {
    const { examples, folds, settings, pass } = this.#training;
    const order = permutation(
      folds.training.length,
      randomStream(settings.seed, Purpose.shuffle, 1 + this.#member, this.#epoch),
    ).map((place) => examples[folds.training[place]]);
    const passes = planPasses(
      order.map(({ input }) => input.graph),
      pass,
    );
    let loss = 0;
    for (const [i, [first, end]] of passes.entries()) {
      if (observer.signal?.aborted) return null;
      loss += await this.#update(order.slice(first, end), (this.#epoch + i / passes.length) / this.#epochs);
      observer.onBatch?.({ member: this.#member, epoch: this.#epoch, batch: i + 1, batches: passes.length });
    }
    const point = {
      member: this.#member,
      epoch: this.#epoch,
      training: loss / passes.length,
      validation: await this.#validate(),
    };
    observer.onEpoch?.(point);
    return this.#after(point);
  }

  /** @param done share of the cycle before it */
  async #update(examples: readonly JointExample[], done: number): Promise<number> {
    const { settings, programs } = this.#training;
    const specs = specsOf(settings.shape);
    const gradient = new Float32Array(this.#weights.length);
    const loss = new Float32Array(1);
    await programs.gradients.run(
      [...this.#inputs(examples), ...this.#targets(examples), ...viewParameters(specs, this.#weights)],
      [loss, ...viewParameters(specs, gradient)],
    );
    shorten(gradient, LONGEST_GRADIENT);
    const top = settings.learningRate * (this.#member === 0 ? 1 : FURTHER_RATE);
    this.#adam.step(this.#weights, gradient, top * oneCycle(Math.round(done * CYCLE), CYCLE));
    return loss[0];
  }

  #inputs(examples: readonly JointExample[]): TensorData[] {
    const { settings, pass } = this.#training;
    return writePass(
      examples.map(({ input }) => input),
      pass,
      1 / settings.norm,
      describerOf(settings.shape),
    );
  }

  /** Standardised values, and which are known. */
  #targets(examples: readonly JointExample[]): Float32Array[] {
    const { pass, settings } = this.#training;
    const wanted = new Float32Array(pass.molecules * settings.shape.tasks);
    const known = new Float32Array(wanted.length);
    eachKnown(examples, (place, value) => {
      wanted[place] = value;
      known[place] = 1;
    });
    return [wanted, known];
  }

  /** Mean absolute error of the validation fold, standardised. */
  async #validate(): Promise<number> {
    const { examples, folds, pass, programs, settings } = this.#training;
    const held = folds.validation.map((i) => examples[i]);
    let [sum, count] = [0, 0];
    for (const [first, end] of planPasses(
      held.map(({ input }) => input.graph),
      pass,
    )) {
      const some = held.slice(first, end);
      const [outputs] = await programs.outputs.run([
        ...this.#inputs(some),
        ...viewParameters(specsOf(settings.shape), this.#weights),
      ]);
      eachKnown(some, (place, value) => {
        sum += Math.abs(outputs[place] - value);
        count++;
      });
    }
    return sum / count;
  }

  #after(point: EpochPoint): PredictorTrainingState {
    const { finished, current, curve } = this.#before;
    const former = curve.filter(({ member }) => member === this.#member).map(({ validation }) => validation);
    const best = current === null || point.validation < Math.min(...former) ? this.#weights.slice() : current.best;
    const after = { curve: [...curve, point] };
    if (this.#epoch + 1 === this.#epochs) return { ...after, finished: [...finished, best], current: null };
    return {
      ...after,
      finished,
      current: { epoch: this.#epoch + 1, weights: this.#weights, best, moments: this.#adam.state() },
    };
  }
}

/** Resolution of a cycle, because the number of updates differs between epochs. */
const CYCLE = 10_000;

/** Calls with the index in [B, T] and the value of each measurement. */
function eachKnown(examples: readonly JointExample[], then: (place: number, wanted: number) => void): void {
  examples.forEach(({ wanted }, row) =>
    wanted.forEach((value, task) => {
      if (!Number.isNaN(value)) then(row * wanted.length + task, value);
    }),
  );
}
