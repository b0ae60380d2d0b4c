/**
 * Training of predictors in the background: one table and one training at a
 * time, in a process of its own. What was trained is kept only when asked for.
 */
import {
  ContractError,
  type Parsed,
  type TableInfo,
  type TableReport,
  type TrainingState,
} from '../../contract/api.ts';
import { InputError } from '../base/errors.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { writeWhole } from '../base/write-whole.ts';
import { keptPredictorFile } from '../models/predictors.ts';
import { AskedProcess } from '../workers/request-process.ts';
import { type GivenFile, GivenFiles } from './given-files.ts';
import type { FromTrainer, ToTrainer } from './trainer-messages.ts';

interface OpenTable extends GivenFile {
  readonly sheet?: string;
  /** FASTA with its sequences. */
  readonly fasta?: string;
}

class TrainerProcess extends AskedProcess<ToTrainer, FromTrainer> {
  constructor() {
    super('trainer.js', 'The training process');
  }
}

export class Trainings {
  readonly #events: Events;
  readonly #log: Log;
  readonly #files = new GivenFiles();
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
    const table = { ...this.#files.take(name, content), ...(sheet !== undefined && { sheet }) };
    return this.#openTable(table);
  }

  /** @throws ContractError without an open table; InputError where the table does not name the file's records */
  async addSequences({ name, content }: Parsed<'predictor.addSequences'>): Promise<TableInfo> {
    this.#refuseWhileTraining();
    if (this.#table === null) throw new ContractError('conflict', 'Choose a table first.');
    return this.#openTable({ ...this.#table, fasta: this.#files.take(name, content).file });
  }

  async #openTable(table: OpenTable): Promise<TableInfo> {
    const opened = await this.#openIn(await this.#fresh(), table);
    this.#table = table;
    return { ...opened, name: table.name, notes: opened.notes.map((note) => this.#files.named(note)) };
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
      this.#become({
        state: 'running',
        ...about,
        share,
        secondsLeft: share < 0.02 ? null : (seconds / share) * (1 - share),
      });
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
        if (this.#state.state === 'running' && this.#process === process)
          this.#become({ state: 'failed', ...about, message: error.message });
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
    if (this.#state.state !== 'done' || this.#bytes === null)
      throw new ContractError('conflict', 'There is no trained predictor to keep.');
    const {
      report: { verdict },
    } = this.#state;
    if (verdict.tier === 'refused' && !evenSo)
      throw new InputError(`${verdict.text} Keep it only if you know why it is of use even so.`);
    writeWhole(keptPredictorFile(name.trim()), this.#bytes);
    this.#become({ ...this.#state, kept: name.trim() });
    return this.#state;
  }

  async close(): Promise<void> {
    await this.cancel();
    this.#files.remove();
  }

  #become(state: TrainingState): void {
    this.#state = state;
    this.#events.tellTraining(state);
  }

  #refuseWhileTraining(): void {
    if (this.#state.state === 'running')
      throw new ContractError('conflict', 'A predictor is being trained; wait for it, or cancel it.');
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

  async #openIn(process: TrainerProcess, { file, sheet, fasta }: OpenTable): Promise<TableInfo> {
    const answer = await this.#ask(process, {
      type: 'open',
      file,
      ...(sheet !== undefined && { sheet }),
      ...(fasta !== undefined && { fasta }),
    });
    if (answer.type !== 'opened') throw new ContractError('failed', 'The training process answered out of turn.');
    return answer.table;
  }

  /** Messages name the table as the user does. */
  async #ask(process: TrainerProcess, message: ToTrainer, onProgress?: (share: number) => void): Promise<FromTrainer> {
    try {
      return await process.ask(message, (said) => said.type === 'progress' && onProgress?.(said.share));
    } catch (error) {
      this.#log.info({ err: error }, 'table refused');
      throw this.#files.refusal(error as Error);
    }
  }
}
