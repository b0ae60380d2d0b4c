/**
 * @file Samples with a step graph and refilled slots: a fixed number of sequences grows side by side, and when one
 * ends, the next of the queue starts in its slot, so that no slot waits for the longest sequence.
 */
import type { Device, Program, TensorData } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import { decoderParameters, type DecoderShape, keyValueWidth } from './decoder.ts';
import { TokenDrawer } from './draw.ts';
import { type Guide, isForced, type MakeGuide } from './guide.ts';
import { viewParameters, type Weights } from './parameters.ts';
import type { RandomStream } from './random.ts';
import { decodeStep, parameterSpecs, stepSpecs } from './step.ts';
import type { Sampled, Sampler, SamplingSettings } from './types.ts';

const MASKED = -1e9;

export interface SamplerOptions {
  /** Number of sequences side by side. Part of what makes a result reproducible. */
  readonly slots: number;
  /**
   * 'constant' compiles the weights into the graph at each `load`, which is fastest for long sampling. 'input' passes
   * them at each step, so that new weights need no compilation.
   */
  readonly weights: 'constant' | 'input';
}

/** A sampler on a device. Call `load` before the first `sample`. */
export async function createSampler(device: Device, shape: DecoderShape, options: SamplerOptions): Promise<Sampler> {
  const program = options.weights === 'input' ? await compileWithInputs(device, shape, options.slots) : undefined;
  return new StepSampler(device, shape, options, program);
}

function compileWithInputs(device: Device, shape: DecoderShape, slots: number): Promise<Program> {
  const specs = stepSpecs(shape, slots);
  return device.compile(
    (...inputs) => decodeStep(shape, slots, inputs.slice(0, specs.length), inputs.slice(specs.length)),
    [...specs, ...parameterSpecs(shape)],
  );
}

function compileWithConstants(device: Device, shape: DecoderShape, slots: number, weights: Weights): Promise<Program> {
  const specs = decoderParameters(shape);
  const views = viewParameters(specs, weights);
  return device.compile(
    (...inputs) => {
      const parameters = views.map((view, i) => tf.tensor(view, [...specs[i].shape]));
      return decodeStep(shape, slots, inputs, parameters);
    },
    stepSpecs(shape, slots),
  );
}

class StepSampler implements Sampler {
  readonly #device: Device;
  readonly #shape: DecoderShape;
  readonly #slots: number;
  readonly #constant: boolean;
  #program: Program | undefined;
  #weights: Float32Array[] = [];

  constructor(device: Device, shape: DecoderShape, options: SamplerOptions, program: Program | undefined) {
    this.#device = device;
    this.#shape = shape;
    this.#slots = options.slots;
    this.#constant = options.weights === 'constant';
    this.#program = program;
  }

  async load(weights: Weights): Promise<void> {
    if (!this.#constant) {
      this.#weights = viewParameters(decoderParameters(this.#shape), weights);
      return;
    }
    await this.#program?.dispose();
    this.#program = await compileWithConstants(this.#device, this.#shape, this.#slots, weights);
  }

  async sample(
    n: number,
    settings: SamplingSettings,
    random: (index: number) => RandomStream,
    guide: MakeGuide | null = null,
  ): Promise<Sampled[]> {
    const program = this.#program;
    if (program === undefined || (!this.#constant && this.#weights.length === 0))
      throw new Error('Load weights before sampling.');
    const batch = new SlotBatch(this.#shape, this.#slots, { n, settings, random, guide });
    while (!batch.finished) {
      await program.run([...batch.inputs, ...this.#weights], batch.outputs);
      batch.advance();
    }
    return batch.results;
  }

  async dispose(): Promise<void> {
    await this.#program?.dispose();
    this.#program = undefined;
  }
}

/** A sequence that is growing in a slot. */
interface Growing {
  readonly index: number;
  readonly random: RandomStream;
  readonly guide: Guide | null;
  readonly tokens: number[];
  readonly logProbabilities: number[];
  readonly forced: number[];
}

/** Arguments of a call of `sample`. */
interface Asked {
  readonly n: number;
  readonly settings: SamplingSettings;
  readonly random: (index: number) => RandomStream;
  readonly guide: MakeGuide | null;
}

/** The state of all slots: the inputs of the next step and the outputs of the last. */
class SlotBatch {
  readonly inputs: TensorData[];
  readonly outputs: Float32Array[];
  readonly results: Sampled[];
  readonly #shape: DecoderShape;
  readonly #slots: (Growing | undefined)[];
  readonly #asked: Asked;
  readonly #drawer: TokenDrawer;
  #next = 0;
  #left: number;

  constructor(shape: DecoderShape, slots: number, asked: Asked) {
    this.#shape = shape;
    this.#asked = asked;
    this.#drawer = new TokenDrawer(shape.vocabulary, asked.settings);
    this.#left = asked.n;
    this.results = new Array<Sampled>(asked.n);
    this.inputs = stepSpecs(shape, slots).map(({ shape: dims, dtype }) => allocate(dims, dtype));
    this.outputs = [
      new Float32Array(slots * shape.vocabulary),
      ...Array.from({ length: 2 * shape.layers }, () => new Float32Array(slots * keyValueWidth(shape))),
    ];
    this.#slots = Array.from({ length: slots }, (_, slot) => this.#begin(slot));
  }

  get finished(): boolean {
    return this.#left === 0;
  }

  /** Draws a token in each slot from the logits of the last step and prepares the next step. */
  advance(): void {
    const [tokens, positions, mask] = this.inputs as [Int32Array, Int32Array, Float32Array];
    this.#slots.forEach((growing, slot) => {
      if (growing === undefined) return;
      const token = this.#grow(growing, slot);
      const position = positions[slot];
      if (token === 0 || position + 1 === this.#shape.context) {
        this.#finish(growing, token === 0);
        this.#slots[slot] = this.#begin(slot);
        return;
      }
      this.#cache(slot, position);
      mask[slot * this.#shape.context + position] = 0;
      tokens[slot] = token;
      positions[slot] = position + 1;
    });
  }

  #grow(growing: Growing, slot: number): number {
    const allowed = growing.guide?.allowed() ?? null;
    const { token, logProbability } = this.#drawer.draw(
      this.outputs[0],
      slot * this.#shape.vocabulary,
      growing.random.uniform(),
      allowed,
    );
    growing.tokens.push(token);
    growing.logProbabilities.push(logProbability);
    growing.forced.push(Number(isForced(allowed)));
    growing.guide?.push(token);
    return token;
  }

  /** Moves the next sequence of the queue into a slot and clears the slot's cache. */
  #begin(slot: number): Growing | undefined {
    const { context } = this.#shape;
    const [tokens, positions, mask] = this.inputs as [Int32Array, Int32Array, Float32Array];
    mask.fill(MASKED, slot * context, (slot + 1) * context);
    tokens[slot] = 0;
    positions[slot] = 0;
    if (this.#next >= this.results.length) return undefined;
    const index = this.#next++;
    const random = this.#asked.random(index);
    return { index, random, guide: this.#asked.guide?.(random) ?? null, tokens: [0], logProbabilities: [], forced: [] };
  }

  #finish({ index, guide, tokens, logProbabilities, forced }: Growing, ended: boolean): void {
    this.results[index] = {
      tokens: Int32Array.from(tokens),
      logProbabilities: Float32Array.from(logProbabilities),
      forced: guide && Uint8Array.from(forced),
      ended,
    };
    this.#left--;
  }

  /** Copies new keys and values of a slot [G*hd] to its position in the caches [B*G, C, hd]. */
  #cache(slot: number, position: number): void {
    const { layers, context, keyValueHeads: G, width, heads } = this.#shape;
    const hd = width / heads;
    for (let i = 0; i < 2 * layers; i++) {
      const fresh = this.outputs[1 + i];
      const cache = this.inputs[3 + i];
      for (let g = 0; g < G; g++) {
        const from = (slot * G + g) * hd;
        const to = ((slot * G + g) * context + position) * hd;
        for (let d = 0; d < hd; d++) cache[to + d] = fresh[from + d];
      }
    }
  }
}

function allocate(shape: readonly number[], dtype: 'float32' | 'int32' | undefined): TensorData {
  const length = shape.reduce((n, d) => n * d, 1);
  return dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
}
