/**
 * Adaptation of generators to the user's own sequences in the background: one file at a
 * time. An adapted generator is kept only when asked for, and then whole.
 */
import { basename } from 'node:path';
import { type AdaptationState, ContractError, type Parsed, type SequencesInfo } from '../../contract/api.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { writeWhole } from '../base/write-whole.ts';
import { cardFile } from '../models/documents.ts';
import { keptModelFile } from '../models/generators.ts';
import type { AdaptationProgress, FromAdapter, ToAdapter } from './adapter-messages.ts';
import { TrainingDesk } from './desk.ts';
import type { GivenFile } from './given-files.ts';

interface Open extends GivenFile {
  readonly info: SequencesInfo;
  readonly prior: string;
}

type Adapted = Extract<FromAdapter, { type: 'adapted' }>;

export class Adaptations {
  readonly #desk: TrainingDesk<ToAdapter, FromAdapter, AdaptationProgress, AdaptationState>;
  #open: Open | null = null;
  /** What was trained, until the next training. */
  #adapted: Adapted | null = null;

  constructor({ events, log }: { readonly events: Events; readonly log: Log }) {
    this.#desk = new TrainingDesk<ToAdapter, FromAdapter, AdaptationProgress, AdaptationState>(
      { state: 'none' },
      {
        script: 'adapter.js',
        tell: (state) => events.tellAdaptation(state),
        busy: (state) =>
          `${state.state === 'none' ? 'A generator' : basename(state.prior)} is being adapted. Wait until it is done, or cancel it.`,
        log,
      },
    );
  }

  get state(): AdaptationState {
    return this.#desk.state;
  }

  /** @throws ContractError while a training runs; InputError for a file or a generator that cannot be used */
  async open({ prior, name, content }: Parsed<'adaptation.open'>): Promise<SequencesInfo> {
    this.#desk.refuseWhileTraining();
    return this.#openFor(this.#desk.files.take(name, content), prior);
  }

  /** The same file for another generator. @throws as `open`; ContractError where there is no file */
  async reopen({ prior }: Parsed<'adaptation.reopen'>): Promise<SequencesInfo> {
    this.#desk.refuseWhileTraining();
    return this.#openFor(this.#opened(), prior);
  }

  /** Begins a training; its states are published as events. */
  async start({ passes }: Parsed<'adaptation.start'>): Promise<AdaptationState> {
    this.#desk.refuseWhileTraining();
    const { info, prior, name, file } = this.#opened();
    if (!this.#desk.isRunning) await this.#openFor({ name, file }, prior);
    const about = { file: name, prior: info.prior };
    const first: AdaptationProgress = { phase: 'training', share: 0, curve: [] };
    this.#adapted = null;
    return this.#desk.train({ type: 'adapt', ...(passes !== undefined && { passes }) }, first, {
      running: ({ phase, share, curve }, timeLeft) => ({
        state: 'running',
        ...about,
        phase,
        share,
        secondsLeft: phase === 'checking' ? null : timeLeft(share),
        curve: [...curve],
      }),
      done: (answer) => {
        if (answer.type !== 'adapted')
          return { state: 'failed', ...about, message: 'The training process gave an unexpected answer.' };
        this.#adapted = answer;
        return { state: 'done', ...about, report: answer.report, kept: null };
      },
      failed: (message) => ({ state: 'failed', ...about, message }),
    });
  }

  cancel(): Promise<AdaptationState> {
    return this.#desk.cancel();
  }

  /** @throws ContractError if nothing was trained; InputError for an invalid name */
  keep({ name }: Parsed<'adaptation.keep'>): AdaptationState {
    const { state } = this.#desk;
    if (state.state !== 'done' || this.#adapted === null)
      throw new ContractError('conflict', 'There is no adapted generator to keep.');
    const kept = name.trim();
    const file = keptModelFile(kept);
    const { bytes, card } = this.#adapted;
    writeWhole(file, bytes);
    writeWhole(cardFile(file), Buffer.from(`# ${kept}\n\n${card}`));
    return this.#desk.become({ ...state, kept });
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  #opened(): Open {
    if (this.#open === null) throw new ContractError('conflict', 'Choose a file first.');
    return this.#open;
  }

  /** In the process that there is: it has read the chemistry already. */
  async #openFor({ name, file }: GivenFile, prior: string): Promise<SequencesInfo> {
    const opened = (await this.#desk.ask({ type: 'open', file, prior }, 'opened')).info;
    const info = { ...opened, name, lines: opened.lines.map((line) => this.#desk.files.named(line)) };
    this.#open = { name, file, info, prior };
    return info;
  }
}
