import { describe, expect, it } from 'vitest';
import { parseTags, type Remarks, Shortlist } from '../../../../renderer/features/shortlist/shortlist.svelte.ts';
import { designFromLikes, likedModalities } from '../../../../renderer/lib/likes.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { FakeHost } from '../../fake-transport.ts';

async function opened(): Promise<{ host: FakeHost; list: Shortlist }> {
  const host = new FakeHost();
  const list = new Shortlist(createClient(host, () => undefined));
  await list.resource.refresh();
  return { host, list };
}

const shown = (list: Shortlist) => list.shown.map(({ origins: [{ candidateId }] }) => candidateId);

describe('the shortlist', () => {
  it('finds by sequence, note, tag and design', async () => {
    const { list } = await opened();
    expect([shown(list), list.tags]).toEqual([
      [1, 9, 3],
      ['small', 'soluble'],
    ]);
    list.text = 'MARIA';
    expect(shown(list)).toEqual([1]);
    list.text = 'enhanc';
    expect(shown(list)).toEqual([9]);
    list.text = '';
    list.tag = 'soluble';
    expect(shown(list)).toEqual([1, 3]);
  });

  it('is ordered by rating or design, ties newest first', async () => {
    const { list } = await opened();
    list.order = 'rating';
    expect(shown(list)).toEqual([1, 9, 3]);
    list.order = 'design';
    expect(shown(list)).toEqual([1, 3, 9]);
  });

  it('restores what a remark overwrote, and offers nothing if nothing was lost', async () => {
    const { host, list } = await opened();
    const [entry] = list.shown;
    const said = () => host.calls.filter(({ method }) => method === 'shortlist.remark').map(({ params }) => params);
    const candidateIds = entry.origins.map(({ candidateId }) => candidateId);
    expect(await list.remark(entry, { note: `${entry.note} and more` })).toBeUndefined();
    expect(await list.remark(entry, { tags: [...entry.tags, 'new'] })).toBeUndefined();
    expect(await list.remark(entry, { rating: 1 })).toBeUndefined();
    const losses: [Remarks, Remarks][] = [
      [{ note: '' }, { note: entry.note }],
      [{ tags: [] }, { tags: entry.tags }],
      [{ rating: null }, { rating: entry.rating }],
    ];
    for (const [change, former] of losses) {
      const undo = await list.remark(entry, change);
      await undo!();
      expect(said().at(-1)).toEqual({ candidateIds, ...former });
    }
  });

  it('also restores a remark made a moment before, however slow the host is', async () => {
    const { host, list } = await opened();
    const entry = list.shown[2];
    const first = list.remark(entry, { note: 'ask Maria' });
    const undo = await list.remark(entry, { note: '' });
    await first;
    await undo!();
    expect(host.calls.filter(({ method }) => method === 'shortlist.remark').at(-1)?.params).toEqual({
      candidateIds: [3],
      note: 'ask Maria',
    });
  });

  it('moves an entry past its visible neighbour in the user’s order', async () => {
    const { host, list } = await opened();
    list.order = 'own';
    expect(shown(list)).toEqual([9, 1, 3]);
    await list.move(list.shown[1], -1);
    list.tag = 'soluble';
    await list.move(list.shown[0], 1);
    await list.move(list.shown[1], 1);
    const orders = host.calls.filter(({ method }) => method === 'shortlist.arrange').map(({ params }) => params);
    expect(orders).toEqual([{ candidateIds: [1, 7, 9, 3] }, { candidateIds: [9, 3, 1, 7] }]);
  });

  it('removes from every design and restores what was removed', async () => {
    const { host, list } = await opened();
    const undo = await list.remove(list.shown[0]);
    await undo();
    const calls = host.calls.filter(({ method }) => method.startsWith('explore.'));
    expect(calls).toMatchObject([
      { method: 'explore.unstar', params: { candidateIds: [1, 7] } },
      { method: 'explore.star', params: { stars: [{ candidateId: 1 }, { candidateId: 7 }] } },
    ]);
  });

  it('makes goals from high and low ratings', async () => {
    const { list } = await opened();
    const entries = list.resource.value ?? [];
    expect(likedModalities(entries)).toEqual(['molecule']);
    expect(designFromLikes(entries, 'dna', 'enhancer')).toBeNull();
    const low = entries.map((entry) => ({ ...entry, rating: entry.rating ?? 1 }));
    expect(designFromLikes(low, 'molecule', 'druglike')).toMatchObject({
      modality: 'molecule',
      objective: [
        { id: 'series', molecules: [entries[0].sequence] },
        { id: 'dissimilarity', references: ['CCO'], weight: 0.5 },
      ],
    });
  });

  it('reads tags as a user types them', () => {
    expect(parseTags(' soluble, ask Maria ,, soluble')).toEqual(['soluble', 'ask Maria']);
  });
});
