/**
 * @file The training graphs of a generator on a device: loss and gradients of all parameters in one program, compiled
 * when a shape of packed rows first occurs.
 */
import {
  decoderHidden,
  decoderParameters,
  type DecoderShape,
  type ParameterSpec,
  tokenLogProbabilities,
} from '../generator/decoder.ts';
import type { PackedRows } from '../generator/packing.ts';
import { LEVELS, rewardTokenParameters } from '../generator/reward-tokens.ts';
import type { Device, Program, TensorData, TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import { augmentedLikelihoodLoss, criticValues, maskedMean, ppoLoss, sumBySequence } from './losses.ts';

/** What a loss sees of the decoder on packed rows of T tokens. */
interface DecoderOutputs {
  /** Of each target token. [T] */
  readonly logProbabilities: Tensor;
  /** [T, D] */
  readonly hidden: Tensor;
  /** [T] */
  readonly mask: Tensor;
  /** [T] int32, 0 for padding. */
  readonly owners: Tensor;
}

/** A loss of the decoder's outputs and of its own inputs. */
export interface TrainedLoss {
  /** Parameters besides the decoder's; they also get gradients. */
  readonly extra: readonly ParameterSpec[];
  /** Inputs of the loss, constant. `tokens` is T. */
  readonly inputs: (tokens: number) => TensorSpec[];
  /** What is added to the embeddings, [T, D]. Left out: nothing. */
  readonly context?: (inputs: readonly Tensor[], extra: readonly Tensor[]) => Tensor;
  readonly loss: (outputs: DecoderOutputs, inputs: readonly Tensor[], extra: readonly Tensor[]) => Tensor;
}

/** The augmented likelihood of n sequences. Inputs: prior [n], rewards [n], present [n]. */
export function augmentedTraining(n: number, sigma: number, baseline: 'batch' | 'none'): TrainedLoss {
  return {
    extra: [],
    inputs: () => [{ shape: [n] }, { shape: [n] }, { shape: [n] }, { shape: [n] }],
    loss: ({ logProbabilities, mask, owners }, [prior, rewards, present, floor]) =>
      augmentedLikelihoodLoss(
        { policy: sumBySequence(logProbabilities, mask, owners, n), prior, rewards, present, floor },
        sigma,
        baseline,
      ),
  };
}

/** Parameters of the critic, flat: one weight per hidden unit, then the bias. */
export function criticParameters(shape: DecoderShape): ParameterSpec[] {
  return [
    { name: 'critic.weight', shape: [shape.width, 1], init: 0 },
    { name: 'critic.bias', shape: [1], init: 0 },
  ];
}

/** PPO. Inputs, all [T]: old log-probabilities, old values, advantages, returns. */
export function ppoTraining(shape: DecoderShape, clip: number): TrainedLoss {
  return {
    extra: criticParameters(shape),
    inputs: (tokens) => Array.from({ length: 4 }, () => ({ shape: [tokens] })),
    loss: ({ logProbabilities, hidden, mask }, [oldLogProbabilities, oldValues, advantages, returns], [weight, bias]) =>
      ppoLoss(
        {
          logProbabilities,
          values: criticValues(hidden, weight, bias),
          oldLogProbabilities,
          oldValues,
          advantages,
          returns,
          mask,
        },
        clip,
      ),
  };
}

/**
 * Cross-entropy of sequences after their reward tokens, nats per token. Input: which steps the token takes, [T, goals *
 * LEVELS], 0 except at start tokens.
 */
export function contextTraining(shape: DecoderShape, goals: number): TrainedLoss {
  return {
    extra: rewardTokenParameters(shape, goals),
    inputs: (tokens) => [{ shape: [tokens, goals * LEVELS] }],
    context: ([steps], [table]) => tf.matMul(steps as tf.Tensor2D, table as tf.Tensor2D),
    loss: ({ logProbabilities, mask }) => tf.neg(maskedMean(logProbabilities, mask)),
  };
}

/** Packed rows as inputs: tokens, positions, segments, targets, owners, mask. */
function rowSpecs(rows: number, length: number): TensorSpec[] {
  const ids: TensorSpec = { shape: [rows, length], dtype: 'int32' };
  return [
    ids,
    ids,
    ids,
    { shape: [rows * length], dtype: 'int32' },
    { shape: [rows * length], dtype: 'int32' },
    { shape: [rows * length] },
  ];
}

/** Padding belongs to sequence 0 here, because it is masked and ONNX's OneHot reads -1 as the last class. */
function rowData(rows: PackedRows): TensorData[] {
  return [
    rows.tokens,
    rows.positions,
    rows.segments,
    rows.targets,
    rows.owners.map((owner) => Math.max(0, owner)),
    rows.mask,
  ];
}

const ROW_INPUTS = 6;

function decoderOutputs(
  shape: DecoderShape,
  parameters: readonly Tensor[],
  rows: readonly Tensor[],
  context: Tensor | null = null,
): DecoderOutputs {
  const [tokens, positions, segments, targets, owners, mask] = rows;
  const hidden = decoderHidden(shape, parameters, tokens, positions, segments, context);
  const logits = tf.matMul(hidden as tf.Tensor2D, parameters[parameters.length - 1] as tf.Tensor2D);
  return { logProbabilities: tokenLogProbabilities(logits, targets), hidden, mask, owners };
}

/** Number of programs kept: each holds the memory of its widest pass, some 200 MB for a batch of 64. */
const KEPT = 3;

/** Programs of one function of packed rows, one per shape. The least recently used are discarded. */
export class GraphsByShape {
  readonly #programs = new Map<string, Promise<Program>>();
  readonly #compile: (rows: number, length: number) => Promise<Program>;

  constructor(compile: (rows: number, length: number) => Promise<Program>) {
    this.#compile = compile;
  }

  async run(
    rows: PackedRows,
    parameters: readonly Float32Array[],
    inputs: readonly TensorData[],
    into?: readonly TensorData[],
  ): Promise<TensorData[]> {
    const program = await this.#program(rows.rows, rows.length);
    const results = await program.run([...parameters, ...rowData(rows), ...inputs], into);
    await this.#forget();
    return results;
  }

  /** A map keeps the order of insertion, so the last entry is the most recently used. */
  #program(rows: number, length: number): Promise<Program> {
    const key = `${rows}x${length}`;
    const program = this.#programs.get(key) ?? this.#compile(rows, length);
    this.#programs.delete(key);
    this.#programs.set(key, program);
    return program;
  }

  async #forget(): Promise<void> {
    for (const [key, program] of this.#programs) {
      if (this.#programs.size <= KEPT) return;
      this.#programs.delete(key);
      await (await program).dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await (await program).dispose();
    this.#programs.clear();
  }
}

/** Loss [] and the gradient of each parameter: the decoder's, then the loss's own. */
export function trainingGraphs(device: Device, shape: DecoderShape, training: TrainedLoss): GraphsByShape {
  const decoder = decoderParameters(shape);
  const specs = [...decoder, ...training.extra];
  return new GraphsByShape((rows, length) =>
    device.compile(
      (...all) => {
        const packed = all.slice(specs.length, specs.length + ROW_INPUTS);
        const inputs = all.slice(specs.length + ROW_INPUTS);
        const loss = (...p: Tensor[]) => {
          const extra = p.slice(decoder.length);
          const context = training.context?.(inputs, extra) ?? null;
          return training.loss(decoderOutputs(shape, p.slice(0, decoder.length), packed, context), inputs, extra);
        };
        const { value, grads } = tf.valueAndGrads(loss as (...p: Tensor[]) => tf.Scalar)(all.slice(0, specs.length));
        return [value, ...grads];
      },
      [...specs, ...rowSpecs(rows, length), ...training.inputs(rows * length)],
    ),
  );
}

/** Log-probabilities and the critic's values of each token, both [T], in one forward pass. */
export function evaluationGraphs(device: Device, shape: DecoderShape): GraphsByShape {
  const decoder = decoderParameters(shape);
  const specs = [...decoder, ...criticParameters(shape)];
  return new GraphsByShape((rows, length) =>
    device.compile(
      (...all) => {
        const { logProbabilities, hidden } = decoderOutputs(
          shape,
          all.slice(0, decoder.length),
          all.slice(specs.length),
        );
        return [logProbabilities, criticValues(hidden, all[decoder.length], all[decoder.length + 1])];
      },
      [...specs, ...rowSpecs(rows, length)],
    ),
  );
}
