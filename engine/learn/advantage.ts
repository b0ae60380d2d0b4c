/**
 * Advantages of tokens for PPO: generalised advantage estimation (Schulman et
 * al. 2016) with the sequence's reward at its last token, the end token, and a
 * KL penalty to the prior at each. Values as TRL, which the paper trained with.
 */

export interface Trajectory {
  /** Log-probability of each token under the policy that made it, nats. */
  readonly logProbabilities: Float32Array;
  /** The same under the prior. */
  readonly prior: Float32Array;
  /** The critic's value before each token. */
  readonly values: Float32Array;
  readonly reward: number;
}

export interface Advantages {
  readonly advantages: Float32Array;
  /** What the critic should have said: advantages + values. */
  readonly returns: Float32Array;
}

/** No discount: a molecule is judged as a whole. */
const GAMMA = 1;
const LAMBDA = 0.95;

/**
 * Reward of each token: -kl (log p_policy - log p_prior), the k1 estimator of
 * the KL divergence, and the sequence's reward at the end.
 */
export function tokenRewards({ logProbabilities, prior, reward }: Trajectory, kl: number): Float64Array {
  const rewards = Float64Array.from(logProbabilities, (l, t) => -kl * (l - prior[t]));
  rewards[rewards.length - 1] += reward;
  return rewards;
}

/** A_t = sum over k of (gamma lambda)^k delta_(t+k), delta_t = r_t + gamma V_(t+1) - V_t, with V = 0 after the end. */
export function generalizedAdvantages(trajectory: Trajectory, kl: number): Advantages {
  const { values } = trajectory;
  const rewards = tokenRewards(trajectory, kl);
  const advantages = new Float32Array(values.length);
  let next = 0;
  for (let t = values.length - 1; t >= 0; t--) {
    const after = t + 1 < values.length ? values[t + 1] : 0;
    next = rewards[t] + GAMMA * after - values[t] + GAMMA * LAMBDA * next;
    advantages[t] = next;
  }
  return { advantages, returns: advantages.map((a, t) => a + values[t]) };
}

/** Mean 0 and variance 1 over all tokens of a batch (unbiased variance). New arrays. */
export function whiten(batch: readonly Float32Array[]): Float32Array[] {
  const n = batch.reduce((sum, x) => sum + x.length, 0);
  const mean = batch.reduce((sum, x) => x.reduce((s, v) => s + v, sum), 0) / n;
  const squares = batch.reduce((sum, x) => x.reduce((s, v) => s + (v - mean) ** 2, sum), 0);
  const scale = 1 / Math.sqrt(squares / Math.max(1, n - 1) + 1e-8);
  return batch.map((x) => x.map((v) => (v - mean) * scale));
}
