import { describe, expect, it } from 'vitest';
import { pageSize, TopList, type TopQuery } from '../../../../renderer/features/live/top.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { candidate } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

const query: TopQuery = { runId: 1, by: 'total', distinctScaffolds: false, starredOnly: false };
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function listOf(host: FakeHost): TopList {
  return new TopList(
    createClient(host, () => undefined),
    query,
  );
}

describe('TopList', () => {
  it('reads the first page, and others as they come into sight', async () => {
    const host = new FakeHost({ candidates: 100_000 });
    const top = listOf(host);
    await top.ask(query);
    expect(top.count).toBe(100_000);
    expect(top.at(0)?.id).toBe(1);
    expect(top.at(90_000)).toBeUndefined();
    top.look(90_000, 90_010);
    await settled();
    expect(top.at(90_000)?.id).toBe(90_001);
    expect(host.calls.at(-1)?.params).toMatchObject({ offset: 90_000, limit: pageSize });
  });

  it('asks for a page once while it is on its way', async () => {
    const host = new FakeHost({ candidates: 1000 });
    const top = listOf(host);
    await top.ask(query);
    top.look(60, 70);
    top.look(61, 71);
    await settled();
    expect(host.calls).toHaveLength(2);
  });

  it('is empty without candidates', async () => {
    const top = listOf(new FakeHost({ candidates: 0 }));
    await top.ask(query);
    expect([top.ready, top.count, top.at(0)]).toEqual([true, 0, undefined]);
  });

  it('keeps better candidates waiting while the user is looking', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    const better = { ...candidate(500), id: 501 };
    host.handlers['run.top'] = () => ({
      count: 11,
      candidates: [better, ...Array.from({ length: 10 }, (_, i) => candidate(i))],
    });
    top.hold(true);
    await top.refresh();
    expect([top.at(0)?.id, top.count, top.news]).toEqual([1, 10, 1]);
    top.show();
    expect([top.at(0)?.id, top.count, top.news]).toEqual([501, 11, 0]);
  });

  it('replaces them at once otherwise', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    host.candidates = 12;
    await top.refresh();
    expect([top.count, top.news]).toEqual([12, 0]);
  });

  it('keeps what is shown if a read fails, and says why', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    host.become({ status: 'lost', retryAt: null });
    await top.refresh();
    expect(top.at(0)?.id).toBe(1);
    expect(top.error?.code).toBe('host-lost');
  });

  it('stars in place', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    await top.star(candidate(4), true);
    expect(top.at(4)?.starred).toBe(true);
    expect(host.calls.at(-1)).toEqual({ method: 'candidate.star', params: { candidateId: 5, starred: true } });
  });

  it('shows a star on the open candidate only once the host has stored it', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    top.open(4);
    const keep = host.handlers['candidate.star'];
    host.handlers['candidate.star'] = () => {
      throw new Error('the disk is full');
    };
    await expect(top.star(candidate(4), true)).rejects.toThrow('the disk is full');
    expect([top.opened?.candidate.starred, top.at(4)?.starred]).toEqual([false, false]);
    host.handlers['candidate.star'] = keep;
    await top.star(candidate(4), true);
    expect([top.opened?.candidate.starred, top.at(4)?.starred]).toEqual([true, true]);
  });

  it('keeps a candidate open when the list changes, until another is opened', async () => {
    const host = new FakeHost({ candidates: 10 });
    const top = listOf(host);
    await top.ask(query);
    top.open(4);
    host.candidates = 2;
    await top.refresh();
    expect(top.opened).toMatchObject({ index: 4, candidate: { id: 5 } });
    top.open(9);
    expect(top.opened?.index).toBe(4);
    top.open(1);
    expect(top.opened).toMatchObject({ index: 1, candidate: { id: 2 } });
    top.close();
    expect(top.opened).toBeUndefined();
  });
});
