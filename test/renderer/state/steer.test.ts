import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/link/client.ts';
import { Steering } from '../../../renderer/state/steer.svelte.ts';
import { FakeHost } from '../fake-transport.ts';

describe('Steering', () => {
  it('samples with weights that sum to 1 and keeps earlier blends', async () => {
    const host = new FakeHost();
    const steering = new Steering(
      createClient(host, () => undefined),
      1,
      [2, 1, 1, 0],
      1,
    );
    steering.setWeight(3, 0.5);
    await steering.sample(24);
    await steering.sample(24);
    const { weights } = host.calls[0].params as { weights: number[] };
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
    expect([steering.blends.length, steering.latest?.blendId, steering.previous?.blendId]).toEqual([2, 2, 1]);
    const totals = steering.latest?.candidates.map(({ total }) => total ?? 0) ?? [];
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  });

  it('says why it failed and keeps the last blend', async () => {
    const host = new FakeHost();
    const steering = new Steering(
      createClient(host, () => undefined),
      1,
      [1, 1, 1, 1],
      1,
    );
    await steering.sample(8);
    host.become({ status: 'lost', retryAt: null });
    await steering.sample(8);
    expect([steering.failure?.error.code, steering.blends.length, steering.busy]).toEqual(['host-lost', 1, false]);
  });
});
