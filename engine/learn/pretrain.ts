/**
 * @file Pre-training: next-token cross-entropy on packed rows, AdamW or Muon, with a warm-up, a plateau and a linear
 * descent to zero (Hagele et al. 2024). One state object holds everything, and the same state gives the same next step,
 * so a training that was killed and resumed ends like one that was never interrupted.
 */
import { crossEntropySum, decoderParameters, type DecoderShape, type ParameterSpec } from '../generator/decoder.ts';
import { packedSpecs } from '../generator/likelihood.ts';
import { type PackedRows, packRows } from '../generator/packing.ts';
import { initialWeights, parameterCount, viewParameters, type Weights } from '../generator/parameters.ts';
import { Purpose, randomStream } from '../generator/random.ts';
import { parameterSpecs } from '../generator/step.ts';
import type { Device, Program } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import { type Corpus, CorpusReader, corpusSequence, type ReaderState, splitCorpus } from './corpus.ts';
import { createTrainer, type Trainer, type TrainerState } from './trainer.ts';

export interface PretrainSettings {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly context: number;
  readonly optimizer: 'muon' | 'adamw';
  /** Learning rate of Adam: all parameters with 'adamw', embeddings and head with 'muon'. */
  readonly learningRate: number;
  readonly muonLearningRate: number;
  readonly weightDecay: number;
  /** Training ends after this many tokens. */
  readonly tokens: number;
  /** Rows of `context` tokens per update; a multiple of `microRows`. */
  readonly rows: number;
  readonly microRows: number;
  readonly warmupSteps: number;
  /** Share of the training over which the learning rate falls to zero. */
  readonly descent: number;
  readonly validationShare: number;
  /** Steps between measurements on the validation split. */
  readonly evaluateEvery: number;
  /** Measurements without a better loss before an early stop. */
  readonly patience: number;
  /** Whether the result is the parameters of the best measurement instead of the last ones. */
  readonly keepBest: boolean;
  readonly seed: number;
}

export const PRETRAIN_DEFAULTS: PretrainSettings = {
  layers: 4,
  width: 192,
  heads: 6,
  keyValueHeads: 1,
  context: 128,
  optimizer: 'muon',
  learningRate: 3e-3,
  muonLearningRate: 0.02,
  weightDecay: 0.01,
  tokens: 50_000_000,
  rows: 64,
  microRows: 16,
  warmupSteps: 100,
  descent: 0.4,
  validationShare: 0.01,
  evaluateEvery: 250,
  patience: 8,
  keepBest: false,
  seed: 1,
};

/** One measurement. Losses in nats per token; `train` is the mean since the last one. */
interface PretrainPoint {
  readonly step: number;
  readonly tokens: number;
  readonly train: number;
  readonly validation: number;
}

export interface PretrainState {
  readonly step: number;
  readonly tokens: number;
  readonly weights: Weights;
  readonly trainer: TrainerState;
  readonly reader: ReaderState;
  readonly curve: readonly PretrainPoint[];
  /** Sum of losses and steps since the last measurement. */
  readonly running: { readonly loss: number; readonly steps: number };
  readonly finished: 'tokens' | 'early stop' | null;
  /** Parameters of the best measurement so far; null without `keepBest`, and before the first. */
  readonly best: Weights | null;
}

export interface PretrainObserver {
  /** Called after each step; `loss` in nats per token. */
  onStep?(progress: { step: number; steps: number; tokens: number; loss: number }): void;
  onMeasure?(point: PretrainPoint): void;
  /** Called when a save is due; awaited. */
  onState?(state: PretrainState): Promise<void> | void;
  /** Steps between saves. */
  readonly saveEvery: number;
  readonly signal?: AbortSignal;
}

function pretrainShape(settings: PretrainSettings, vocabulary: number): DecoderShape {
  const { layers, width, heads, keyValueHeads, context } = settings;
  return { vocabulary, layers, width, heads, keyValueHeads, context };
}

/** Tokens of an update as if its rows were full, so that the schedule is known in advance. */
export function pretrainSteps(settings: PretrainSettings): number {
  return Math.ceil(settings.tokens / (settings.rows * settings.context));
}

/** What a training starts from: nothing, the parameters of another generator, or a saved state. */
export type PretrainStart = { readonly weights?: Weights; readonly saved?: PretrainState };

/** Trains to the end. @returns the last state; `finished` is null after an abort */
export async function pretrain(
  corpus: Corpus,
  settings: PretrainSettings,
  device: Device,
  observer: PretrainObserver,
  start: PretrainStart = {},
): Promise<PretrainState> {
  const training = await PretrainRun.create(corpus, settings, device, start);
  try {
    while (training.state.finished === null && !observer.signal?.aborted) await training.step(observer);
    await observer.onState?.(training.snapshot());
    return training.snapshot();
  } finally {
    await training.dispose();
  }
}

/** Loss of a generator on the validation split, nats per token: what `pretrain` would measure before its first step. */
export async function validationLoss(
  corpus: Corpus,
  settings: PretrainSettings,
  device: Device,
  weights: Weights,
): Promise<number> {
  const model = await LossProgram.create(device, pretrainShape(settings, corpus.vocabulary.length), settings.microRows);
  try {
    return await model.loss(
      validationRows(corpus, splitCorpus(corpus, settings.validationShare, settings.seed).validation, settings),
      weights,
    );
  } finally {
    await model.dispose();
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class PretrainRun {
  readonly state: Mutable<Omit<PretrainState, 'trainer' | 'reader'>>;
  readonly #corpus: Corpus;
  readonly #settings: PretrainSettings;
  readonly #reader: CorpusReader;
  readonly #validation: PackedRows;
  readonly #trainer: Trainer;
  readonly #model: LossProgram;

  private constructor(
    corpus: Corpus,
    settings: PretrainSettings,
    model: LossProgram,
    trainer: Trainer,
    { saved, weights }: PretrainStart,
  ) {
    const split = splitCorpus(corpus, settings.validationShare, settings.seed);
    this.#corpus = corpus;
    this.#settings = settings;
    this.#model = model;
    this.#trainer = trainer;
    this.#reader = new CorpusReader(corpus, split.training, settings.seed, saved?.reader);
    this.#validation = validationRows(corpus, split.validation, settings);
    this.state =
      saved === undefined
        ? freshState(weights?.slice() ?? freshWeights(model.specs, settings.seed))
        : { ...saved, weights: saved.weights.slice() };
  }

  static async create(
    corpus: Corpus,
    settings: PretrainSettings,
    device: Device,
    start: PretrainStart,
  ): Promise<PretrainRun> {
    const shape = pretrainShape(settings, corpus.vocabulary.length);
    const model = await LossProgram.create(device, shape, settings.microRows);
    const trainer = await createTrainer(device, decoderParameters(shape), settings);
    if (start.saved !== undefined) trainer.restore(start.saved.trainer);
    return new PretrainRun(corpus, settings, model, trainer, start);
  }

  async step(observer: PretrainObserver): Promise<void> {
    const { rows, context } = this.#settings;
    const packed = this.#pack(this.#reader.next(rows, context));
    const { loss, gradient } = await this.#model.gradient(packed, this.state.weights);
    const steps = pretrainSteps(this.#settings);
    await this.#trainer.step(this.state.weights, gradient, learningRateShare(this.state.step, steps, this.#settings));
    this.state.step++;
    this.state.tokens += rows * context;
    this.state.running = { loss: this.state.running.loss + loss, steps: this.state.running.steps + 1 };
    observer.onStep?.({ step: this.state.step, steps, tokens: this.state.tokens, loss });
    if (this.state.step % this.#settings.evaluateEvery === 0 || this.state.step === steps)
      await this.#measure(observer);
    this.#decideEnd(steps);
    if (this.state.step % observer.saveEvery === 0) await observer.onState?.(this.snapshot());
  }

  snapshot(): PretrainState {
    return {
      ...this.state,
      weights: this.state.weights.slice(),
      trainer: this.#trainer.state(),
      reader: this.#reader.state,
    };
  }

  async dispose(): Promise<void> {
    await this.#model.dispose();
    await this.#trainer.dispose();
  }

  #pack(layout: readonly number[][]): PackedRows {
    return packRows(
      layout.map((row) => row.map((index) => corpusSequence(this.#corpus, index))),
      this.#settings.context,
    );
  }

  async #measure(observer: PretrainObserver): Promise<void> {
    const { loss, steps } = this.state.running;
    const validation = await this.#model.loss(this.#validation, this.state.weights);
    const point = { step: this.state.step, tokens: this.state.tokens, train: loss / steps, validation };
    this.state.curve = [...this.state.curve, point];
    this.state.running = { loss: 0, steps: 0 };
    if (this.#settings.keepBest && isBest(this.state.curve)) this.state.best = this.state.weights.slice();
    observer.onMeasure?.(point);
  }

  #decideEnd(steps: number): void {
    const losses = this.state.curve.map((point) => point.validation);
    const best = losses.indexOf(Math.min(...losses));
    if (losses.length - 1 - best >= this.#settings.patience) this.state.finished = 'early stop';
    if (this.state.step >= steps) this.state.finished = 'tokens';
  }
}

function freshState(weights: Weights): Mutable<Omit<PretrainState, 'trainer' | 'reader'>> {
  return { step: 0, tokens: 0, weights, curve: [], running: { loss: 0, steps: 0 }, finished: null, best: null };
}

function freshWeights(specs: readonly ParameterSpec[], seed: number): Weights {
  return initialWeights(specs, randomStream(seed, Purpose.initial).normal);
}

/** Whether the last measurement is better than all before it. */
function isBest(curve: readonly PretrainPoint[]): boolean {
  const last = curve.at(-1)!.validation;
  return curve.slice(0, -1).every(({ validation }) => last < validation);
}

/** Warm-up, plateau, linear descent to zero. In [0, 1]. */
export function learningRateShare(
  step: number,
  steps: number,
  { warmupSteps, descent }: Pick<PretrainSettings, 'warmupSteps' | 'descent'>,
): number {
  const rise = (step + 1) / warmupSteps;
  const fall = (steps - step) / Math.max(1, steps * descent);
  return Math.min(1, rise, fall);
}

const VALIDATION_ROWS = 256;

/** At most 256 rows of the validation split, the same at each measurement. */
function validationRows(
  corpus: Corpus,
  indices: readonly number[],
  { context, microRows, seed }: PretrainSettings,
): PackedRows {
  const tokens = indices.reduce((sum, i) => sum + corpus.offsets[i + 1] - corpus.offsets[i] + 1, 0);
  const rows = Math.max(1, Math.min(VALIDATION_ROWS, Math.floor(tokens / context)));
  const reader = new CorpusReader(corpus, indices, seed);
  const layout = reader.next(rows, context).map((row) => row.map((index) => corpusSequence(corpus, index)));
  while (layout.length % microRows !== 0) layout.push([]);
  return packRows(layout, context);
}

/** Mean loss and its gradient over packed rows, one micro-batch at a time. */
class LossProgram {
  readonly specs: readonly ParameterSpec[];
  readonly #rows: number;
  readonly #gradients: Program;
  readonly #forward: Program;

  private constructor(specs: readonly ParameterSpec[], rows: number, gradients: Program, forward: Program) {
    this.specs = specs;
    this.#rows = rows;
    this.#gradients = gradients;
    this.#forward = forward;
  }

  static async create(device: Device, shape: DecoderShape, rows: number): Promise<LossProgram> {
    const specs = [...packedSpecs(rows, shape.context), { shape: [rows * shape.context] }, ...parameterSpecs(shape)];
    const sum = (data: readonly tf.Tensor[], parameters: readonly tf.Tensor[]) =>
      crossEntropySum(shape, data, parameters);
    const gradients = await device.compile((...all) => {
      const { value, grads } = tf.valueAndGrads((...parameters) => sum(all, parameters))(all.slice(5));
      return [value, ...grads];
    }, specs);
    const forward = await device.compile((...all) => [sum(all, all.slice(5))], specs);
    return new LossProgram(decoderParameters(shape), rows, gradients, forward);
  }

  /** Loss in nats per token, and its gradient. */
  async gradient(packed: PackedRows, weights: Weights): Promise<{ loss: number; gradient: Float32Array }> {
    const total = new Float32Array(parameterCount(this.specs));
    const part = new Float32Array(total.length);
    const sum = await this.#each(packed, weights, this.#gradients, viewParameters(this.specs, part), () => {
      for (let i = 0; i < total.length; i++) total[i] += part[i];
    });
    const tokens = countTokens(packed);
    for (let i = 0; i < total.length; i++) total[i] /= tokens;
    return { loss: sum / tokens, gradient: total };
  }

  async loss(packed: PackedRows, weights: Weights): Promise<number> {
    return (await this.#each(packed, weights, this.#forward, [], () => undefined)) / countTokens(packed);
  }

  async #each(
    packed: PackedRows,
    weights: Weights,
    program: Program,
    into: readonly Float32Array[],
    then: () => void,
  ): Promise<number> {
    const views = viewParameters(this.specs, weights);
    const loss = new Float32Array(1);
    let sum = 0;
    for (let row = 0; row < packed.rows; row += this.#rows) {
      const [from, to] = [row * packed.length, (row + this.#rows) * packed.length];
      const data = [packed.tokens, packed.positions, packed.segments, packed.targets, packed.mask].map((values) =>
        values.subarray(from, to),
      );
      await program.run([...data, ...views], [loss, ...into]);
      sum += loss[0];
      then();
    }
    return sum;
  }

  async dispose(): Promise<void> {
    await this.#gradients.dispose();
    await this.#forward.dispose();
  }
}

function countTokens(packed: PackedRows): number {
  return packed.mask.reduce((sum, counted) => sum + counted, 0);
}
