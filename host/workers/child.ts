/** A process of the host's own: forks it, talks to it, and knows when and why it ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { programFolder } from '../base/paths.ts';

/** What is kept of what the process writes to its error stream. */
const LAST_CHARACTERS = 2000;

export interface ChildOptions {
  /** Under dist/host. */
  readonly script: string;
  /** As it starts a sentence: "The training process". */
  readonly name: string;
  readonly onMessage: (message: unknown) => void;
  /** The process has ended, or could not be started. @param why in plain words @param asked whether `end` was called */
  readonly onEnd: (why: string, asked: boolean) => void;
}

export class Child {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #errors = '';
  #asked = false;

  constructor({ script, name, onMessage, onEnd }: ChildOptions) {
    this.#child = fork(join(programFolder, 'dist', 'host', script), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-LAST_CHARACTERS)));
    this.#child.on('message', onMessage);
    this.#ended = new Promise((resolve) => {
      const ended = (why: string) => {
        onEnd(why, this.#asked);
        resolve();
      };
      this.#child.once('exit', (code, signal) =>
        ended(`${name} ${signal === null ? `ended with code ${code}` : `was ended by ${signal}`}${this.#lastWords()}`),
      );
      // A process that could not be started has no id and never exits.
      this.#child.on(
        'error',
        (error) => this.#child.pid === undefined && ended(`${name} could not be started: ${error.message}`),
      );
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** To a process that is gone nothing is sent: `onEnd` says so. */
  send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** At once, whatever is under way; resolves when the process is gone. */
  async end(): Promise<void> {
    this.#asked = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #lastWords(): string {
    const last = this.#errors.trim().split('\n').at(-1) ?? '';
    return last === '' ? '.' : `: ${last}`;
  }
}
