import { describe, expect, it } from 'vitest';
import { DesignList } from '../../../../renderer/features/designs/designs.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { summary } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

describe('DesignList', () => {
  it('follows runs, newest first, and forgets a deleted design', async () => {
    const host = new FakeHost({ designs: 2 });
    const designs = new DesignList(createClient(host, () => undefined));
    const end = designs.follow();
    await designs.resource.refresh();
    expect(designs.items.map(({ id }) => id)).toEqual([2, 1]);
    host.emit('run.summary', summary('finished', { id: 77, designId: 1, round: 40 }));
    expect(designs.items[1].runs[0].id).toBe(77);
    await designs.delete(2);
    expect(designs.items.map(({ id }) => id)).toEqual([1]);
    end();
    expect(host.subscriptions).toBe(0);
  });
});
