/**
 * The network that predicts measured activity from DNA: convolutions with max-pooling, as in models of massively
 * parallel reporter assays (Gosai et al. 2024, "Malinois"; Penzar et al. 2023, "LegNet"), but small. The head sees the
 * mean of each block over the sequence beside the maximum of the last block, so that short words count at any position.
 */
import type { ParameterSpec } from '../../generator/decoder.ts';
import type { Tensor } from '../../tensor/tf.ts';
import * as tf from '../../tensor/tf.ts';

/** One convolution: `width` filters over `kernel` bases (odd), then the maximum of each `pool` neighbours. */
interface NetworkBlock {
  readonly width: number;
  readonly kernel: number;
  readonly pool: number;
}

export interface SequenceNetwork {
  /** Bases that the network reads, L. */
  readonly length: number;
  readonly blocks: readonly NetworkBlock[];
  /** Width of the head's hidden layer, H. */
  readonly hidden: number;
  /** Predicted quantities, T. */
  readonly outputs: number;
}

/** Size of the alphabet: channels of the one-hot input. */
export const CHANNELS = 4;

/** Numbers per sequence that the head reads, F. */
function headWidth({ blocks }: SequenceNetwork): number {
  return blocks.reduce((sum, { width }) => sum + width, 0) + blocks[blocks.length - 1].width;
}

/**
 * All parameters in the order in which functions take them. Initial weights are small, as in PyTorch: batch
 * normalisation removes their scale, and an update turns small weights further.
 */
export function networkParameters(network: SequenceNetwork): ParameterSpec[] {
  const { blocks, hidden, outputs } = network;
  const convolutions = blocks.flatMap(({ width, kernel }, i) => {
    const inputs = kernel * (i === 0 ? CHANNELS : blocks[i - 1].width);
    return [
      { name: `block.${i}.weight`, shape: [inputs, width], init: Math.sqrt(1 / (3 * inputs)) },
      { name: `block.${i}.bias`, shape: [width], init: 0 },
    ];
  });
  const features = headWidth(network);
  return [
    ...convolutions,
    { name: 'head.hidden.weight', shape: [features, hidden], init: Math.sqrt(1 / (3 * features)) },
    { name: 'head.hidden.bias', shape: [hidden], init: 0 },
    { name: 'head.out.weight', shape: [hidden, outputs], init: Math.sqrt(1 / (3 * hidden)) },
    { name: 'head.out.bias', shape: [outputs], init: 0 },
  ];
}

/**
 * Parameters that only training has: one gain per filter, since batch normalisation (Ioffe and Szegedy 2015) removes
 * the scale of the weights. Each is stored as its difference from 1.
 */
export function gainParameters({ blocks }: SequenceNetwork): ParameterSpec[] {
  return blocks.map(({ width }, i) => ({ name: `block.${i}.gain`, shape: [width], init: 0 }));
}

/**
 * Shapes of the dropout masks in the order in which `trainingOutputs` takes them: one value per channel of each block,
 * then features, then hidden units.
 */
export function maskShapes(network: SequenceNetwork, batch: number): number[][] {
  return [
    ...network.blocks.map(({ width }) => [batch, 1, width]),
    [batch, headWidth(network)],
    [batch, network.hidden],
  ];
}

/** Predictions of a batch. @param input one-hot bases [B, L, 4]; zeros where there is no base @returns [B, T] */
export function networkOutputs(network: SequenceNetwork, parameters: readonly Tensor[], input: Tensor): Tensor {
  const pooled = (x: Tensor, i: number) => tf.add(maxPool(x, network.blocks[i].pool), parameters[2 * i + 1]);
  return pass(network, parameters, input, pooled, (x) => x);
}

/** Inputs of a training pass. */
export interface TrainingPass {
  readonly parameters: readonly Tensor[];
  readonly gains: readonly Tensor[];
  readonly input: Tensor;
  /** Factors of dropout (see maskShapes); empty for no dropout. */
  readonly masks: readonly Tensor[];
}

/** Predictions with each filter normalised over the batch. @returns [B, T] */
export function trainingOutputs(network: SequenceNetwork, { parameters, gains, input, masks }: TrainingPass): Tensor {
  const pooled = (x: Tensor, i: number) => maxPool(scaled(x, gains[i], parameters[2 * i + 1]), network.blocks[i].pool);
  return pass(network, parameters, input, pooled, (x, i) => (masks.length === 0 ? x : tf.mul(x, masks[i])));
}

/**
 * Mean [D] and mean square [D] of the filters of each block over a batch, block after block. `trainingOutputs`
 * normalises by them.
 */
export function batchStatistics(
  network: SequenceNetwork,
  { parameters, gains, input }: Omit<TrainingPass, 'masks'>,
): Tensor[] {
  const found: Tensor[] = [];
  pass(
    network,
    parameters,
    input,
    (x, i) => {
      found.push(tf.mean(x, [0, 1]), tf.mean(tf.square(x), [0, 1]));
      return maxPool(scaled(x, gains[i], parameters[2 * i + 1]), network.blocks[i].pool);
    },
    (x) => x,
  );
  return found;
}

/**
 * Normalises the filters over the batch, then applies a learnt scale and shift. @param gain as its difference from 1
 */
function scaled(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  return tf.add(tf.mul(batchNormal(x), tf.add(gain, 1)), bias);
}

/**
 * The layers.
 * @param pooled finishes the filters of block i and takes the maxima of neighbours, before rectification
 * @param masked drops parts of the blocks' outputs, then of the features, then of the hidden units
 */
function pass(
  { blocks }: SequenceNetwork,
  parameters: readonly Tensor[],
  input: Tensor,
  pooled: (x: Tensor, i: number) => Tensor,
  masked: (x: Tensor, i: number) => Tensor,
): Tensor {
  const features: Tensor[] = [];
  let x = input;
  blocks.forEach(({ kernel }, i) => {
    // The maximum comes before rectification: the result is the same, and fewer numbers are rectified.
    x = masked(tf.relu(pooled(convolution(x, parameters[2 * i], kernel), i)), i);
    features.push(tf.mean(x, 1));
  });
  const [hiddenWeight, hiddenBias, outWeight, outBias] = parameters.slice(2 * blocks.length);
  const seen = masked(tf.concat([...features, tf.max(x, 1)], 1), blocks.length);
  const hidden = masked(
    tf.relu(tf.add(tf.matMul(seen as tf.Tensor2D, hiddenWeight as tf.Tensor2D), hiddenBias)),
    blocks.length + 1,
  );
  return tf.add(tf.matMul(hidden as tf.Tensor2D, outWeight as tf.Tensor2D), outBias);
}

const EPSILON = 1e-5;

/**
 * Normalises each channel to mean 0 and standard deviation 1 over the batch. [B, L, C] The gradient is written by hand,
 * because the derived one makes twice as many passes.
 */
const batchNormal: (x: Tensor) => Tensor = tf.customGrad((input, save) => {
  const x = input as Tensor;
  const centred = tf.sub(x, tf.mean(x, [0, 1], true));
  const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), [0, 1], true), EPSILON));
  const y = tf.mul(centred, scale);
  (save as tf.GradSaveFunc)([y, scale]);
  const gradFunc = (dy: Tensor, saved: Tensor[]) => {
    const [normal, s] = saved;
    const along = tf.mul(normal, tf.mean(tf.mul(dy, normal), [0, 1], true));
    return tf.mul(tf.sub(tf.sub(dy, tf.mean(dy, [0, 1], true)), along), s);
  };
  return { value: y, gradFunc };
});

/**
 * Parameters of the plain network that computes the same as the trained one: batch normalisation with fixed statistics
 * is a scale and a shift per filter.
 * @param parameters with the gains, as views of flat arrays; not changed
 * @param statistics from batchStatistics, over enough batches
 * @returns flat, in the order of networkParameters
 */
export function foldNormalisation(
  network: SequenceNetwork,
  parameters: readonly Float32Array[],
  gains: readonly Float32Array[],
  statistics: readonly ArrayLike<number>[],
): Float32Array {
  const folded = parameters.map((values) => values.slice());
  network.blocks.forEach(({ width }, i) => {
    const [weight, bias] = [folded[2 * i], folded[2 * i + 1]];
    const [mean, square] = [statistics[2 * i], statistics[2 * i + 1]];
    const scale = gains[i].map((gain, d) => (1 + gain) / Math.sqrt(Math.max(0, square[d] - mean[d] ** 2) + EPSILON));
    for (let at = 0; at < weight.length; at++) weight[at] *= scale[at % width];
    for (let d = 0; d < width; d++) bias[d] -= mean[d] * scale[d];
  });
  return Float32Array.from(folded.flatMap((values) => [...values]));
}

/** Puts each position side by side with its neighbours, with zeros beyond the ends. [B, L, C] -> [B * L, kernel * C] */
function windows(x: Tensor, kernel: number): tf.Tensor2D {
  const [B, L, C] = x.shape;
  const reach = (kernel - 1) / 2;
  const padded = tf.pad(x, [
    [0, 0],
    [reach, reach],
    [0, 0],
  ]);
  const shifted = Array.from({ length: kernel }, (_, tap) => tf.slice(padded, [0, tap, 0], [B, L, C]));
  return tf.reshape(tf.concat(shifted, 2), [B * L, kernel * C]);
}

/** The weights for the gradient: taps in reverse, inputs and outputs exchanged. [kernel * C, D] -> [kernel * D, C] */
function backwards(weight: Tensor, kernel: number): tf.Tensor2D {
  const [C, D] = [weight.shape[0] / kernel, weight.shape[1]!];
  const taps = tf.split(tf.reshape(weight, [kernel, C, D]), kernel, 0).reverse();
  return tf.reshape(tf.transpose(tf.concat(taps, 0), [0, 2, 1]), [kernel * D, C]);
}

/**
 * Convolution along the sequence as one matrix product. Both gradients are matrix products too; the derived ones would
 * scatter every tap separately.
 * @param x [B, L, C]
 * @param weight [kernel * C, D], kernel odd
 * @returns [B, L, D]
 */
function convolution(x: Tensor, weight: Tensor, kernel: number): Tensor {
  const operation = tf.customGrad((input, filters, save) => {
    const [B, L, C] = (input as Tensor).shape;
    const D = (filters as Tensor).shape[1]!;
    const seen = windows(input as Tensor, kernel);
    (save as tf.GradSaveFunc)([seen, filters as Tensor]);
    const gradFunc = (dy: Tensor, [neighbours, w]: Tensor[]) => [
      tf.reshape(tf.matMul(windows(dy, kernel), backwards(w, kernel)), [B, L, C]),
      tf.matMul(neighbours as tf.Tensor2D, tf.reshape(dy, [B * L, D]) as tf.Tensor2D, true, false),
    ];
    return { value: tf.reshape(tf.matMul(seen, filters as tf.Tensor2D), [B, L, D]), gradFunc };
  });
  return operation(x, weight);
}

/** The maximum of each `size` neighbours; the remainder at the end is dropped. [B, L, C] -> [B, floor(L / size), C] */
function maxPool(x: Tensor, size: number): Tensor {
  if (size === 1) return x;
  const [B, L, C] = x.shape;
  const steps = Math.floor(L / size);
  const whole = steps * size === L ? x : tf.slice(x, [0, 0, 0], [B, steps * size, C]);
  return tf.max(tf.reshape(whole, [B, steps, size, C]), 2);
}
