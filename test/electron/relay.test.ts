import { beforeEach, describe, expect, test } from 'vitest';
import {
  changeSettingsMethod,
  commandTopic,
  type DesktopSettings,
  hostTopic,
  retryMethod,
  settingsMethod,
  workspaceMethod,
} from '../../contract/shell.ts';
import type { AnswerFrame, RequestFrame } from '../../contract/wire.ts';
import { Relay } from '../../electron/relay.ts';

let toHost: RequestFrame[];
let toPage: AnswerFrame[];
let running: boolean;
let retries: number;
let asked: string[];
let settings: DesktopSettings;
let relay: Relay;

beforeEach(() => {
  toHost = [];
  toPage = [];
  running = true;
  retries = 0;
  asked = [];
  settings = { stayAwake: true, notify: true };
  const host = {
    send(frame: RequestFrame) {
      if (running) toHost.push(frame);
      return running;
    },
    retryNow: () => void retries++,
  };
  relay = new Relay(host, (frame) => toPage.push(frame), {
    choose: (action) => void asked.push(action),
    get settings() {
      return settings;
    },
    change: (part) => void (settings = { ...settings, ...part }),
  });
});

describe('calls', () => {
  test('an answer comes back under the id of the page', () => {
    relay.fromPage({ kind: 'invoke', id: 7, method: 'run.list', params: {} });
    expect(toHost).toEqual([{ kind: 'invoke', id: 1, method: 'run.list', params: {} }]);
    relay.fromHost({ kind: 'result', id: 1, ok: true, value: [3] });
    expect(toPage).toEqual([{ kind: 'result', id: 7, ok: true, value: [3] }]);
  });

  test('a call while the host is gone fails with host-lost', () => {
    running = false;
    relay.fromPage({ kind: 'invoke', id: 1, method: 'run.list', params: {} });
    expect(toPage).toMatchObject([{ kind: 'result', id: 1, ok: false, error: { code: 'host-lost' } }]);
  });

  test('a call that was under way when the host died fails with host-lost, once', () => {
    relay.fromPage({ kind: 'invoke', id: 4, method: 'run.list', params: {} });
    relay.hostChanged({ status: 'lost', retryAt: 5 });
    relay.hostChanged({ status: 'lost', retryAt: 6 });
    expect(toPage).toMatchObject([{ id: 4, ok: false, error: { code: 'host-lost' } }]);
  });

  test('an answer to a page that was reloaded reaches nobody', () => {
    relay.fromPage({ kind: 'invoke', id: 1, method: 'run.list', params: {} });
    relay.pageGone();
    relay.fromPage({ kind: 'invoke', id: 1, method: 'app.info', params: {} });
    relay.fromHost({ kind: 'result', id: 1, ok: true, value: 'old' });
    relay.fromHost({ kind: 'result', id: 2, ok: true, value: 'new' });
    expect(toPage).toEqual([{ kind: 'result', id: 1, ok: true, value: 'new' }]);
  });

  test.each([
    [{ kind: 'invoke', id: 3, method: 5 }, [{ kind: 'result', id: 3, ok: false, error: { code: 'bad-message' } }]],
    [{ kind: 'launch', id: 3 }, [{ kind: 'result', id: 3, ok: false, error: { code: 'bad-message' } }]],
    ['text', []],
    [null, []],
    [{ id: 'x' }, []],
  ])('%j is refused and reaches no host', (message, answers) => {
    relay.fromPage(message);
    expect(toHost).toEqual([]);
    expect(toPage).toMatchObject(answers);
    expect(toPage).toHaveLength(answers.length);
  });
});

describe('subscriptions', () => {
  test('events come under the id of the page until it unsubscribes', () => {
    relay.fromPage({ kind: 'subscribe', id: 2, topic: 'run.summary', params: {} });
    relay.fromHost({ kind: 'event', id: 1, event: 'a' });
    relay.fromPage({ kind: 'unsubscribe', id: 2 });
    relay.fromHost({ kind: 'event', id: 1, event: 'b' });
    expect(toPage).toEqual([{ kind: 'event', id: 2, event: 'a' }]);
    expect(toHost.at(-1)).toEqual({ kind: 'unsubscribe', id: 1 });
  });

  test('they are renewed with the next host', () => {
    relay.fromPage({ kind: 'subscribe', id: 2, topic: 'run', params: { runId: 1 } });
    relay.hostChanged({ status: 'lost', retryAt: 1 });
    relay.hostChanged({ status: 'connecting', retryAt: null });
    expect(toHost).toEqual([1, 1].map((id) => ({ kind: 'subscribe', id, topic: 'run', params: { runId: 1 } })));
  });

  test('a refused one is answered to the page', () => {
    relay.fromPage({ kind: 'subscribe', id: 9, topic: 'nothing', params: {} });
    relay.fromHost({ kind: 'result', id: 1, ok: false, error: { code: 'unknown-method', message: 'no' } });
    expect(toPage).toMatchObject([{ kind: 'result', id: 9, ok: false, error: { code: 'unknown-method' } }]);
  });

  test('those of a page that is gone are ended', () => {
    relay.fromPage({ kind: 'subscribe', id: 2, topic: 'run.summary', params: {} });
    relay.pageGone();
    expect(toHost.at(-1)).toEqual({ kind: 'unsubscribe', id: 1 });
  });
});

describe('what the shell answers itself', () => {
  test('the state of the host, at once and on every change', () => {
    relay.fromPage({ kind: 'subscribe', id: 1, topic: hostTopic, params: {} });
    relay.hostChanged({ status: 'open', retryAt: null });
    relay.hostChanged({ status: 'lost', retryAt: 12 });
    expect(toPage.map((frame) => frame.kind === 'event' && frame.event)).toEqual([
      { status: 'connecting', retryAt: null },
      { status: 'open', retryAt: null },
      { status: 'lost', retryAt: 12 },
    ]);
    expect(toHost).toEqual([]);
  });

  test('no change after it is unsubscribed', () => {
    relay.fromPage({ kind: 'subscribe', id: 1, topic: hostTopic, params: {} });
    relay.fromPage({ kind: 'unsubscribe', id: 1 });
    relay.hostChanged({ status: 'open', retryAt: null });
    expect(toPage).toHaveLength(1);
  });

  test('a retry that the user asks for', () => {
    relay.fromPage({ kind: 'invoke', id: 1, method: retryMethod, params: {} });
    expect(retries).toBe(1);
    expect(toPage).toEqual([{ kind: 'result', id: 1, ok: true, value: {} }]);
  });

  test('another workspace is asked for by the shell, not by the host', () => {
    relay.fromPage({ kind: 'invoke', id: 1, method: workspaceMethod('open'), params: {} });
    relay.fromPage({ kind: 'invoke', id: 2, method: workspaceMethod('new'), params: {} });
    expect(asked).toEqual(['open', 'new']);
    expect(toHost).toEqual([]);
    expect(toPage).toMatchObject([
      { id: 1, ok: true },
      { id: 2, ok: true },
    ]);
  });

  test('the settings of the desktop, which the page changes by name', () => {
    relay.fromPage({ kind: 'invoke', id: 1, method: changeSettingsMethod, params: { notify: false } });
    relay.fromPage({ kind: 'invoke', id: 2, method: settingsMethod, params: {} });
    relay.fromPage({ kind: 'invoke', id: 3, method: changeSettingsMethod, params: { notify: 'no' } });
    expect(toPage).toMatchObject([
      { id: 1, ok: true, value: { stayAwake: true, notify: false } },
      { id: 2, ok: true, value: { stayAwake: true, notify: false } },
      { id: 3, ok: false, error: { code: 'bad-message' } },
    ]);
  });

  test('what the menu asks of the page, once, also before a page listens', () => {
    relay.command({ command: 'settings' });
    relay.fromPage({ kind: 'subscribe', id: 4, topic: commandTopic, params: {} });
    relay.command({ command: 'find' });
    relay.pageGone();
    relay.command({ command: 'export' });
    relay.fromPage({ kind: 'subscribe', id: 2, topic: commandTopic, params: {} });
    expect(toPage).toEqual([
      { kind: 'event', id: 4, event: { command: 'settings' } },
      { kind: 'event', id: 4, event: { command: 'find' } },
      { kind: 'event', id: 2, event: { command: 'export' } },
    ]);
    expect(toHost).toEqual([]);
  });
});
