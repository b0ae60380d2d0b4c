import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Draft } from '../../../../renderer/features/design/draft.svelte.ts';
import { KeptDraft, withoutEmpty } from '../../../../renderer/features/design/kept-draft.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { catalogue } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function form(host = new FakeHost()): { host: FakeHost; kept: KeptDraft; draft: Draft } {
  const client = createClient(host, () => undefined);
  return { host, kept: new KeptDraft(client), draft: new Draft(client, catalogue) };
}

describe('an unfinished design', () => {
  it('is stored once it was changed, and loaded by the next form', async () => {
    const { host, kept, draft } = form();
    kept.begin(draft.design);
    kept.keepSoon(draft.design);
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.draft).toBeNull();
    draft.name = 'Half a thought';
    kept.keepSoon(draft.design);
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.draft?.design.name).toBe('Half a thought');
    const next = form(host);
    expect((await next.kept.take())?.name).toBe('Half a thought');
    expect(next.kept.kept).toBe(host.draft?.kept);
  });

  it('is written once for several changes in a row', async () => {
    const { host, kept, draft } = form();
    for (const name of ['', 'H', 'Ha', 'Hal']) {
      draft.name = name;
      kept.keepSoon(draft.design);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.calls.filter(({ method }) => method === 'draft.keep')).toHaveLength(1);
  });

  it('is discarded once it is finished or emptied, and stored again after that', async () => {
    const { host, kept, draft } = form();
    host.draft = { design: { ...draft.design, name: 'Earlier' }, kept: '2026-05-12T09:20:00Z' };
    await kept.take();
    await kept.clear();
    expect([host.draft, kept.kept]).toEqual([null, null]);
    draft.name = 'Back again';
    kept.keepSoon(draft.design);
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.draft?.design.name).toBe('Back again');
    draft.name = '';
    kept.keepSoon(draft.design);
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.draft).toBeNull();
  });

  it('is stored immediately when the form is left, and only once', async () => {
    const { host, kept, draft } = form();
    kept.begin(draft.design);
    draft.name = 'Left in a hurry';
    kept.keepSoon(draft.design);
    kept.keepNow();
    expect((await form(host).kept.take())?.name).toBe('Left in a hurry');
    kept.keepNow();
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.calls.filter(({ method }) => method === 'draft.keep')).toHaveLength(1);
  });

  it('stays stored while another form starts and finishes an unchanged example', async () => {
    const { host, kept, draft } = form();
    host.draft = { design: { ...draft.design, name: 'Mine' }, kept: '2026-05-12T09:20:00Z' };
    draft.name = 'An example';
    kept.begin(draft.design);
    kept.keepSoon(draft.design);
    await kept.clear();
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.draft?.design.name).toBe('Mine');
  });

  it('omits unfinished numbers', () => {
    const { draft } = form();
    const design = {
      ...draft.design,
      objective: [{ id: 'qed', from: Number.NaN, to: 1, range: [0, Number.NaN], weight: 1 }],
    };
    expect(withoutEmpty(design).objective).toEqual([{ id: 'qed', to: 1, weight: 1 }]);
  });
});
