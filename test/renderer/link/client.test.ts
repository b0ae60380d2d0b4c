import { describe, expect, it } from 'vitest';
import { DesignList } from '../../../renderer/features/designs/designs.svelte.ts';
import { createClient } from '../../../renderer/link/client.ts';
import { Depictions } from '../../../renderer/state/depictions.ts';
import { Steering } from '../../../renderer/state/steer.svelte.ts';
import { summary } from '../fake-data.ts';
import { FakeHost } from '../fake-transport.ts';

const picture = { width: 240, height: 170, theme: 'light' } as const;

describe('the client', () => {
  it('refuses an answer that breaks the contract', async () => {
    const client = createClient(
      { invoke: async () => ({ version: 1 }), subscribe: () => () => undefined },
      () => undefined,
    );
    await expect(client.invoke('app.info', {})).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('reports and drops an event that breaks it', () => {
    const host = new FakeHost();
    const heard: unknown[] = [];
    const reported: string[] = [];
    createClient(host, ({ code }) => reported.push(code)).subscribe('runs', {}, (event) => heard.push(event));
    host.emit('runs', { id: 'x' } as never);
    expect([heard, reported]).toEqual([[], ['bad-message']]);
  });
});

describe('Depictions', () => {
  it('asks for all of a turn in one batch, and once for each', async () => {
    const host = new FakeHost();
    const depictions = new Depictions(createClient(host, () => undefined));
    const [first, again] = await Promise.all([
      depictions.get({ ...picture, smiles: 'CC' }),
      depictions.get({ ...picture, smiles: 'CC' }),
      depictions.get({ ...picture, smiles: 'CO' }),
    ]);
    expect(first).toBe(again);
    expect(first).toMatch(/^data:image\/svg\+xml;utf8,%3Csvg/);
    expect(host.calls.map(({ params }) => (params as { smiles: string[] }).smiles)).toEqual([['CC', 'CO']]);
  });

  it('splits by theme and size, and at the contract’s limit', async () => {
    const host = new FakeHost();
    const depictions = new Depictions(createClient(host, () => undefined));
    const many = Array.from({ length: 250 }, (_, i) => depictions.get({ ...picture, smiles: 'C'.repeat(i + 1) }));
    await Promise.all([...many, depictions.get({ ...picture, theme: 'dark', smiles: 'CC' })]);
    expect(host.calls.map(({ params }) => (params as { smiles: string[] }).smiles.length)).toEqual([200, 50, 1]);
  });

  it('tries again after a failure', async () => {
    const host = new FakeHost();
    const depictions = new Depictions(createClient(host, () => undefined));
    host.become({ status: 'lost', retryAt: null });
    await expect(depictions.get({ ...picture, smiles: 'CC' })).rejects.toMatchObject({ code: 'host-lost' });
    host.become({ status: 'open', retryAt: null });
    await expect(depictions.get({ ...picture, smiles: 'CC' })).resolves.toContain('svg');
  });
});

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

describe('DesignList', () => {
  it('follows runs, newest first, and forgets a deleted design', async () => {
    const host = new FakeHost({ designs: 2 });
    const designs = new DesignList(createClient(host, () => undefined));
    const end = designs.follow();
    await designs.resource.refresh();
    expect(designs.items.map(({ id }) => id)).toEqual([2, 1]);
    host.emit('runs', summary('finished', { id: 77, designId: 1, round: 40 }));
    expect(designs.items[1].runs[0].id).toBe(77);
    await designs.delete(2);
    expect(designs.items.map(({ id }) => id)).toEqual([1]);
    end();
    expect(host.subscriptions).toBe(0);
  });
});
