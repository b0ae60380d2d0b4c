import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import type { HostState } from '../../contract/shell.ts';
import type { AnswerFrame } from '../../contract/wire.ts';
import { HostProcess } from '../../electron/host-process.ts';

const script = fileURLToPath(new URL('small-host.mjs', import.meta.url));
const times = { firstRetryMs: 20, lastRetryMs: 50, steadyMs: 60_000, stopMs: 300 };
const started: HostProcess[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const host of started.splice(0)) await host.stop();
});

function start(words: string[] = [], node = process.execPath) {
  const seen = {
    frames: [] as AnswerFrame[],
    states: [] as HostState[],
    failures: [] as string[],
    lines: [] as string[],
  };
  const host = new HostProcess(
    { node, args: [script, ...words] },
    {
      frame: (frame) => seen.frames.push(frame),
      state: (state) => seen.states.push(state),
      failed: (output) => seen.failures.push(output),
      line: (line) => seen.lines.push(line),
    },
    times,
  );
  started.push(host);
  host.start();
  const statuses = () => seen.states.map(({ status }) => status);
  return { host, seen, statuses };
}

test('a host that answers is open, and its frames are passed on; what is no frame is not', async () => {
  const { host, seen, statuses } = start();
  await vi.waitFor(() => expect(statuses()).toEqual(['connecting', 'open']), 60_000);
  expect(host.send({ kind: 'invoke', id: 5, method: 'run.list', params: {} })).toBe(true);
  await vi.waitFor(() => expect(seen.frames).toEqual([{ kind: 'result', id: 5, ok: true, value: 'run.list' }]), 60_000);
});

test('a host that dies is reported and started again', async () => {
  const { host, statuses, seen } = start();
  await vi.waitFor(() => expect(statuses()).toContain('open'), 60_000);
  const before = Date.now();
  host.send({ kind: 'invoke', id: 1, method: 'die', params: {} });
  await vi.waitFor(() => expect(statuses()).toEqual(['connecting', 'open', 'lost', 'connecting', 'open']), 60_000);
  expect(seen.states[2]?.retryAt).toBeGreaterThanOrEqual(before + times.firstRetryMs);
  expect(seen.failures).toEqual([]);
});

test('a host that can not start says why and is left to the user', async () => {
  const { host, seen, statuses } = start(['no-start']);
  await vi.waitFor(() => expect(seen.failures).toEqual(['The workspace is in use by another program.']), 60_000);
  expect(seen.states.at(-1)).toEqual({
    status: 'lost',
    retryAt: null,
    cause: 'It ended with the code 1: The workspace is in use by another program.',
  });
  expect(host.send({ kind: 'unsubscribe', id: 1 })).toBe(false);
  host.retryNow();
  await vi.waitFor(() => expect(seen.failures).toHaveLength(2), 60_000);
  expect(statuses()).toEqual(['connecting', 'lost', 'connecting', 'lost']);
});

test('a Node binary that is missing is such a failure', async () => {
  const { seen } = start([], '/nowhere/node');
  await vi.waitFor(() => expect(seen.failures.join()).toContain('/nowhere/node'), 60_000);
});

test('a host that is stopped may end in order and is not started again', async () => {
  const { host, seen, statuses } = start();
  await vi.waitFor(() => expect(statuses()).toContain('open'), 60_000);
  await host.stop();
  await vi.waitFor(() => expect(seen.lines).toContain('stopped in order'), 60_000);
  expect(statuses()).toEqual(['connecting', 'open']);
});

test('a host that does not stop in time is ended', async () => {
  const { host, seen, statuses } = start(['stubborn']);
  await vi.waitFor(() => expect(statuses()).toContain('open'), 60_000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stopped = host.stop();
  const isEnded = vi.fn();
  void stopped.then(isEnded);
  while (seen.lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.lines).toEqual([expect.stringMatching(/^asked to stop: \d+$/)]);
  vi.advanceTimersByTime(times.stopMs - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isEnded).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  await stopped;
  // Signal 0 asks whether the process is there.
  expect(() => process.kill(Number(seen.lines[0].split(': ')[1]), 0)).toThrow('ESRCH');
});

test('another command starts another host', async () => {
  const { host, seen, statuses } = start(['no-start']);
  await vi.waitFor(() => expect(seen.failures).toHaveLength(1), 60_000);
  await host.restart({ node: process.execPath, args: [script] });
  await vi.waitFor(() => expect(statuses().at(-1)).toBe('open'), 60_000);
});
