/** @file Log-probabilities of given sequences by a plain forward pass over packed rows. */
import type { Device, Program, TensorSpec } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import { decoderLogits, decoderParameters, type DecoderShape, tokenLogProbabilities } from './decoder.ts';
import { type PackedRows, packSequences } from './packing.ts';
import { viewParameters, type Weights } from './parameters.ts';
import { parameterSpecs } from './step.ts';
import type { Likelihood } from './types.ts';

/** Rows per pass. Batches are split into passes of this size, so that one graph serves all. */
const ROWS = 8;

/** Shapes of packed rows as program inputs: tokens, positions, segments, targets. */
export function packedSpecs(rows: number, length: number): TensorSpec[] {
  return Array.from({ length: 4 }, () => ({ shape: [rows, length], dtype: 'int32' as const }));
}

export async function createLikelihood(device: Device, shape: DecoderShape): Promise<Likelihood> {
  const inputs = packedSpecs(ROWS, shape.context);
  const program = await device.compile(
    (...all) => {
      const [tokens, positions, segments, targets] = all;
      const logits = decoderLogits(shape, all.slice(inputs.length), tokens, positions, segments);
      return [tokenLogProbabilities(logits, tf.reshape(targets, [-1]))];
    },
    [...inputs, ...parameterSpecs(shape)],
  );
  return new PackedLikelihood(shape, program);
}

class PackedLikelihood implements Likelihood {
  readonly #shape: DecoderShape;
  readonly #program: Program;
  #weights: Float32Array[] = [];

  constructor(shape: DecoderShape, program: Program) {
    this.#shape = shape;
    this.#program = program;
  }

  load(weights: Weights): void {
    this.#weights = viewParameters(decoderParameters(this.#shape), weights);
  }

  async tokens(sequences: readonly Int32Array[]): Promise<Float32Array[]> {
    if (this.#weights.length === 0) throw new Error('Load weights before asking for likelihoods.');
    const results = sequences.map((sequence) => new Float32Array(sequence.length - 1));
    const packed = packSequences(sequences, this.#shape.context, ROWS);
    for (let row = 0; row < packed.rows; row += ROWS) await this.#pass(packed, row, results);
    return results;
  }

  async #pass(packed: PackedRows, row: number, results: readonly Float32Array[]): Promise<void> {
    const [from, to] = [row * packed.length, (row + ROWS) * packed.length];
    const part = (values: Int32Array) => values.subarray(from, to);
    const inputs = [part(packed.tokens), part(packed.positions), part(packed.segments), part(packed.targets)];
    const [values] = await this.#program.run([...inputs, ...this.#weights]);
    for (let at = from; at < to; at++) {
      if (packed.mask[at] === 1) results[packed.owners[at]][packed.positions[at]] = values[at - from];
    }
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
