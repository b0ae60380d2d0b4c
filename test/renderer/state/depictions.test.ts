import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/link/client.ts';
import { Depictions } from '../../../renderer/state/depictions.ts';
import { FakeHost } from '../fake-transport.ts';

const picture = { width: 240, height: 170, theme: 'light' } as const;

describe('Depictions', () => {
  it('requests all pictures of a turn in one batch, and each once', async () => {
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
