import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SocketLink } from '../../../renderer/link/socket.ts';
import { socketAddress, takeToken } from '../../../renderer/link/token.ts';

/** A WebSocket whose other end the test controls. */
class Wire extends EventTarget {
  static last: Wire;
  readonly address: string;
  readonly sent: { kind: string; id: number; topic?: string }[] = [];
  readyState = 0;

  constructor(address: string) {
    super();
    this.address = address;
    Wire.last = this;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  lose(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  say(frame: unknown): void {
    this.dispatchEvent(
      Object.assign(new Event('message'), { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    );
  }
}

function connect(): SocketLink {
  return new SocketLink('ws://127.0.0.1:1/ws', (address) => new Wire(address) as unknown as WebSocket);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('SocketLink', () => {
  it('sends early calls once the socket opens, and settles them by id', async () => {
    const link = connect();
    const answer = link.invoke('app.info', {});
    expect(Wire.last.sent).toEqual([]);
    Wire.last.open();
    expect(Wire.last.sent).toMatchObject([{ kind: 'invoke', id: 1, method: 'app.info' }]);
    Wire.last.say({ kind: 'result', id: 1, ok: true, value: 7 });
    await expect(answer).resolves.toBe(7);
  });

  it('turns an answered error into one with its code', async () => {
    const link = connect();
    Wire.last.open();
    const answer = link.invoke('run.get', { runId: 9 });
    Wire.last.say({ kind: 'result', id: 1, ok: false, error: { code: 'not-found', message: 'There is no run 9.' } });
    await expect(answer).rejects.toMatchObject({ code: 'not-found', message: 'There is no run 9.' });
  });

  it('fails open calls when the host is lost, then fails at once', async () => {
    const link = connect();
    Wire.last.open();
    const open = link.invoke('run.get', { runId: 1 });
    Wire.last.lose();
    await expect(open).rejects.toMatchObject({ code: 'host-lost' });
    expect(link.state.status).toBe('lost');
    await expect(link.invoke('run.get', { runId: 1 })).rejects.toMatchObject({ code: 'host-lost' });
  });

  it('reconnects with increasing delays, and subscribes again', () => {
    const link = connect();
    const events: unknown[] = [];
    Wire.last.open();
    link.subscribe('run.summary', {}, (event) => events.push(event));
    const first = Wire.last;
    first.lose();
    vi.advanceTimersByTime(499);
    expect(Wire.last).toBe(first);
    vi.advanceTimersByTime(1);
    const second = Wire.last;
    expect(second).not.toBe(first);
    second.lose();
    vi.advanceTimersByTime(999);
    expect(Wire.last).toBe(second);
    vi.advanceTimersByTime(1);
    Wire.last.open();
    expect(link.state.status).toBe('open');
    expect(Wire.last.sent).toMatchObject([{ kind: 'subscribe', topic: 'run.summary' }]);
    Wire.last.say({ kind: 'event', id: Wire.last.sent[0].id, event: 'news' });
    expect(events).toEqual(['news']);
  });

  it('ends a subscription', () => {
    const link = connect();
    Wire.last.open();
    link.subscribe('run.summary', {}, () => undefined)();
    expect(Wire.last.sent.map(({ kind }) => kind)).toEqual(['subscribe', 'unsubscribe']);
    Wire.last.lose();
    vi.advanceTimersByTime(500);
    Wire.last.open();
    expect(Wire.last.sent).toEqual([]);
  });

  it('drops invalid frames', () => {
    const link = connect();
    Wire.last.open();
    Wire.last.say('not JSON');
    Wire.last.say({ kind: 'shout', id: 1 });
    expect(link.state.status).toBe('open');
  });
});

describe('the token', () => {
  it('is taken out of the address and kept for a reload', () => {
    const kept = new Map<string, string>();
    const shown: string[] = [];
    const place = {
      location: { href: 'http://127.0.0.1:8123/?token=abc#/run/3' },
      history: {
        state: null,
        replaceState: (...[, , url]: Parameters<History['replaceState']>) => void shown.push(String(url)),
      },
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      },
    };
    expect(takeToken(place)).toBe('abc');
    expect(shown).toEqual(['http://127.0.0.1:8123/#/run/3']);
    expect(takeToken({ ...place, location: { href: shown[0] } })).toBe('abc');
    expect(socketAddress('http://127.0.0.1:8123/#/', 'abc')).toBe('ws://127.0.0.1:8123/ws?token=abc');
  });
});
