/**
 * @file Passes messages between the page and the shell, and nothing else. It runs in
 * the sandbox, so it checks nothing: the shell checks what comes from here.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { Outcome, ShellBridge } from '../contract/shell.ts';
import type { AnswerFrame, RequestFrame } from '../contract/wire.ts';
import { pageOpened, toPage, toShell } from './channels.ts';

const waiting = new Map<number, (outcome: Outcome) => void>();
const listeners = new Map<number, (event: unknown) => void>();
let lastId = 0;

function send(frame: RequestFrame): void {
  ipcRenderer.send(toShell, frame);
}

ipcRenderer.on(toPage, (_, frame: AnswerFrame) => {
  if (frame.kind === 'event') return listeners.get(frame.id)?.(frame.event);
  waiting.get(frame.id)?.(frame.ok ? { ok: true, value: frame.value } : { ok: false, error: frame.error });
  waiting.delete(frame.id);
});

const bridge: ShellBridge = {
  invoke(method, params) {
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      send({ kind: 'invoke', id, method, params });
    });
  },
  subscribe(topic, params, listener) {
    const id = ++lastId;
    listeners.set(id, listener);
    send({ kind: 'subscribe', id, topic, params });
    return () => {
      listeners.delete(id);
      send({ kind: 'unsubscribe', id });
    };
  },
};

ipcRenderer.send(pageOpened);
contextBridge.exposeInMainWorld('amalgam', bridge);
