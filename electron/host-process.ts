/**
 * @file The host as a child process. It is a plain Node, so that native modules have the same
 * ABI in the app, on the command line and in tests. A host that dies is restarted. If it dies
 * before its first answer, the user decides, because the next one would die too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostState } from '../contract/shell.ts';
import { type AnswerFrame, answerFrame, type RequestFrame } from '../contract/wire.ts';

export interface HostCommand {
  /** The Node binary. */
  readonly node: string;
  readonly args: readonly string[];
}

export interface HostListener {
  frame(frame: AnswerFrame): void;
  state(state: HostState): void;
  /** The host ended before its first answer. @param output its last lines */
  failed(output: string): void;
  /** One line of the host's output. */
  line(line: string): void;
}

export interface HostTimes {
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  /** A host that ran for this long did not fail at its start. */
  readonly steadyMs: number;
  /** How long a host may take to finish its writes when it is asked to stop. */
  readonly stopMs: number;
}

const usualTimes: HostTimes = { firstRetryMs: 500, lastRetryMs: 10_000, steadyMs: 60_000, stopMs: 10_000 };
const keptLines = 20;
/** Id of the shell's own request; the page counts its ids from 1. */
const probe: RequestFrame = { kind: 'invoke', id: 0, method: 'app.info', params: {} };

export class HostProcess {
  #command: HostCommand;
  #listener: HostListener;
  #times: HostTimes;
  #child: ChildProcess | null = null;
  #answeredAt: number | null = null;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #lastLines: string[] = [];

  constructor(command: HostCommand, listener: HostListener, times: HostTimes = usualTimes) {
    this.#command = command;
    this.#listener = listener;
    this.#times = times;
  }

  start(): void {
    clearTimeout(this.#retry);
    this.#answeredAt = null;
    this.#lastLines = [];
    const child = spawn(this.#command.node, this.#command.args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    this.#child = child;
    this.#follow(child);
    this.send(probe);
    this.#listener.state({ status: 'connecting', retryAt: null });
  }

  /** @returns false if no host is running */
  send(frame: RequestFrame): boolean {
    if (this.#child?.connected !== true) return false;
    // If the channel breaks during the call, the end of the child reports it.
    this.#child.send(frame, () => undefined);
    return true;
  }

  retryNow(): void {
    if (this.#child === null) this.start();
  }

  /** Closes the channel, which asks the host to stop, and kills the host if it does not stop in time. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry);
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    // Not 'close': Node omits that event if this side has closed the channel.
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const hardEnd = setTimeout(() => child.kill('SIGKILL'), this.#times.stopMs);
    if (child.connected) child.disconnect();
    await ended;
    clearTimeout(hardEnd);
  }

  async restart(command: HostCommand): Promise<void> {
    this.#listener.state({ status: 'lost', retryAt: null });
    await this.stop();
    this.#command = command;
    this.start();
  }

  #follow(child: ChildProcess): void {
    child.on('message', (message) => this.#receive(child, message));
    child.on('error', (error) => this.#keep(error.message));
    child.on('close', () => this.#ended(child));
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) this.#read(stream);
  }

  #read(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => this.#keep(line));
  }

  #keep(line: string): void {
    this.#lastLines = [...this.#lastLines, line].slice(-keptLines);
    this.#listener.line(line);
  }

  #receive(child: ChildProcess, message: unknown): void {
    const frame = answerFrame.safeParse(message);
    if (child !== this.#child || !frame.success) return;
    if (frame.data.id === probe.id) this.#opened();
    else this.#listener.frame(frame.data);
  }

  #opened(): void {
    this.#answeredAt = performance.now();
    this.#listener.state({ status: 'open', retryAt: null });
  }

  /** A host that was stopped on purpose is no longer the current one. */
  #ended(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#child = null;
    const cause = causeOf(child, this.#lastLines.at(-1));
    if (this.#answeredAt !== null) return this.#startLater(performance.now() - this.#answeredAt, cause);
    this.#listener.state({ status: 'lost', retryAt: null, cause });
    this.#listener.failed(this.#lastLines.join('\n'));
  }

  #startLater(livedMs: number, cause: string): void {
    if (livedMs > this.#times.steadyMs) this.#failures = 0;
    const wait = Math.min(this.#times.lastRetryMs, this.#times.firstRetryMs * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.start(), wait);
    this.#listener.state({ status: 'lost', retryAt: Date.now() + wait, cause });
  }
}

/** How a host ended, as a sentence. @param lastLine of its output */
function causeOf({ signalCode, exitCode }: ChildProcess, lastLine?: string): string {
  if (signalCode !== null) return `It was ended by the signal ${signalCode}.`;
  if (exitCode === null) return 'It could not be started.';
  return `It ended with the code ${exitCode}${lastLine === undefined ? '.' : `: ${lastLine}`}`;
}
