/** Training of predictors in the background: one table at a time. A trained predictor is kept only when asked for. */
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
import { TrainingDesk } from './desk.ts';
import type { GivenFile } from './given-files.ts';
import type { FromTrainer, ToTrainer } from './trainer-messages.ts';

interface OpenTable extends GivenFile {
  readonly sheet?: string;
  /** FASTA with its sequences. */
  readonly fasta?: string;
}

export class Trainings {
  readonly #desk: TrainingDesk<ToTrainer, FromTrainer, number, TrainingState>;
  #table: OpenTable | null = null;
  /** The predictor that was trained, until the next training. */
  #bytes: Uint8Array | null = null;

  constructor({ events, log }: { readonly events: Events; readonly log: Log }) {
    this.#desk = new TrainingDesk<ToTrainer, FromTrainer, number, TrainingState>(
      { state: 'none' },
      {
        script: 'trainer.js',
        tell: (state) => events.tellTraining(state),
        busy: () => 'A predictor is being trained. Wait until it is done, or cancel it.',
        log,
      },
    );
  }

  get state(): TrainingState {
    return this.#desk.state;
  }

  /** @throws ContractError while a training runs; InputError for a file that is not a table */
  async open({ name, content, sheet }: Parsed<'predictor.openTable'>): Promise<TableInfo> {
    this.#desk.refuseWhileTraining();
    const table = { ...this.#desk.files.take(name, content), ...(sheet !== undefined && { sheet }) };
    return this.#openTable(table);
  }

  /** @throws ContractError without an open table; InputError where the table does not name the file's records */
  async addSequences({ name, content }: Parsed<'predictor.addSequences'>): Promise<TableInfo> {
    this.#desk.refuseWhileTraining();
    const table = this.#openedTable();
    return this.#openTable({ ...table, fasta: this.#desk.files.take(name, content).file });
  }

  /** In a new process: what the table before it took in memory is free then. */
  async #openTable(table: OpenTable): Promise<TableInfo> {
    await this.#desk.stop();
    const opened = await this.#openInProcess(table);
    this.#table = table;
    return { ...opened, name: table.name, notes: opened.notes.map((note) => this.#desk.files.named(note)) };
  }

  /** What a training on the open table would use. @throws InputError for a column that no predictor can learn */
  async inspect(options: Parsed<'predictor.inspect'>): Promise<TableReport> {
    this.#desk.refuseWhileTraining();
    await this.#ready();
    return (await this.#desk.ask({ type: 'inspect', options }, 'inspected')).report;
  }

  /** Begins a training; its states are published as events. */
  async train({ wanted, ...options }: Parsed<'predictor.train'>): Promise<TrainingState> {
    this.#desk.refuseWhileTraining();
    await this.#ready();
    const about = { table: this.#openedTable().name, column: options.column };
    this.#bytes = null;
    return this.#desk.train({ type: 'train', options, ...(wanted !== undefined && { wanted }) }, 0, {
      running: (share, timeLeft) => ({ state: 'running', ...about, share, secondsLeft: timeLeft(share) }),
      done: (answer) => {
        if (answer.type !== 'trained')
          return { state: 'failed', ...about, message: 'The training process gave an unexpected answer.' };
        this.#bytes = answer.bytes;
        return { state: 'done', ...about, report: answer.report, kept: null };
      },
      failed: (message) => ({ state: 'failed', ...about, message }),
    });
  }

  cancel(): Promise<TrainingState> {
    return this.#desk.cancel();
  }

  /** @throws ContractError if nothing was trained, or the verdict refuses it */
  keep({ name, evenSo }: Parsed<'predictor.keep'>): TrainingState {
    const { state } = this.#desk;
    if (state.state !== 'done' || this.#bytes === null)
      throw new ContractError('conflict', 'There is no trained predictor to keep.');
    const { verdict } = state.report;
    if (verdict.tier === 'refused' && !evenSo)
      throw new InputError(`${verdict.text} Keep it only if you know why it is useful all the same.`);
    writeWhole(keptPredictorFile(name.trim()), this.#bytes);
    return this.#desk.become({ ...state, kept: name.trim() });
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  /** @throws ContractError if there is none */
  #openedTable(): OpenTable {
    if (this.#table === null) throw new ContractError('conflict', 'Choose a table first.');
    return this.#table;
  }

  /** Ensures that the process has the open table. @throws ContractError if there is none */
  async #ready(): Promise<void> {
    const table = this.#openedTable();
    if (!this.#desk.isRunning) await this.#openInProcess(table);
  }

  async #openInProcess({ file, sheet, fasta }: OpenTable): Promise<TableInfo> {
    const question: ToTrainer = {
      type: 'open',
      file,
      ...(sheet !== undefined && { sheet }),
      ...(fasta !== undefined && { fasta }),
    };
    return (await this.#desk.ask(question, 'opened')).table;
  }
}
