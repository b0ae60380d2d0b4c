/** @file Structure searches in the window: read in batches, renewed for new candidates, ended. */
import { expect, it, vi } from 'vitest';
import { Explorer } from '../../../../../renderer/features/explore/explore.svelte.ts';
import { createClient } from '../../../../../renderer/link/client.ts';
import { FakeHost } from '../../../fake-transport.ts';

async function explorerOf(candidates: number): Promise<{ host: FakeHost; explorer: Explorer }> {
  const host = new FakeHost({ candidates });
  const explorer = new Explorer(
    createClient(host, () => undefined),
    1,
  );
  explorer.describe(host.detail);
  await explorer.extend();
  return { host, explorer };
}

it('filters by a substructure, highlights it, and searches only new candidates', async () => {
  const { host, explorer } = await explorerOf(5000);
  await explorer.substructure.look(' c1ccncc1 ');
  expect(explorer.shown.length).toBe(Math.ceil(5000 / 3));
  expect(explorer.highlight).toBe('c1ccncc1');
  host.candidates = 5010;
  await explorer.extend();
  await explorer.substructure.extend();
  expect(host.calls.filter(({ method }) => method === 'space.matches').map(({ params }) => params)).toMatchObject([
    { from: 0, limit: 4096 },
    { from: 4096, limit: 904 },
    { from: 5000, limit: 10 },
  ]);
  await explorer.substructure.look('');
  expect([explorer.shown.length, explorer.highlight]).toEqual([5010, undefined]);
});

it('adds similarity as a quantity, and removes it', async () => {
  const { explorer } = await explorerOf(100);
  await explorer.similarity.look('celecoxib');
  const found = explorer.quantities.find(({ key }) => key === 'similarity');
  expect([found?.label, found?.values[1]]).toEqual(['Similarity to celecoxib', 0.5]);
  await explorer.similarity.look('');
  expect(explorer.quantities.some(({ key }) => key === 'similarity')).toBe(false);
});

it('resumes a search that had ended, and searches what has come since', async () => {
  const { host, explorer } = await explorerOf(300);
  await explorer.substructure.look('c1ccncc1');
  await explorer.similarity.look('celecoxib');
  explorer.filters.setRange('similarity', { low: 0.2, high: 1 });
  const [range, substructure] = explorer.filters.active;
  await Promise.all([explorer.substructure.look(''), explorer.similarity.look('')]);
  expect([explorer.filters.active.length, explorer.shown.length]).toEqual([0, 300]);
  host.candidates = 310;
  await explorer.extend();
  substructure.restore();
  range.restore();
  await vi.waitFor(() => expect(explorer.quantity('similarity')?.values).toHaveLength(310));
  await vi.waitFor(() => expect(explorer.filters.external('substructure')?.mask).toHaveLength(310));
  expect([explorer.substructure.wanted, explorer.similarity.wanted, explorer.highlight]).toEqual([
    'c1ccncc1',
    'celecoxib',
    'c1ccncc1',
  ]);
  expect(explorer.filters.active.map(({ words }) => words)).toEqual([
    'Similarity to celecoxib 0.20 to 1',
    'Has c1ccncc1',
  ]);
  expect([...explorer.shown]).toEqual([0, 3]);
  expect(host.calls.filter(({ method }) => method === 'space.matches').map(({ params }) => params)).toMatchObject([
    { from: 0 },
    { from: 300, limit: 10 },
  ]);
});

it('keeps the host’s message about an invalid pattern', async () => {
  const { host, explorer } = await explorerOf(10);
  Object.assign(host.handlers, {
    'space.matches': () => Promise.reject(new Error('The SMARTS “c1” ends with an open ring.')),
  });
  await explorer.substructure.look('c1');
  expect(explorer.substructure.task.error?.message).toContain('open ring');
  expect(explorer.shown.length).toBe(10);
});
