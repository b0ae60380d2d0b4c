/**
 * The host's side of a compute process: forks it, talks to it, and knows when
 * and why it ended.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { programFolder } from '../base/paths.ts';
import type { Outside } from '../external/external-scorers.ts';
import { failureData } from '../workers/failure.ts';
import type { AskOutside, FromCompute, ToCompute } from './messages.ts';

export interface ComputeListener {
  message(message: FromCompute): void;
  /** The process has ended without being asked to. @param why in plain words */
  lost(why: string): void;
}

/** What is kept of what the process writes to its error stream. */
const LAST_CHARACTERS = 2000;

export class ComputeProcess {
  readonly #outside: Outside | null;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';
  #asked = false;

  /** @param outside programs that score for this process; ended with it */
  constructor(listener: ComputeListener, outside: Outside | null = null) {
    this.#outside = outside;
    this.#child = fork(join(programFolder, 'dist', 'host', 'compute.js'), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#said = (this.#said + text).slice(-LAST_CHARACTERS)));
    this.#child.on('message', (message) => {
      const one = message as FromCompute;
      if (one.type === 'ask-outside') void this.#askOutside(one);
      else listener.message(one);
    });
    this.#ended = new Promise((resolve) => {
      const gone = (why: string) => {
        void this.#outside?.dispose();
        if (!this.#asked) listener.lost(why);
        resolve();
      };
      this.#child.once('exit', (code, signal) => gone(this.#reason(code, signal)));
      // A process that could not be started has no id and never exits.
      this.#child.on(
        'error',
        (error) => this.#child.pid === undefined && gone(`The compute process could not be started: ${error.message}`),
      );
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** A process that is gone is reported by `lost`, not here. */
  say(message: ToCompute): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  async #askOutside({ ask, sequences }: AskOutside): Promise<void> {
    try {
      if (this.#outside === null) throw new Error('No program was opened that could score.');
      this.say({ type: 'outside', ask, columns: await this.#outside.score(sequences) });
    } catch (error) {
      this.say({ type: 'outside-failed', ask, error: failureData(error) });
    }
  }

  #reason(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return `The compute process ${how}${last === '' ? '.' : `: ${last}`}`;
  }

  /** Ends the process; resolves when it is gone. */
  async end(): Promise<void> {
    this.#asked = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
    await this.#outside?.dispose();
  }
}
