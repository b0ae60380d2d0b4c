/** @file Searches by structure in the window: read in stretches, renewed for new candidates, ended. */
import { expect, it } from 'vitest';
import { createClient } from '../../../renderer/client.ts';
import { Explorer } from '../../../renderer/state/explore.svelte.ts';
import { FakeHost } from '../fake-transport.ts';

async function explorerOf(candidates: number): Promise<{ host: FakeHost; explorer: Explorer }> {
  const host = new FakeHost({ candidates });
  const explorer = new Explorer(createClient(host, () => undefined), 1);
  explorer.describe(host.detail);
  await explorer.extend();
  return { host, explorer };
}

it('filters by a substructure, marks it, and looks at new candidates alone', async () => {
  const { host, explorer } = await explorerOf(5000);
  await explorer.substructure.look(' c1ccncc1 ');
  expect(explorer.shown.length).toBe(Math.ceil(5000 / 3));
  expect(explorer.highlight).toBe('c1ccncc1');
  host.candidates = 5010;
  await explorer.extend();
  await explorer.substructure.extend();
  expect(host.calls.filter(({ method }) => method === 'space.matches').map(({ params }) => params)).toMatchObject([{ from: 0, limit: 4096 }, { from: 4096, limit: 904 }, { from: 5000, limit: 10 }]);
  await explorer.substructure.look('');
  expect([explorer.shown.length, explorer.highlight]).toEqual([5010, undefined]);
});

it('gives similarity as a quantity, and takes it back', async () => {
  const { explorer } = await explorerOf(100);
  await explorer.similarity.look('celecoxib');
  const found = explorer.quantities.find(({ key }) => key === 'similarity');
  expect([found?.label, found?.values[1]]).toEqual(['Similarity to celecoxib', 0.5]);
  await explorer.similarity.look('');
  expect(explorer.quantities.some(({ key }) => key === 'similarity')).toBe(false);
});

it('keeps what the host says of a pattern that is none', async () => {
  const { host, explorer } = await explorerOf(10);
  Object.assign(host.handlers, { 'space.matches': () => Promise.reject(new Error('The SMARTS “c1” ends with an open ring.')) });
  await explorer.substructure.look('c1');
  expect(explorer.substructure.task.error?.message).toContain('open ring');
  expect(explorer.shown.length).toBe(10);
});
