/**
 * Training of predictors in the background: one table and one training at a
 * time, in a process of its own. What was trained is kept only when asked for.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ContractError, type Parsed, type TableInfo, type TableReport, type TrainingState } from '../contract/api.ts';
import { InputError } from './errors.ts';
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import { programFolder } from './paths.ts';
import { keptPredictorFile } from './predictors.ts';
import type { FromTrainer, ToTrainer } from './trainer-messages.ts';
import { writeWhole } from './write-whole.ts';

interface OpenTable {
  readonly name: string;
  readonly file: string;
  readonly sheet?: string;
}

export class Trainings {
  readonly #events: Events;
  readonly #log: Log;
  /** Of tables; made for the first one. */
  #folder: string | null = null;
  #process: TrainerProcess | null = null;
  #table: OpenTable | null = null;
  #state: TrainingState = { state: 'none' };
  /** The predictor that was trained, until the next training. */
  #bytes: Uint8Array | null = null;

  constructor({ events, log }: { readonly events: Events; readonly log: Log }) {
    this.#events = events;
    this.#log = log;
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** @throws ContractError while a training goes on; InputError for what is no table */
  async open({ name, content, sheet }: Parsed<'predictor.openTable'>): Promise<TableInfo> {
    this.#refuseWhileTraining();
    // The name tells the format; it comes from the user's own file, and is no path.
    const table = { name: basename(name), file: join(this.#place(), `table-${basename(name).replace(/[^\w.-]/g, '_')}`), ...(sheet !== undefined && { sheet }) };
    writeFileSync(table.file, Buffer.from(content, 'base64'));
    const opened = await this.#openIn(await this.#fresh(), table);
    this.#table = table;
    return { ...opened, name: table.name, notes: opened.notes.map((note) => note.replaceAll(table.file, table.name)) };
  }

  /** What would be learnt of the open table. @throws InputError for a column that cannot be learnt */
  async inspect(options: Parsed<'predictor.inspect'>): Promise<TableReport> {
    this.#refuseWhileTraining();
    const answer = await this.#ask(await this.#ready(), { type: 'inspect', options });
    if (answer.type !== 'inspected') throw new ContractError('failed', 'The training process answered out of turn.');
    return answer.report;
  }

  /** Begins a training; what comes of it is told as an event. */
  async train({ wanted, ...options }: Parsed<'predictor.train'>): Promise<TrainingState> {
    this.#refuseWhileTraining();
    const process = await this.#ready();
    const about = { table: this.#table!.name, column: options.column };
    const started = performance.now();
    this.#bytes = null;
    const running = (share: number): void => {
      const seconds = (performance.now() - started) / 1000;
      this.#become({ state: 'running', ...about, share, secondsLeft: share < 0.02 ? null : (seconds / share) * (1 - share) });
    };
    running(0);
    this.#ask(process, { type: 'train', options, ...(wanted !== undefined && { wanted }) }, running).then(
      (answer) => {
        if (answer.type !== 'trained') return;
        this.#bytes = answer.bytes;
        this.#become({ state: 'done', ...about, report: answer.report, kept: null });
      },
      (error: Error) => {
        // A cancelled training has said so already.
        if (this.#state.state === 'running' && this.#process === process) this.#become({ state: 'failed', ...about, message: error.message });
      },
    );
    return this.#state;
  }

  async cancel(): Promise<TrainingState> {
    const process = this.#process;
    this.#process = null;
    if (this.#state.state === 'running') this.#become({ state: 'none' });
    await process?.end();
    return this.#state;
  }

  /** @throws ContractError where nothing was trained, or the verdict refuses it */
  keep({ name, evenSo }: Parsed<'predictor.keep'>): TrainingState {
    if (this.#state.state !== 'done' || this.#bytes === null) throw new ContractError('conflict', 'There is no trained predictor to keep.');
    const { report: { verdict } } = this.#state;
    if (verdict.tier === 'refused' && !evenSo) throw new InputError(`${verdict.text} Keep it only if you know why it is of use even so.`);
    writeWhole(keptPredictorFile(name.trim()), this.#bytes);
    this.#become({ ...this.#state, kept: name.trim() });
    return this.#state;
  }

  async close(): Promise<void> {
    await this.cancel();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  #place(): string {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), 'amalgam-tables-')));
  }

  #become(state: TrainingState): void {
    this.#state = state;
    this.#events.tellTraining(state);
  }

  #refuseWhileTraining(): void {
    if (this.#state.state === 'running') throw new ContractError('conflict', 'A predictor is being trained; wait for it, or cancel it.');
  }

  /** A process without a table. */
  async #fresh(): Promise<TrainerProcess> {
    await this.#process?.end();
    return (this.#process = new TrainerProcess());
  }

  /** A process with the open table. @throws ContractError where there is none */
  async #ready(): Promise<TrainerProcess> {
    if (this.#table === null) throw new ContractError('conflict', 'Choose a table first.');
    if (this.#process !== null && !this.#process.gone) return this.#process;
    const process = await this.#fresh();
    await this.#openIn(process, this.#table);
    return process;
  }

  async #openIn(process: TrainerProcess, { file, sheet }: OpenTable): Promise<TableInfo> {
    const answer = await this.#ask(process, { type: 'open', file, ...(sheet !== undefined && { sheet }) });
    if (answer.type !== 'opened') throw new ContractError('failed', 'The training process answered out of turn.');
    return answer.table;
  }

  /** Messages name the table as the user does. */
  async #ask(process: TrainerProcess, message: ToTrainer, onProgress?: (share: number) => void): Promise<FromTrainer> {
    try {
      return await process.ask(message, onProgress);
    } catch (error) {
      this.#log.info({ err: error }, 'table refused');
      const text = (error as Error).message.replace(new RegExp(`${escaped(join(this.#place(), 'table-'))}`, 'g'), '');
      throw (error as Error).name === 'InputError' ? new InputError(text) : new ContractError('failed', text);
    }
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Waiting {
  readonly resolve: (message: FromTrainer) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((share: number) => void) | undefined;
}

/** One process; questions are answered in their order. */
class TrainerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting: Waiting[] = [];
  #gone = false;

  constructor() {
    this.#child = fork(join(programFolder, 'dist', 'host', 'trainer.js'), { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#child.on('message', (message) => this.#take(message as FromTrainer));
    this.#ended = new Promise((resolve) => {
      const gone = (why: string) => {
        this.#gone = true;
        for (const waiting of this.#waiting.splice(0)) waiting.reject(new Error(why));
        resolve();
      };
      this.#child.once('exit', (code, signal) => gone(`The training process ${signal === null ? `ended with code ${code}` : `was ended by ${signal}`}. Try again.`));
      this.#child.once('error', (error) => this.#child.pid === undefined && gone(`The training process could not be started: ${error.message}`));
    });
  }

  get gone(): boolean {
    return this.#gone;
  }

  ask(message: ToTrainer, onProgress?: (share: number) => void): Promise<FromTrainer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, onProgress });
      this.#child.send(message, (error) => error && reject(error));
    });
  }

  #take(message: FromTrainer): void {
    if (message.type === 'progress') return this.#waiting[0]?.onProgress?.(message.share);
    const waiting = this.#waiting.shift();
    if (message.type === 'failed') waiting?.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
    else waiting?.resolve(message);
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
