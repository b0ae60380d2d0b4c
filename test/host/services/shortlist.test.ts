/** @file The shortlist through the host's services: across runs, the same once, remarks kept, removal undone. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { candidatesById, commitRound, type ShortlistRow } from '../../../db/index.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { entriesOf } from '../../../host/services/shortlist.ts';
import { candidate, sampleRound, sampleRun } from '../../db/sample-run.ts';
import { temporaryFolder } from '../tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  const { db } = host.context;
  for (const seed of [1, 2]) {
    const runId = sampleRun(db, seed);
    commitRound(
      db,
      sampleRound(runId, 1, [candidate('CCO', [0.5, 0.5]), candidate(`CCN${'C'.repeat(seed)}`, [0.2, 0.9])]),
    );
  }
});
afterAll(() => host.close());

const entries = async () => (await host.call('shortlist.list', {})).entries;

it('has what two runs found once, with both origins', async () => {
  const ids = [1, 2, 3, 4];
  expect(candidatesById(host.context.db, ids).map(({ sequence }) => sequence)).toEqual(['CCO', 'CCNC', 'CCO', 'CCNCC']);
  await host.call('explore.star', { stars: [1, 3, 4].map((candidateId) => ({ candidateId, note: '' })) });
  const list = await entries();
  expect(list.map(({ sequence, origins }) => [sequence, origins.length])).toEqual(
    expect.arrayContaining([
      ['CCO', 2],
      ['CCNCC', 1],
    ]),
  );
  expect(list).toHaveLength(2);
});

it('says what each is worth in the run that found it, by the weights of its design', async () => {
  const [{ total, values }] = (await entries()).find(({ sequence }) => sequence === 'CCNCC')!.origins;
  const [stored] = candidatesById(host.context.db, [4]);
  expect(total).toBe(stored.total);
  expect(values.map(({ value }) => value)).toEqual(stored.raw);
  expect(values[0].label).toBe('Drug-likeness');
});

it('keeps a remark for every origin, and what is left out as it was', async () => {
  await host.call('shortlist.remark', { candidateIds: [1, 3], rating: 4, tags: ['soluble'] });
  await host.call('shortlist.remark', { candidateIds: [1, 3], note: 'ask Maria' });
  const ethanol = (await entries()).find(({ sequence }) => sequence === 'CCO')!;
  expect(ethanol).toMatchObject({ rating: 4, tags: ['soluble'], note: 'ask Maria' });
  await expect(host.call('shortlist.remark', { candidateIds: [1, 2], rating: 1 })).rejects.toThrow(
    /no starred candidate 2/,
  );
  expect((await entries()).find(({ sequence }) => sequence === 'CCO')).toEqual(ethanol);
  await expect(host.call('shortlist.remark', { candidateIds: [1], rating: 6 })).rejects.toMatchObject({
    code: 'bad-message',
  });
});

it('gives back all that was said of what is removed', async () => {
  const before = (await entries()).find(({ sequence }) => sequence === 'CCO')!;
  const { removed } = await host.call('explore.unstar', { candidateIds: [1, 3] });
  expect((await entries()).map(({ sequence }) => sequence)).toEqual(['CCNCC']);
  await host.call('explore.star', { stars: removed });
  expect((await entries()).find(({ sequence }) => sequence === 'CCO')).toMatchObject({
    note: before.note,
    rating: before.rating,
    tags: before.tags,
  });
});

it('keeps the order that the user gave, also when a star is taken and given back', async () => {
  const order = async () => (await entries()).map(({ sequence, place }) => [sequence, place]);
  await host.call('shortlist.arrange', { candidateIds: [1, 3, 4] });
  expect(Object.fromEntries(await order())).toEqual({ CCO: 0, CCNCC: 2 });
  await host.call('shortlist.arrange', { candidateIds: [4, 1, 3] });
  const { removed } = await host.call('explore.unstar', { candidateIds: [4] });
  await host.call('explore.star', { stars: removed });
  expect(Object.fromEntries(await order())).toEqual({ CCO: 1, CCNCC: 0 });
  await expect(host.call('shortlist.arrange', { candidateIds: [3, 2] })).rejects.toThrow(/no starred candidate 2/);
  expect(Object.fromEntries(await order())).toEqual({ CCO: 1, CCNCC: 0 });
});

it('takes DNA from either strand as the same', () => {
  const row = (candidateId: number, sequence: string, more: Partial<ShortlistRow> = {}): ShortlistRow => ({
    candidateId,
    sequence,
    runId: 1,
    design: 'Enhancers',
    modality: 'dna',
    created: '2026-05-12',
    note: '',
    rating: null,
    tags: [],
    place: null,
    ...more,
  });
  const list = entriesOf(
    [row(1, 'AACG', { rating: 2, note: 'a' }), row(2, 'CGTT', { rating: 5, tags: ['x'], note: 'b' }), row(3, 'AACC')],
    () => ({ total: null, values: [] }),
  );
  expect(
    list.map(({ sequence, rating, tags, note, origins }) => [sequence, rating, tags, note, origins.length]),
  ).toEqual([
    ['AACG', 5, ['x'], 'a\nb', 2],
    ['AACC', null, [], '', 1],
  ]);
});
