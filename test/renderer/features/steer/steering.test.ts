import { describe, expect, it } from 'vitest';
import { MeasuredSurface } from '../../../../renderer/features/steer/surface.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { Steering } from '../../../../renderer/state/steer.svelte.ts';
import { measuredSurface } from '../../fake-steering.ts';
import { FakeHost } from '../../fake-transport.ts';

function steered(): { host: FakeHost; steering: Steering } {
  const host = new FakeHost();
  return {
    host,
    steering: new Steering(
      createClient(host, () => undefined),
      1,
      [0.4, 0.2, 0.15, 0.25],
      4,
    ),
  };
}

describe('kept blends', () => {
  it('are stored, discarded and restored', async () => {
    const { steering } = steered();
    await steering.sample(10);
    await steering.keep(1, 'Soluble');
    expect(steering.kept.value?.map(({ name }) => name)).toEqual(['Soluble']);
    await steering.keep(1, null);
    expect(steering.kept.value).toEqual([]);
  });

  it('are opened with their weights, and shown once', async () => {
    const { steering } = steered();
    steering.setAll([1, 0, 0, 0]);
    await steering.sample(10);
    steering.setAll([0, 1, 0, 0]);
    steering.setReach(8);
    await steering.sample(10);
    expect(steering.latest?.reach).toBe(8);
    await steering.open(1);
    expect([steering.shares, steering.reach]).toEqual([[1, 0, 0, 0], 4]);
    expect(steering.blends.map(({ blendId }) => blendId)).toEqual([2, 1]);
    expect(steering.latest?.seconds).toBeNull();
  });

  it('are compared side by side, the first as the latest', async () => {
    const { steering } = steered();
    steering.setAll([1, 0, 0, 0]);
    await steering.sample(10);
    steering.setAll([0, 1, 0, 0]);
    await steering.sample(10);
    await steering.keep(1, 'One');
    await steering.keep(2, 'Other');
    const [other, one] = steering.kept.value!;
    await steering.compare([one, other]);
    expect([steering.latest?.weights, steering.previous?.weights]).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    expect([steering.pair?.shared, steering.pair?.names, steering.pair?.blends[0].weights]).toEqual([
      2,
      ['One', 'Other'],
      [1, 0, 0, 0],
    ]);
    await steering.sample(10);
    expect(steering.pair).toBeUndefined();
  });
});

describe('the surface', () => {
  it('follows its measurement, can be stopped, and is complete at the end', async () => {
    const host = new FakeHost();
    const surface = new MeasuredSurface(
      createClient(host, () => undefined),
      1,
    );
    const end = surface.follow();
    await surface.resource.refresh();
    expect([surface.surface, surface.job]).toEqual([null, null]);
    await surface.measure(4);
    expect(surface.job?.settings).toBe(5);
    host.becomeSurface(measuredSurface);
    expect([surface.surface?.measured.length, surface.isPart]).toEqual([5, false]);
    await surface.cancel();
    expect(surface.surface?.measured.length).toBe(5);
    end();
  });
});
