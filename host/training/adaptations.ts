/**
 * Generators adapted to the user's own sequences in the background: one file and one
 * training at a time, in a process of its own. A cancelled training leaves nothing;
 * what was trained is kept only when asked for, and then whole.
 */
import { basename } from 'node:path';
import { type AdaptationState, ContractError, type Parsed, type SequencesInfo } from '../../contract/api.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { writeWhole } from '../base/write-whole.ts';
import { cardFile } from '../models/documents.ts';
import { keptModelFile } from '../models/generators.ts';
import { AskedProcess } from '../workers/request-process.ts';
import type { FromAdapter, ToAdapter } from './adapter-messages.ts';
import { type GivenFile, GivenFiles } from './given-files.ts';

class AdapterProcess extends AskedProcess<ToAdapter, FromAdapter> {
  constructor() {
    super('adapter.js', 'The training process');
  }
}

interface Open extends GivenFile {
  readonly info: SequencesInfo;
  readonly prior: string;
}

type Trained = Extract<FromAdapter, { type: 'adapted' }>;

/** Before this share is done nothing can be said of the time left. */
const TELLING_SHARE = 0.03;

export class Adaptations {
  readonly #events: Events;
  readonly #log: Log;
  readonly #files = new GivenFiles();
  #process: AdapterProcess | null = null;
  #open: Open | null = null;
  #state: AdaptationState = { state: 'none' };
  /** What was trained, until the next training. */
  #trained: Trained | null = null;

  constructor({ events, log }: { readonly events: Events; readonly log: Log }) {
    this.#events = events;
    this.#log = log;
  }

  get state(): AdaptationState {
    return this.#state;
  }

  /** @throws ContractError while a training goes on; InputError for a file or a generator that cannot be used */
  async open({ prior, name, content }: Parsed<'adaptation.open'>): Promise<SequencesInfo> {
    this.#refuseWhileTraining();
    return this.#openFor(this.#files.take(name, content), prior);
  }

  /** @throws as `open`; ContractError where there is no file */
  async reopen({ prior }: Parsed<'adaptation.reopen'>): Promise<SequencesInfo> {
    this.#refuseWhileTraining();
    return this.#openFor(this.#file(), prior);
  }

  /** Begins a training; what comes of it is told as an event. */
  async start({ passes }: Parsed<'adaptation.start'>): Promise<AdaptationState> {
    this.#refuseWhileTraining();
    const { info, prior, name, file } = this.#file();
    if (this.#process === null || this.#process.gone) await this.#openFor({ name, file }, prior);
    const process = this.#process!;
    const about = { file: name, prior: info.prior };
    const started = performance.now();
    this.#trained = null;
    this.#become({ state: 'running', ...about, phase: 'training', share: 0, secondsLeft: null, curve: [] });
    const progress = (said: FromAdapter) => {
      if (said.type !== 'progress' || this.#process !== process) return;
      const { phase, share, curve } = said;
      const seconds = (performance.now() - started) / 1000;
      this.#become({
        state: 'running',
        ...about,
        phase,
        share,
        secondsLeft: phase === 'checking' || share < TELLING_SHARE ? null : (seconds / share) * (1 - share),
        curve: [...curve],
      });
    };
    this.#ask(process, { type: 'adapt', ...(passes !== undefined && { passes }) }, progress).then(
      (answer) => {
        if (answer.type !== 'adapted' || this.#process !== process) return;
        this.#trained = answer;
        this.#become({ state: 'done', ...about, report: answer.report, kept: null });
      },
      (error: Error) => {
        // A cancelled training has said so already.
        if (this.#process === process) this.#become({ state: 'failed', ...about, message: error.message });
      },
    );
    return this.#state;
  }

  async cancel(): Promise<AdaptationState> {
    const process = this.#process;
    this.#process = null;
    if (this.#state.state === 'running') this.#become({ state: 'none' });
    await process?.end();
    return this.#state;
  }

  /** @throws ContractError where nothing was trained; InputError for what is no name */
  keep({ name }: Parsed<'adaptation.keep'>): AdaptationState {
    if (this.#state.state !== 'done' || this.#trained === null)
      throw new ContractError('conflict', 'There is no adapted generator to keep.');
    const kept = name.trim();
    const file = keptModelFile(kept);
    const { bytes, card } = this.#trained;
    writeWhole(file, bytes);
    writeWhole(cardFile(file), Buffer.from(`# ${kept}\n\n${card}`));
    this.#become({ ...this.#state, kept });
    return this.#state;
  }

  async close(): Promise<void> {
    await this.cancel();
    this.#files.remove();
  }

  #file(): Open {
    if (this.#open === null) throw new ContractError('conflict', 'Choose a file first.');
    return this.#open;
  }

  async #openFor({ name, file }: GivenFile, prior: string): Promise<SequencesInfo> {
    if (this.#process === null || this.#process.gone) this.#process = new AdapterProcess();
    const process = this.#process;
    const answer = await this.#ask(process, { type: 'open', file, prior });
    if (answer.type !== 'opened') throw new ContractError('failed', 'The training process answered out of turn.');
    const info = { ...answer.info, name, lines: answer.info.lines.map((line) => this.#files.named(line)) };
    this.#open = { name, file, info, prior };
    return info;
  }

  #become(state: AdaptationState): void {
    this.#state = state;
    this.#events.tellAdaptation(state);
  }

  #refuseWhileTraining(): void {
    if (this.#state.state === 'running')
      throw new ContractError(
        'conflict',
        `${basename(this.#state.prior)} is being adapted; wait for it, or cancel it.`,
      );
  }

  async #ask(
    process: AdapterProcess,
    message: ToAdapter,
    onProgress?: (said: FromAdapter) => void,
  ): Promise<FromAdapter> {
    try {
      return await process.ask(message, onProgress);
    } catch (error) {
      this.#log.info({ err: error }, 'file refused');
      throw this.#files.refusal(error as Error);
    }
  }
}
