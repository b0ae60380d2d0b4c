import { describe, expect, it } from 'vitest';
import {
  type HostState,
  hostTopic,
  type Outcome,
  retryMethod,
  type ShellBridge,
  workspaceMethod,
} from '../../../contract/shell.ts';
import { BridgeLink } from '../../../renderer/link/bridge.ts';
import { Connection } from '../../../renderer/state/connection.svelte.ts';

/** A shell whose answers the test controls. */
function shell(outcome: Outcome): { bridge: ShellBridge; say: (state: HostState) => void; calls: string[] } {
  const listeners: ((event: unknown) => void)[] = [];
  const calls: string[] = [];
  const bridge: ShellBridge = {
    invoke: async (method) => (calls.push(method), outcome),
    subscribe: (topic, _, listener) => {
      if (topic === hostTopic) listeners.push(listener);
      return () => undefined;
    },
  };
  return { bridge, calls, say: (state) => listeners.forEach((listener) => listener(state)) };
}

describe('BridgeLink', () => {
  it('gives the value, or the error with its code', async () => {
    await expect(new BridgeLink(shell({ ok: true, value: 3 }).bridge).invoke('app.info', {})).resolves.toBe(3);
    const failing = new BridgeLink(shell({ ok: false, error: { code: 'conflict', message: 'In use.' } }).bridge);
    await expect(failing.invoke('run.start', {})).rejects.toMatchObject({ code: 'conflict', message: 'In use.' });
  });

  it('follows the host: lost until it answers again, a new epoch afterwards', () => {
    const { bridge, say, calls } = shell({ ok: true, value: {} });
    const connection = new Connection(new BridgeLink(bridge));
    expect([connection.lost, connection.epoch]).toEqual([false, 0]);
    say({ status: 'open', retryAt: null });
    expect([connection.open, connection.epoch]).toEqual([true, 1]);
    say({ status: 'lost', retryAt: 5 });
    expect([connection.lost, connection.retryAt]).toEqual([true, 5]);
    connection.retryNow();
    expect(calls).toEqual([retryMethod]);
    say({ status: 'connecting', retryAt: null });
    expect(connection.lost).toBe(true);
    say({ status: 'open', retryAt: null });
    expect([connection.lost, connection.epoch]).toEqual([false, 2]);
  });

  it('asks the shell for another workspace', () => {
    const { bridge, calls } = shell({ ok: true, value: {} });
    new BridgeLink(bridge).desktop.chooseWorkspace('open');
    expect(calls).toEqual([workspaceMethod('open')]);
  });
});
