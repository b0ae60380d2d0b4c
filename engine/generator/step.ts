/**
 * @file One decoding step for many sequences side by side ("slots"), each at its own position, with the keys and values
 * of earlier tokens in a cache. The same arithmetic as `decoderLogits`, token by token.
 */
import type { TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import {
  blockParameters,
  decoderParameters,
  type DecoderShape,
  feedForward,
  keyValueWidth,
  rmsNorm,
} from './decoder.ts';

/** Inputs before the caches: tokens [B], positions [B], mask [B, 1, C]. */
const STEP_INPUTS = 3;

/** Shapes of a step's inputs: those above, then L key caches and L value caches [B*G, C, hd]. */
export function stepSpecs(shape: DecoderShape, slots: number): TensorSpec[] {
  const { layers, context, width, heads, keyValueHeads: G } = shape;
  const cache = { shape: [slots * G, context, width / heads] };
  const ids = { shape: [slots], dtype: 'int32' as const };
  return [ids, ids, { shape: [slots, 1, context] }, ...Array.from({ length: 2 * layers }, () => cache)];
}

/**
 * @param inputs in the order of `stepSpecs`
 * @param parameters in the order of `decoderParameters`
 * @returns logits [B, V], then L new keys and L new values [B, G*hd]
 */
export function decodeStep(
  shape: DecoderShape,
  slots: number,
  inputs: readonly Tensor[],
  parameters: readonly Tensor[],
): Tensor[] {
  const { layers } = shape;
  const [tokens, positions, mask] = inputs;
  const keys: Tensor[] = [];
  const values: Tensor[] = [];
  let x = tf.add(tf.gather(parameters[0], tokens as tf.Tensor1D), tf.gather(parameters[1], positions as tf.Tensor1D));
  for (let i = 0; i < layers; i++) {
    const [qkv, out, up, down] = blockParameters(parameters, i);
    const kv = keyValueWidth(shape);
    const [q, k, v] = tf.split(tf.matMul(rmsNorm(x) as tf.Tensor2D, qkv as tf.Tensor2D), [shape.width, kv, kv], 1);
    const mixed = attendCache(shape, slots, {
      q,
      k,
      v,
      mask,
      keys: inputs[STEP_INPUTS + i],
      values: inputs[STEP_INPUTS + layers + i],
    });
    x = tf.add(x, tf.matMul(mixed as tf.Tensor2D, out as tf.Tensor2D));
    x = tf.add(x, feedForward(rmsNorm(x), up, down));
    keys.push(k);
    values.push(v);
  }
  const logits = tf.matMul(rmsNorm(x) as tf.Tensor2D, parameters[parameters.length - 1] as tf.Tensor2D);
  return [logits, ...keys, ...values];
}

interface CachedAttention {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  readonly mask: Tensor;
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** Attention of the newest token of each slot on its cache and on itself. @returns [B, D] */
function attendCache(shape: DecoderShape, slots: number, { q, k, v, mask, keys, values }: CachedAttention): Tensor {
  const { width: D, heads: H, keyValueHeads: G, context: C } = shape;
  const hd = D / H;
  const queries = tf.reshape(tf.mul(q, 1 / Math.sqrt(hd)), [slots * G, H / G, hd]) as tf.Tensor3D;
  const own = { k: tf.reshape(k, [slots * G, 1, hd]), v: tf.reshape(v, [slots * G, 1, hd]) };
  const seen = tf.matMul(queries, keys as tf.Tensor3D, false, true);
  const masked = tf.reshape(tf.add(tf.reshape(seen, [slots, H, C]), mask), [slots * G, H / G, C]);
  const scores = tf.concat([masked, tf.sum(tf.mul(queries, own.k), -1, true)], 2);
  const [past, now] = tf.split(tf.softmax(scores as tf.Tensor3D), [C, 1], 2);
  return tf.reshape(tf.add(tf.matMul(past as tf.Tensor3D, values as tf.Tensor3D), tf.mul(now, own.v)), [slots, D]);
}

/** Parameters of a decoder as inputs of a program. */
export function parameterSpecs(shape: DecoderShape): TensorSpec[] {
  return decoderParameters(shape).map((spec) => ({ shape: spec.shape }));
}
