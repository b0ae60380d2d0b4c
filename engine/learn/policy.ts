/**
 * The generator being trained: its weights, its optimizer's memory, its extra parameters
 * and the device's training graphs. One object serves one expert after another:
 * `start` takes an expert over, `weights`, `moments` and `extra` hand it back.
 */
import { decoderParameters, type DecoderShape } from '../generator/decoder.ts';
import { type PackedRows, packSequences } from '../generator/packing.ts';
import { parameterCount, viewParameters, type Weights } from '../generator/parameters.ts';
import { stepsTaken } from '../generator/reward-tokens.ts';
import type { Device, TensorData } from '../tensor/device.ts';
import {
  augmentedTraining,
  contextTraining,
  evaluationGraphs,
  type GraphsByShape,
  ppoTraining,
  type TrainedLoss,
  trainingGraphs,
} from './graphs.ts';
import { Adam } from './optimizers.ts';
import { mostDrawn } from './redraw.ts';
import type { ExtraParameters, LearnSettings, Moments } from './types.ts';

/** Rows come in multiples of this, so that few shapes are compiled. */
const ROW_MULTIPLE = 8;
/**
 * Tokens a row where every sequence is shorter. Two drug-like SMILES fit, while
 * attention grows with the square: measured fastest among 64, 80, 96, 128 and 160.
 */
const USUAL_LENGTH = 96;

/** Of a sequence that may become as unlikely as the loss makes it. */
const NO_FLOOR = -Infinity;

/** A sequence to learn. */
interface Example {
  readonly tokens: Int32Array;
  /** 1 for each token after the start that carries no gradient, since a guide left no choice; null for none. */
  readonly forced: Uint8Array | null;
}

/** A sequence to learn by the augmented likelihood. */
export interface AugmentedExample extends Example {
  /** Of the tokens that were not forced. */
  readonly logPrior: number;
  readonly reward: number;
  /** Log-likelihood under the weights that made it; null for a remembered sequence. */
  readonly logSampled: number | null;
}

/** A sequence to learn by PPO; a number a token after the start in each array. */
export interface PpoExample extends Example {
  readonly oldLogProbabilities: Float32Array;
  readonly oldValues: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** A sequence to learn after its reward tokens. */
export interface ContextExample extends Example {
  /** Of each goal that has reward tokens. */
  readonly levels: readonly number[];
}

export interface Evaluation {
  readonly logProbabilities: Float32Array;
  readonly values: Float32Array;
}

/** A flat vector of parameters with its gradient and its optimizer. */
class Trained {
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  readonly adam: Adam;

  constructor(size: number) {
    this.weights = new Float32Array(size);
    this.gradient = new Float32Array(size);
    this.adam = new Adam(size);
  }

  start(weights: Float32Array | null, moments: Moments | null): void {
    if (weights && weights.length !== this.weights.length)
      throw new RangeError(`The generator has ${this.weights.length} parameters; ${weights.length} were given.`);
    this.weights.fill(0);
    if (weights) this.weights.set(weights);
    const size = this.weights.length;
    this.adam.restore(moments ?? { first: new Float32Array(size), second: new Float32Array(size), steps: 0 });
  }

  step(learningRate: number): void {
    this.adam.step(this.weights, this.gradient, learningRate);
  }
}

class NotFiniteError extends Error {
  constructor() {
    super(
      'The device computed a loss or gradient that is not a number, so the step was not taken. Every finished round is kept. Resume the run; if it happens again, lower the learning rate or choose another device.',
    );
    this.name = 'NotFiniteError';
  }
}

export class Policy {
  readonly #shape: DecoderShape;
  readonly #slots: number;
  readonly #trustRegion: number;
  /** PPO's critic, or the reward tokens of rewards in context. */
  readonly #extra: Trained | null;
  readonly #decoder: Trained;
  readonly #hasCritic: boolean;
  readonly #training: GraphsByShape;
  readonly #evaluation: GraphsByShape;
  readonly #parameters: readonly Float32Array[];
  readonly #outputs: readonly Float32Array[];

  /** @param goals that have reward tokens: 0 except for rewards in context */
  constructor(device: Device, shape: DecoderShape, settings: LearnSettings, goals = 0) {
    const decoder = decoderParameters(shape);
    this.#shape = shape;
    this.#trustRegion = settings.trust_region === 0 ? Infinity : settings.trust_region;
    this.#slots = mostDrawn(settings) + (settings.replay_size > 0 ? settings.replay_sample : 0);
    const training = trainedLoss(shape, settings, this.#slots, goals);
    this.#decoder = new Trained(parameterCount(decoder));
    this.#extra = training.extra.length > 0 ? new Trained(parameterCount(training.extra)) : null;
    this.#hasCritic = goals === 0 && settings.loss === 'ppo';
    this.#training = trainingGraphs(device, shape, training);
    this.#evaluation = evaluationGraphs(device, shape);
    const views = (part: 'weights' | 'gradient') => [
      ...viewParameters(decoder, this.#decoder[part]),
      ...(this.#extra ? viewParameters(training.extra, this.#extra[part]) : []),
    ];
    this.#parameters = views('weights');
    this.#outputs = [new Float32Array(1), ...views('gradient')];
  }

  /** Takes an expert over; null starts its optimizer or extra parameters from nothing. */
  start(weights: Weights, moments: Moments | null, extra: ExtraParameters | null): void {
    this.#decoder.start(weights, moments);
    this.#extra?.start(extra?.weights ?? null, extra?.moments ?? null);
  }

  /** The weights now; they change with each step. */
  get weights(): Weights {
    return this.#decoder.weights;
  }

  /** A copy. */
  get moments(): Moments {
    return this.#decoder.adam.state();
  }

  /** A copy; null if the decoder has all the parameters. */
  get extra(): ExtraParameters | null {
    return this.#extra && { weights: this.#extra.weights.slice(), moments: this.#extra.adam.state() };
  }

  /** One optimizer step of the augmented likelihood. @returns the loss before it */
  async augmentedStep(examples: readonly AugmentedExample[], learningRate: number): Promise<number> {
    const column = (value: (example: AugmentedExample) => number) => {
      const values = new Float32Array(this.#slots);
      examples.forEach((example, i) => (values[i] = value(example)));
      return values;
    };
    const inputs = [
      column((e) => e.logPrior),
      column((e) => e.reward),
      column(() => 1),
      column((e) => (e.logSampled === null ? NO_FLOOR : e.logSampled - this.#trustRegion)),
    ];
    return this.#step(withoutForced(this.#pack(examples), examples), inputs, learningRate);
  }

  /** One optimizer step of PPO, critic included. @returns the loss before it */
  async ppoStep(examples: readonly PpoExample[], learningRate: number): Promise<number> {
    const rows = withoutForced(this.#pack(examples), examples);
    const spread = (field: Exclude<keyof PpoExample, keyof Example>) =>
      Float32Array.from(rows.owners, (owner, at) => (owner < 0 ? 0 : examples[owner][field][rows.positions[at]]));
    const inputs = [spread('oldLogProbabilities'), spread('oldValues'), spread('advantages'), spread('returns')];
    return this.#step(rows, inputs, learningRate);
  }

  /**
   * One optimizer step on the cross-entropy of sequences after their reward tokens. The start token's own embedding
   * stays the prior's, so that it tells a generator without reward tokens from one with them.
   * @returns the loss before it
   */
  async contextStep(examples: readonly ContextExample[], learningRate: number): Promise<number> {
    const rows = withoutForced(this.#pack(examples), examples);
    const taken = examples.map(({ levels }) => stepsTaken(levels));
    const width = taken[0].length;
    const steps = new Float32Array(rows.owners.length * width);
    rows.owners.forEach((owner, at) => {
      if (owner >= 0 && rows.positions[at] === 0) steps.set(taken[owner], at * width);
    });
    return this.#step(rows, [steps], learningRate, this.#shape.width);
  }

  /** Log-probability and critic's value of each token after the start. @throws Error without a critic */
  async evaluate(sequences: readonly { readonly tokens: Int32Array }[]): Promise<Evaluation[]> {
    if (!this.#hasCritic) throw new Error('Only a policy trained by PPO has a critic to evaluate.');
    const rows = this.#pack(sequences);
    const [logProbabilities, values] = await this.#evaluation.run(rows, this.#parameters, []);
    const results = sequences.map(({ tokens }) => ({
      logProbabilities: new Float32Array(tokens.length - 1),
      values: new Float32Array(tokens.length - 1),
    }));
    rows.owners.forEach((owner, at) => {
      if (owner < 0) return;
      results[owner].logProbabilities[rows.positions[at]] = logProbabilities[at];
      results[owner].values[rows.positions[at]] = values[at];
    });
    return results;
  }

  /**
   * @param frozen parameters at the start of the decoder's that stay as they are
   * @throws NotFiniteError twice in a row a loss or gradient that is no number; weights and optimizer are unchanged
   */
  async #step(rows: PackedRows, inputs: readonly TensorData[], learningRate: number, frozen = 0): Promise<number> {
    await this.#training.run(rows, this.#parameters, inputs, this.#outputs);
    // A fault of the device is gone the second time; one of the numbers is not.
    if (!this.#outputs.every(areFinite)) await this.#training.run(rows, this.#parameters, inputs, this.#outputs);
    if (!this.#outputs.every(areFinite)) throw new NotFiniteError();
    this.#decoder.gradient.fill(0, 0, frozen);
    this.#decoder.step(learningRate);
    this.#extra?.step(learningRate);
    return this.#outputs[0][0];
  }

  #pack(sequences: readonly { readonly tokens: Int32Array }[]): PackedRows {
    const longest = Math.max(...sequences.map(({ tokens }) => tokens.length - 1));
    const length = longest <= USUAL_LENGTH ? Math.min(USUAL_LENGTH, this.#shape.context) : this.#shape.context;
    return packSequences(
      sequences.map(({ tokens }) => tokens),
      length,
      ROW_MULTIPLE,
    );
  }

  async dispose(): Promise<void> {
    await this.#training.dispose();
    await this.#evaluation.dispose();
  }
}

/** What is trained: the loss of the settings, or the cross-entropy after reward tokens. */
function trainedLoss(shape: DecoderShape, settings: LearnSettings, slots: number, goals: number): TrainedLoss {
  if (goals > 0) return contextTraining(shape, goals);
  return settings.loss === 'ppo'
    ? ppoTraining(shape, settings.clip)
    : augmentedTraining(slots, settings.sigma, settings.baseline);
}

/** Adding up 0 times each number is 0, unless one is infinite or no number. */
function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0;
  return sum === 0;
}

/** Takes forced tokens out of the rows' mask, in place. @returns the rows */
function withoutForced(rows: PackedRows, examples: readonly Example[]): PackedRows {
  rows.owners.forEach((owner, at) => {
    if (owner >= 0 && examples[owner].forced?.[rows.positions[at]] === 1) rows.mask[at] = 0;
  });
  return rows;
}
