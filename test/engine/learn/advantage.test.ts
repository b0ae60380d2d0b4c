/** GAE and whitening; literals printed by test/fixtures/learn/advantage.py. */
import { describe, expect, it } from 'vitest';
import { generalizedAdvantages, tokenRewards, whiten } from '../../../engine/learn/advantage.ts';

const trajectories = [
  {
    logProbabilities: Float32Array.of(-1, -0.5, -0.2),
    prior: Float32Array.of(-1.5, -0.4, -0.2),
    values: Float32Array.of(0.1, 0.2, 0.5),
    reward: 0.8,
  },
  {
    logProbabilities: Float32Array.of(-2, -0.1),
    prior: Float32Array.of(-1, -0.6),
    values: Float32Array.of(0.3, -0.1),
    reward: 0,
  },
];

function close(got: Float32Array, expected: number[]) {
  expect(got.length).toBe(expected.length);
  expected.forEach((e, i) => expect(got[i]).toBeCloseTo(e, 6));
}

describe('advantages', () => {
  it('gives the reward to the end token and the KL penalty to every token', () => {
    expect([...tokenRewards(trajectories[0], 0.1)].map((r) => +r.toFixed(6))).toEqual([-0.05, 0.01, 0.8]);
  });

  it('equals the definition', () => {
    const [a, b] = trajectories.map((t) => generalizedAdvantages(t, 0.1));
    close(a.advantages, [0.61525, 0.595, 0.3]);
    close(a.returns, [0.71525, 0.795, 0.8]);
    close(b.advantages, [-0.2525, 0.05]);
    close(b.returns, [0.0475, -0.05]);
  });

  it('whitens over all tokens of the batch', () => {
    const [a, b] = whiten(trajectories.map((t) => generalizedAdvantages(t, 0.1).advantages));
    close(a, [0.956669627, 0.901898465, 0.103997589]);
    close(b, [-1.390376086, -0.572189594]);
  });
});
