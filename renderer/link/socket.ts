/**
 * @file The contract's transport over a WebSocket to the page's own server: connects
 * again with back-off after a loss, and subscribes again to everything.
 */
import { ContractError } from '../../contract/api.ts';
import { type AnswerFrame, answerFrame, type RequestFrame } from '../../contract/wire.ts';
import type { Link, LinkState } from './link.ts';

/** The part of the browser's WebSocket that is used; tests pass their own. */
export type OpenSocket = (address: string) => WebSocket;

interface Waiting {
  readonly frame: RequestFrame;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ContractError) => void;
}

interface Subscription {
  readonly topic: string;
  readonly params: unknown;
  readonly listener: (event: unknown) => void;
}

const firstRetryMs = 500;
const lastRetryMs = 10_000;
const lostMessage = 'The connection to Amalgam’s engine is lost. Every finished round is saved in the workspace.';

export class SocketLink implements Link {
  readonly desktop = null;
  #address: string;
  #open: OpenSocket;
  #socket: WebSocket | undefined;
  #state: LinkState = { status: 'connecting', retryAt: null };
  #watchers = new Set<(state: LinkState) => void>();
  #waiting = new Map<number, Waiting>();
  #subscriptions = new Map<number, Subscription>();
  #nextId = 1;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, open: OpenSocket = (to) => new WebSocket(to)) {
    this.#address = address;
    this.#open = open;
    this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  watch(listener: (state: LinkState) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#state);
    return () => this.#watchers.delete(listener);
  }

  /** Before the first connection, calls wait. After a loss, they fail immediately with `host-lost`. */
  invoke(method: string, params: unknown): Promise<unknown> {
    if (this.#state.status === 'lost') return Promise.reject(new ContractError('host-lost', lostMessage));
    const id = this.#nextId++;
    const frame: RequestFrame = { kind: 'invoke', id, method, params };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { frame, resolve, reject });
      this.#send(frame);
    });
  }

  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void {
    const id = this.#nextId++;
    this.#subscriptions.set(id, { topic, params, listener });
    this.#send({ kind: 'subscribe', id, topic, params });
    return () => {
      this.#subscriptions.delete(id);
      this.#send({ kind: 'unsubscribe', id });
    };
  }

  retryNow(): void {
    if (this.#state.status === 'lost') this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = this.#open(this.#address);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', (message) => this.#receive(String(message.data)));
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#closed();
    });
  }

  #opened(): void {
    this.#failures = 0;
    this.#become({ status: 'open', retryAt: null });
    for (const [id, { topic, params }] of this.#subscriptions) this.#send({ kind: 'subscribe', id, topic, params });
    for (const { frame } of this.#waiting.values()) this.#send(frame);
  }

  #closed(): void {
    const wait = Math.min(lastRetryMs, firstRetryMs * 2 ** this.#failures++);
    for (const { reject } of this.#waiting.values()) reject(new ContractError('host-lost', lostMessage));
    this.#waiting.clear();
    this.#become({ status: 'lost', retryAt: Date.now() + wait });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #become(state: LinkState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }

  /** Frames sent before the socket opens are sent again once it does. */
  #send(frame: RequestFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #receive(text: string): void {
    const frame = parseFrame(text);
    if (frame === null) return;
    if (frame.kind === 'event') this.#subscriptions.get(frame.id)?.listener(frame.event);
    else this.#settle(frame);
  }

  #settle(frame: Extract<AnswerFrame, { kind: 'result' }>): void {
    const waiting = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    if (frame.ok) waiting?.resolve(frame.value);
    else waiting?.reject(new ContractError(frame.error.code, frame.error.message, frame.error.details));
  }
}

/** @returns null for text that is not a frame of this version; no caller can be informed */
function parseFrame(text: string): AnswerFrame | null {
  try {
    return answerFrame.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
