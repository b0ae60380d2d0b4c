import { beforeEach, expect, test, vi } from 'vitest';
import type { ShellBridge } from '../../contract/shell.ts';
import { toPage, toShell } from '../../electron/channels.ts';
import * as electron from './electron.ts';

vi.mock('electron', () => import('./electron.ts'));
await import('../../electron/preload.ts');

const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [string, ShellBridge];
const { send } = electron.ipcRenderer;
const arrives = (frame: unknown): boolean => electron.ipcRenderer.emit(toPage, {}, frame);
const lastFrame = () => send.mock.lastCall?.[1] as { id: number };

beforeEach(() => send.mockClear());

test('the page gets two functions and nothing else', () => {
  expect(name).toBe('amalgam');
  expect(Object.keys(bridge)).toEqual(['invoke', 'subscribe']);
});

test('a call is answered with its outcome', async () => {
  const good = bridge.invoke('run.list', { a: 1 });
  expect(send).toHaveBeenCalledWith(toShell, {
    kind: 'invoke',
    id: lastFrame().id,
    method: 'run.list',
    params: { a: 1 },
  });
  arrives({ kind: 'result', id: lastFrame().id, ok: true, value: [1] });
  await expect(good).resolves.toEqual({ ok: true, value: [1] });

  const bad = bridge.invoke('run.get', {});
  arrives({ kind: 'result', id: lastFrame().id, ok: false, error: { code: 'not-found', message: 'no' } });
  await expect(bad).resolves.toEqual({ ok: false, error: { code: 'not-found', message: 'no' } });
});

test('events arrive until the subscription ends', () => {
  const events: unknown[] = [];
  const end = bridge.subscribe('run.summary', {}, (event) => events.push(event));
  const { id } = lastFrame();
  arrives({ kind: 'event', id, event: 1 });
  end();
  arrives({ kind: 'event', id, event: 2 });
  expect(events).toEqual([1]);
  expect(send).toHaveBeenLastCalledWith(toShell, { kind: 'unsubscribe', id });
});

test('an answer to nobody is ignored', () => {
  expect(() => arrives({ kind: 'result', id: 999, ok: true, value: 1 })).not.toThrow();
});
