/**
 * Training in the background: one training at a time, in a process of its own, whose
 * state the window follows by events. A cancelled training leaves nothing. The host's
 * trainings of predictors and adaptations of generators share this.
 */
import { ContractError } from '../../contract/api.ts';
import type { Log } from '../base/log.ts';
import { secondsLeft } from '../base/time-left.ts';
import { RequestProcess } from '../workers/request-process.ts';
import { GivenFiles } from './given-files.ts';

export interface DeskOptions<State> {
  /** The process, under dist/host. */
  readonly script: string;
  /** Publishes each new state. */
  readonly tell: (state: State) => void;
  /** Why nothing else can be done while a training runs, for the user. */
  readonly busy: (state: State) => string;
  readonly log: Log;
}

/** What a training becomes. */
export interface Training<Answer, Progress, State> {
  /** @param timeLeft estimates the seconds left from the share that is done; null if it is too early */
  readonly running: (progress: Progress, timeLeft: (share: number) => number | null) => State;
  readonly done: (answer: Answer) => State;
  readonly failed: (message: string) => State;
}

/** `none` is the state before any training and after a cancelled one. */
type AnyState = { readonly state: 'none' } | { readonly state: 'running' | 'done' | 'failed' };

export class TrainingDesk<Question, Answer extends { readonly type: string }, Progress, State extends AnyState> {
  readonly files = new GivenFiles();
  readonly #options: DeskOptions<State>;
  readonly #none: State;
  #state: State;
  #process: RequestProcess<Question, Answer, Progress> | null = null;

  /** @param none the state before any training */
  constructor(none: State, options: DeskOptions<State>) {
    this.#options = options;
    this.#none = none;
    this.#state = none;
  }

  get state(): State {
    return this.#state;
  }

  become(state: State): State {
    this.#state = state;
    this.#options.tell(state);
    return state;
  }

  /** @throws ContractError while a training runs */
  refuseWhileTraining(): void {
    if (this.#state.state === 'running') throw new ContractError('conflict', this.#options.busy(this.#state));
  }

  /** Whether there is a process, which knows what was asked of it before. */
  get isRunning(): boolean {
    return this.#process !== null && !this.#process.gone;
  }

  /** Ends the process, if there is one, with everything that it holds. */
  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    await process?.end();
  }

  /** Starts a process if there is none. @throws InputError, ContractError; messages name files as the user does */
  async ask<Type extends Answer['type']>(question: Question, type: Type): Promise<Extract<Answer, { type: Type }>> {
    const answer = await this.#ask(this.#current(), question);
    if (answer.type !== type) throw new ContractError('failed', 'The training process gave an unexpected answer.');
    return answer as Extract<Answer, { type: Type }>;
  }

  /** Begins a training; the states that follow are published. */
  train(question: Question, first: Progress, { running, done, failed }: Training<Answer, Progress, State>): State {
    const process = this.#current();
    const started = performance.now();
    const timeLeft = (share: number) => secondsLeft((performance.now() - started) / 1000, share);
    // A cancelled training, whose process is gone, has already become 'none'.
    const become = (state: () => State) => {
      if (this.#process === process) this.become(state());
    };
    const onProgress = (progress: Progress) => become(() => running(progress, timeLeft));
    onProgress(first);
    this.#ask(process, question, onProgress).then(
      (answer) => become(() => done(answer)),
      (error: Error) => become(() => failed(error.message)),
    );
    return this.#state;
  }

  async cancel(): Promise<State> {
    const stopped = this.stop();
    if (this.#state.state === 'running') this.become(this.#none);
    await stopped;
    return this.#state;
  }

  async close(): Promise<void> {
    await this.cancel();
    this.files.remove();
  }

  #current(): RequestProcess<Question, Answer, Progress> {
    if (this.#process === null || this.#process.gone)
      this.#process = new RequestProcess(this.#options.script, 'The training process');
    return this.#process;
  }

  async #ask(
    process: RequestProcess<Question, Answer, Progress>,
    question: Question,
    onProgress?: (progress: Progress) => void,
  ): Promise<Answer> {
    try {
      return await process.ask(question, { ...(onProgress && { onProgress }) });
    } catch (error) {
      this.#options.log.info({ err: error }, 'training process refused');
      throw this.files.refusal(error as Error);
    }
  }
}
