/** @file The shell's half of the wire against the real host: a page's call, an event, a loss, an end in order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { methodSchemas } from '../../contract/api.ts';
import { type HostState, hostTopic } from '../../contract/shell.ts';
import type { AnswerFrame } from '../../contract/wire.ts';
import { HostProcess } from '../../electron/host-process.ts';
import { Relay } from '../../electron/relay.ts';
import { root } from '../../scripts/lib/root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-shell-'));
const workspace = join(folder, 'lab.amalgam');
afterAll(() => rmSync(folder, { recursive: true }));

test('the real host answers the page through the relay', async () => {
  const page: AnswerFrame[] = [];
  const failures: string[] = [];
  const command = {
    node: process.execPath,
    args: [join(root, 'dist/host/cli.js'), 'serve', '--ipc', '--workspace', workspace],
  };
  const host = new HostProcess(
    command,
    {
      frame: (frame) => relay.fromHost(frame),
      state: (state) => relay.hostChanged(state),
      failed: (output) => failures.push(output),
      line: () => undefined,
    },
    // A host that does not end by itself is never ended, and the test fails.
    { firstRetryMs: 500, lastRetryMs: 10_000, steadyMs: 60_000, stopMs: 2 ** 30 },
  );
  const relay = new Relay(host, (frame) => page.push(frame), {
    choose: () => undefined,
    settings: { stayAwake: true, notify: true },
    change: () => undefined,
  });
  host.start();
  relay.fromPage({ kind: 'subscribe', id: 1, topic: hostTopic, params: {} });
  relay.fromPage({ kind: 'invoke', id: 2, method: 'app.info', params: {} });
  relay.fromPage({ kind: 'invoke', id: 3, method: 'app.nothing', params: {} });
  const answer = (id: number) => page.find((frame) => frame.kind === 'result' && frame.id === id);
  await vi.waitFor(
    () =>
      expect([answer(2), answer(3)]).toMatchObject([{ ok: true }, { ok: false, error: { code: 'unknown-method' } }]),
    60_000,
  );
  const info = answer(2);
  expect(info?.kind === 'result' && info.ok && methodSchemas['app.info'].result.parse(info.value).workspace).toBe(
    workspace,
  );
  const states = page.flatMap((frame) => (frame.kind === 'event' ? [(frame.event as HostState).status] : []));
  expect(states).toEqual(['connecting', 'open']);
  await host.stop();
  expect(failures).toEqual([]);
});
