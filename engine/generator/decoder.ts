/**
 * @file The generator's decoder: pre-normalised transformer blocks with root-mean-square normalisation (Zhang and
 * Sennrich 2019), squared ReLU (So et al. 2021, "Primer") and grouped query heads that share key and value heads
 * (Shazeer 2019; Ainslie et al. 2023). One key-value head keeps the sampling cache small and needs no transposition in
 * the graph. The normalisation has no gain: the following matrix can include it, and every pass over the activations
 * costs time.
 *
 * Rows of the batch hold several whole sequences one after another ("packed"). `segments` says which tokens belong
 * together: no token sees another sequence, and positions restart at 0 in each.
 */
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';

export interface DecoderShape {
  /** Size of the vocabulary, V. */
  readonly vocabulary: number;
  readonly layers: number;
  /** Width of the residual stream, D; a multiple of `heads`. */
  readonly width: number;
  /** Query heads, H. */
  readonly heads: number;
  /** Key and value heads, a divisor of `heads`. */
  readonly keyValueHeads: number;
  /** Longest sequence in tokens, including start and end. */
  readonly context: number;
}

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Standard deviation at initialisation. */
  readonly init: number;
}

const EPSILON = 1e-5;

/** Specs of all parameters of a decoder, in the order in which functions take them. */
export function decoderParameters(shape: DecoderShape): ParameterSpec[] {
  const { vocabulary: V, width: D, layers, context } = shape;
  const kv = keyValueWidth(shape);
  const residual = 0.02 / Math.sqrt(2 * layers);
  const blocks = Array.from({ length: layers }, (_, i) => [
    { name: `block.${i}.attention.qkv`, shape: [D, D + 2 * kv], init: 0.02 },
    { name: `block.${i}.attention.out`, shape: [D, D], init: residual },
    { name: `block.${i}.mlp.up`, shape: [D, 4 * D], init: 0.02 },
    { name: `block.${i}.mlp.down`, shape: [4 * D, D], init: residual },
  ]);
  return [
    { name: 'embedding.token', shape: [V, D], init: 0.02 },
    { name: 'embedding.position', shape: [context, D], init: 0.02 },
    ...blocks.flat(),
    { name: 'head.out', shape: [D, V], init: 0.02 },
  ];
}

/** Width of the keys (and of the values) of one token, all key-value heads together. */
export function keyValueWidth(shape: DecoderShape): number {
  return (shape.width / shape.heads) * shape.keyValueHeads;
}

const PARAMETERS_A_BLOCK = 4;

/** Slices the parameters of block `i` out of the flat list. */
export function blockParameters(parameters: readonly Tensor[], i: number): readonly Tensor[] {
  return parameters.slice(2 + i * PARAMETERS_A_BLOCK, 2 + (i + 1) * PARAMETERS_A_BLOCK);
}

/**
 * x / rms(x) over the last axis. The gradient is written out because the one that TF.js derives makes twice as many
 * passes over the activations.
 */
export const rmsNorm: (x: Tensor) => Tensor = tf.customGrad((input, save) => {
  const x = input as Tensor;
  const scale = tf.rsqrt(tf.add(tf.mean(tf.mul(x, x), -1, true), EPSILON));
  const y = tf.mul(x, scale);
  (save as tf.GradSaveFunc)([y, scale]);
  const gradFunc = (dy: Tensor, saved: Tensor[]) => {
    const [normal, s] = saved;
    return tf.mul(tf.sub(dy, tf.mul(normal, tf.mean(tf.mul(dy, normal), -1, true))), s);
  };
  return { value: y, gradFunc };
});

/** relu(x)^2, with the derivative 2 relu(x). */
const squaredRelu: (x: Tensor) => Tensor = tf.customGrad((input, save) => {
  const h = tf.relu(input as Tensor);
  (save as tf.GradSaveFunc)([h]);
  return { value: tf.mul(h, h), gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, tf.mul(saved[0], 2)) };
});

/** The feed-forward half of a block: down(relu(up(x))^2). [T, D] -> [T, D] */
export function feedForward(x: Tensor, up: Tensor, down: Tensor): Tensor {
  const h = squaredRelu(tf.matMul(x as tf.Tensor2D, up as tf.Tensor2D));
  return tf.matMul(h as tf.Tensor2D, down as tf.Tensor2D);
}

/**
 * Additive attention mask: 0 where token i may see token j (same segment, j <= i), -1e9 elsewhere.
 * @param segments [R, S] int32; padding has its own segment
 * @returns [R, S, S]
 */
function packedMask(segments: Tensor): Tensor {
  const [R, S] = segments.shape;
  const future = new Float32Array(S * S);
  for (let i = 0; i < S; i++) for (let j = i + 1; j < S; j++) future[i * S + j] = -1e9;
  const row = tf.cast(tf.reshape(segments, [R, S, 1]), 'float32');
  const column = tf.cast(tf.reshape(segments, [R, 1, S]), 'float32');
  const gap = tf.sub(row, column);
  const other = tf.mul(tf.minimum(tf.mul(gap, gap), 1), -1e9);
  return tf.add(other, tf.tensor(future, [1, S, S]));
}

/** Causal self-attention inside segments. x [R*S, D] -> [R*S, D] */
function attention(shape: DecoderShape, x: Tensor, qkv: Tensor, out: Tensor, mask: Tensor): Tensor {
  const [R, S] = mask.shape;
  const { width: D, heads: H, keyValueHeads: G } = shape;
  const hd = D / H;
  const projected = tf.matMul(x as tf.Tensor2D, qkv as tf.Tensor2D);
  const [q, k, v] = tf.split(projected, [D, G * hd, G * hd], 1);
  const queries = groupHeads(tf.reshape(q, [R, S, G, H / G, hd]), G);
  const keys = groupHeads(tf.reshape(k, [R, S, G, 1, hd]), G);
  const values = groupHeads(tf.reshape(v, [R, S, G, 1, hd]), G);
  const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(hd));
  const weights = tf.softmax(
    tf.reshape(tf.add(tf.reshape(scores, [R, G, S, H / G, S]), tf.reshape(mask, [R, 1, S, 1, S])), [
      R * G,
      (S * H) / G,
      S,
    ]),
  );
  const mixed = ungroupHeads(tf.reshape(tf.matMul(weights, values), [R, G, S, H / G, hd]), G);
  return tf.matMul(tf.reshape(mixed, [R * S, D]) as tf.Tensor2D, out as tf.Tensor2D);
}

/** [R, S, G, h, hd] -> [R*G, S*h, hd]. No data is moved if G is 1. */
function groupHeads(x: Tensor, G: number): tf.Tensor3D {
  const [R, S, , h, hd] = x.shape;
  const ordered = G === 1 ? x : tf.transpose(x, [0, 2, 1, 3, 4]);
  return tf.reshape(ordered, [R * G, S * h, hd]) as tf.Tensor3D;
}

/** [R, G, S, h, hd] -> [R, S, G, h, hd], flattened by the caller. */
function ungroupHeads(x: Tensor, G: number): Tensor {
  return G === 1 ? x : tf.transpose(x, [0, 2, 1, 3, 4]);
}

/**
 * Normalised hidden states of packed rows, the input of the head.
 * @param parameters in the order of `decoderParameters`
 * @param tokens [R, S] int32
 * @param positions [R, S] int32, restarting at 0 in each sequence
 * @param segments [R, S] int32
 * @param context [R*S, D] added to the embeddings; null for nothing
 * @returns [R*S, D]
 */
export function decoderHidden(
  shape: DecoderShape,
  parameters: readonly Tensor[],
  tokens: Tensor,
  positions: Tensor,
  segments: Tensor,
  context: Tensor | null = null,
): Tensor {
  const mask = packedMask(segments);
  const embedded = tf.add(embed(parameters[0], tokens), embed(parameters[1], positions));
  let x = context === null ? embedded : tf.add(embedded, context);
  for (let i = 0; i < shape.layers; i++) {
    const [qkv, out, up, down] = blockParameters(parameters, i);
    x = tf.add(x, attention(shape, rmsNorm(x), qkv, out, mask));
    x = tf.add(x, feedForward(rmsNorm(x), up, down));
  }
  return rmsNorm(x);
}

/** Rows of a table: [V, D] and int32 [R, S] -> [R*S, D] */
function embed(table: Tensor, ids: Tensor): Tensor {
  return tf.gather(table, tf.reshape(ids, [-1]) as tf.Tensor1D);
}

/** Logits of the next token. @returns [R*S, V] */
export function decoderLogits(
  shape: DecoderShape,
  parameters: readonly Tensor[],
  tokens: Tensor,
  positions: Tensor,
  segments: Tensor,
): Tensor {
  const hidden = decoderHidden(shape, parameters, tokens, positions, segments);
  return tf.matMul(hidden as tf.Tensor2D, parameters[parameters.length - 1] as tf.Tensor2D);
}

/**
 * Log-probability of each target token.
 * @param logits [T, V]
 * @param targets [T] int32
 * @returns [T]
 */
export function tokenLogProbabilities(logits: Tensor, targets: Tensor): Tensor {
  const oneHot = tf.oneHot(targets as tf.Tensor1D, logits.shape[1]!);
  return tf.sum(tf.mul(tf.logSoftmax(logits as tf.Tensor2D), tf.cast(oneHot, 'float32')), 1);
}

/**
 * Sum of -log p(target) over the unmasked tokens, nats.
 * @param rows tokens, positions, segments, targets [R, S] int32, then the mask [R*S]
 */
export function crossEntropySum(
  shape: DecoderShape,
  [tokens, positions, segments, targets, mask]: readonly Tensor[],
  parameters: readonly Tensor[],
): tf.Scalar {
  const logits = decoderLogits(shape, parameters, tokens, positions, segments);
  return tf.neg(tf.sum(tf.mul(tokenLogProbabilities(logits, tf.reshape(targets, [-1])), mask))) as tf.Scalar;
}
