import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/link/client.ts';
import { FakeHost } from '../fake-transport.ts';

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
    createClient(host, ({ code }) => reported.push(code)).subscribe('run.summary', {}, (event) => heard.push(event));
    host.emit('run.summary', { id: 'x' } as never);
    expect([heard, reported]).toEqual([[], ['bad-message']]);
  });
});
