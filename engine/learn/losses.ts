/**
 * Losses of the generator as pure functions on TF.js tensors. Tokens of a batch
 * lie in packed rows (generator/packing.ts); T is rows x length, n the number of
 * sequences. The mask counts every prediction, the end token's included, so
 * that length is learnt like everything else; it leaves out tokens that a guide
 * forced (generator/guide.ts), which were not the policy's choice.
 */
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';

/** sum(x mask) / sum(mask). All [T] -> [] */
export function maskedMean(x: Tensor, mask: Tensor): Tensor {
  return tf.div(tf.sum(tf.mul(x, mask)), tf.sum(mask));
}

/**
 * Sums token values over the sequences that own them, as a product with the
 * ownership matrix (a scatter would be slower in the graph, and its gradient a gather).
 * @param values [T]; padding is masked out whatever its owner
 * @param owners [T] int32, any number below n at padding
 * @returns [n]
 */
export function sumBySequence(values: Tensor, mask: Tensor, owners: Tensor, n: number): Tensor {
  const ownership = tf.cast(tf.oneHot(owners as tf.Tensor1D, n), 'float32') as tf.Tensor2D;
  const row = tf.reshape(tf.mul(values, mask), [1, -1]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(row, ownership), [n]);
}

/** What the augmented likelihood compares, a number a sequence, all [n]. */
export interface AugmentedBatch {
  /** Log-likelihood under the policy; the gradient flows through it. */
  readonly policy: Tensor;
  /** Log-likelihood under the prior. */
  readonly prior: Tensor;
  /** In [0, 1]. */
  readonly rewards: Tensor;
  /** 1, or 0 for a slot of the batch without a sequence. */
  readonly present: Tensor;
  /** Log-likelihood below which a sequence is pushed down no further. */
  readonly floor: Tensor;
}

/**
 * Mean of (log P_prior + sigma R - log P_policy)^2 (Olivecrona et al. 2017, eq. 6).
 * With the batch's mean gap as baseline the loss is the variance of the gap
 * (the log-variance loss of Richter et al. 2020): its minimum is the prior tilted
 * by exp(sigma R) and normalised, while the plain loss also pulls every sequence
 * up by sigma times the mean reward. The gap's mean needs no stopped gradient:
 * deviations from a mean sum to 0, so nothing flows through it.
 */
export function augmentedLikelihoodLoss(batch: AugmentedBatch, sigma: number, baseline: 'batch' | 'none'): Tensor {
  const gap = tf.sub(tf.add(batch.prior, tf.mul(batch.rewards, sigma)), batch.policy);
  const around = (counted: Tensor) => (baseline === 'batch' ? tf.sub(gap, maskedMean(gap, counted)) : gap);
  const below = (x: Tensor, y: Tensor) => tf.step(tf.sub(y, x));
  const pushed = tf.mul(below(around(batch.present), tf.scalar(0)), below(batch.policy, batch.floor));
  const counted = tf.mul(batch.present, tf.sub(1, pushed));
  const centred = around(counted);
  return maskedMean(tf.mul(centred, centred), counted);
}

/** What PPO reads of a rollout and of the policy now, all [T]. */
export interface PpoBatch {
  /** Log-probability of each token under the policy now; the gradient flows through it. */
  readonly logProbabilities: Tensor;
  /** The critic's values now; the gradient flows through them. */
  readonly values: Tensor;
  readonly oldLogProbabilities: Tensor;
  readonly oldValues: Tensor;
  /** Whitened. */
  readonly advantages: Tensor;
  readonly returns: Tensor;
  readonly mask: Tensor;
}

/** Range in which the critic moves in one update, and its share in the loss; TRL's, which the paper trained with. */
const VALUE_CLIP = 0.2;
const VALUE_COEFFICIENT = 0.1;

/** Clipped surrogate plus clipped value loss (Schulman et al. 2017, eq. 7 and 9; no entropy bonus). */
export function ppoLoss(batch: PpoBatch, clip: number): Tensor {
  return tf.add(
    maskedMean(surrogate(batch, clip), batch.mask),
    tf.mul(maskedMean(valueLoss(batch), batch.mask), VALUE_COEFFICIENT),
  );
}

/** max(-A r, -A clip(r)). [T] */
function surrogate({ logProbabilities, oldLogProbabilities, advantages }: PpoBatch, clip: number): Tensor {
  const ratio = tf.exp(tf.sub(logProbabilities, oldLogProbabilities));
  const loss = tf.neg(advantages);
  return tf.maximum(tf.mul(loss, ratio), tf.mul(loss, tf.clipByValue(ratio, 1 - clip, 1 + clip)));
}

/** Half the larger of the squared errors of the values and of the clipped values. [T] */
function valueLoss({ values, oldValues, returns }: PpoBatch): Tensor {
  const clipped = tf.add(oldValues, tf.clipByValue(tf.sub(values, oldValues), -VALUE_CLIP, VALUE_CLIP));
  return tf.mul(tf.maximum(tf.squaredDifference(values, returns), tf.squaredDifference(clipped, returns)), 0.5);
}

/** The critic: a linear head on the hidden states. [T, D], [D, 1], [1] -> [T] */
export function criticValues(hidden: Tensor, weights: Tensor, bias: Tensor): Tensor {
  return tf.reshape(tf.add(tf.matMul(hidden as tf.Tensor2D, weights as tf.Tensor2D), bias), [-1]);
}
