/**
 * One running external scorer: questions to it, answers from it, and whatever else it
 * does. It is started once and asked one question at a time. It is not a RequestProcess:
 * it is not our program, so it speaks lines of JSON, may write anything else, and gets a
 * process group of its own that is killed whole.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Requests } from '../workers/requests.ts';
import { type Item, parseAnswer, questionLine } from './answers.ts';
import type { Program } from './program.ts';

/** The program ended, hangs, or writes too much; it has to be started again. */
export class SessionLost extends Error {
  override readonly name = 'SessionLost';
}

/** The program runs, but this answer cannot be used. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** Characters of one answer; 10,000 scores take some 200,000. */
const LONGEST_LINE = 2 ** 24;
/** Characters between a question and its answer. */
const MOST_OUTPUT = 2 ** 26;
/** Kept characters of the error stream, for messages. */
const LAST_CHARACTERS = 2000;
/** The time that a program gets to end by itself once its input is closed. */
const GRACE_MS = 2000;

export class Session {
  readonly #child: ChildProcess;
  readonly #onGarbage: (line: string) => void;
  readonly #gone: Promise<void>;
  readonly #kill = () => killGroup(this.#child);
  #line = '';
  #output = 0;
  #said = '';
  /** The one question that is open. */
  #asked: { readonly id: number; readonly count: number } | null = null;
  readonly #requests = new Requests<readonly Item[]>();

  /** @param onGarbage gets each line that is not an answer to the question */
  constructor({ executable, args, folder }: Program, onGarbage: (line: string) => void) {
    this.#onGarbage = onGarbage;
    // A separate process group: its children end with it, and a terminal's Ctrl-C reaches only the host.
    this.#child = spawn(executable, args, {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#said = (this.#said + text).slice(-LAST_CHARACTERS)));
    // A write to a program that has ended fails; its "close" event reports the end.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.on('error', (error) => this.#lose(`could not be started: ${error.message}`));
    // Children left running would keep its output open.
    this.#child.on('exit', this.#kill);
    this.#gone = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#lose(`${signal === null ? `ended with code ${code}` : `was ended by ${signal}`}${this.#lastWords()}`);
        resolve();
      });
      this.#child.on('error', () => this.#child.pid === undefined && resolve());
    });
    process.once('exit', this.#kill);
  }

  /** @returns one item per sequence @throws SessionLost, BadAnswer */
  ask(sequences: readonly string[], timeoutSeconds: number): Promise<readonly Item[]> {
    const send = (id: number) => {
      this.#asked = { id, count: sequences.length };
      this.#output = 0;
      this.#child.stdin?.write(questionLine(id, sequences));
    };
    const passed = () => this.#lose(`gave no answer within ${timeoutSeconds} s`);
    return this.#requests.ask(send, { limit: { ms: timeoutSeconds * 1000, passed } });
  }

  /** Closes the program's input, and kills it if it does not end by itself. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    const timer = setTimeout(this.#kill, GRACE_MS);
    await this.#gone;
    clearTimeout(timer);
    process.off('exit', this.#kill);
  }

  #read(text: string): void {
    this.#output += text.length;
    const lines = text.split('\n');
    lines[0] = this.#line + lines[0];
    this.#line = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') this.#take(line);
    if (this.#line.length > LONGEST_LINE) this.#lose('wrote a line of more than 16 million characters');
    else if (this.#output > MOST_OUTPUT) this.#lose('wrote more than 64 million characters without an answer');
  }

  #take(line: string): void {
    const asked = this.#requests.lost ? null : this.#asked;
    const answer = asked && parseAnswer(line);
    if (asked === null || answer?.id !== asked.id) return this.#onGarbage(line);
    this.#asked = null;
    const { id, count } = asked;
    if ('error' in answer) this.#requests.fail(id, new BadAnswer(`answered with an error: ${answer.error}`));
    else if (answer.items.length !== count)
      this.#requests.fail(id, new BadAnswer(`answered with ${answer.items.length} scores for ${count} sequences`));
    else this.#requests.answer(id, answer.items);
  }

  #lose(what: string): void {
    if (this.#requests.lost) return;
    this.#kill();
    this.#requests.lose(new SessionLost(what));
  }

  #lastWords(): string {
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return last === '' ? '' : `: ${last.slice(0, 300).replace(/\.$/, '')}`;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
}
