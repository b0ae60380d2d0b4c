/**
 * The engine's expert runner over worker threads: jobs wait for a free worker,
 * any worker does any job with the same result, and sequences to score go to
 * one scoring pool.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScoreSequences } from '../../engine/objectives/types.ts';
import type {
  ExpertJob,
  ExpertResult,
  ExpertRunner,
  JobOptions,
  SampleJob,
  SampleRecord,
} from '../../engine/soup/types.ts';
import { programFolder } from '../base/paths.ts';
import { failureData, revived } from '../workers/failure.ts';
import type { ExpertWorkerData, FromExpert, ToExpert } from './expert-messages.ts';

export interface ExpertPoolOptions {
  readonly data: ExpertWorkerData;
  readonly workers: number;
  readonly score: ScoreSequences;
}

type Outcome = Extract<FromExpert, { type: 'trained' | 'sampled' }>;

export class ExpertPool implements ExpertRunner {
  readonly #threads: readonly ExpertThread[];
  readonly #idle: ExpertThread[];
  readonly #waiting: ((thread: ExpertThread) => void)[] = [];

  private constructor(threads: readonly ExpertThread[]) {
    this.#threads = threads;
    this.#idle = [...threads];
  }

  /** Resolves when every worker has its device ready. */
  static async start({ data, workers, score }: ExpertPoolOptions): Promise<ExpertPool> {
    return new ExpertPool(await Promise.all(Array.from({ length: workers }, () => ExpertThread.start(data, score))));
  }

  async train(job: ExpertJob, options: JobOptions = {}): Promise<ExpertResult> {
    const outcome = await this.#give(job, options);
    if (outcome.type !== 'trained') throw new Error('An expert worker answered out of turn.');
    return outcome.result;
  }

  async sample(job: SampleJob, options: JobOptions = {}): Promise<SampleRecord[]> {
    const outcome = await this.#give(job, options);
    if (outcome.type !== 'sampled') throw new Error('An expert worker answered out of turn.');
    return outcome.samples;
  }

  async #give(job: ExpertJob | SampleJob, options: JobOptions): Promise<Outcome> {
    const thread = this.#idle.pop() ?? (await new Promise<ExpertThread>((resolve) => this.#waiting.push(resolve)));
    try {
      options.signal?.throwIfAborted();
      return await thread.work(job, options);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thread);
      else this.#idle.push(thread);
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.dispose()));
  }
}

interface Task {
  readonly resolve: (outcome: Outcome | null) => void;
  readonly reject: (error: Error) => void;
  readonly progress: JobOptions['progress'];
}

class ExpertThread {
  readonly #thread: Worker;
  readonly #score: ScoreSequences;
  #task: Task | null = null;
  #lost: Error | null = null;

  private constructor(thread: Worker, score: ScoreSequences) {
    this.#thread = thread;
    this.#score = score;
    thread.on('message', (message: FromExpert) => this.#receive(message));
    thread.on('error', (error: Error) => this.#lose(`An expert worker crashed: ${error.message}`));
    thread.on('exit', (code) => this.#lose(`An expert worker ended with code ${code}.`));
  }

  static async start(data: ExpertWorkerData, score: ScoreSequences): Promise<ExpertThread> {
    const script = join(programFolder, 'dist', 'host', 'expert-worker.js');
    const thread = new ExpertThread(new Worker(script, { workerData: data }), score);
    await thread.#outcome();
    return thread;
  }

  async work(job: ExpertJob | SampleJob, { signal, progress }: JobOptions): Promise<Outcome> {
    const abort = () => this.#say({ type: 'abort' });
    signal?.addEventListener('abort', abort);
    try {
      this.#say({ type: 'job', job });
      const outcome = await this.#outcome(progress);
      if (outcome === null) throw new Error('An expert worker answered out of turn.');
      return outcome;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** The end of the job, or null for a worker that got ready. */
  #outcome(progress?: JobOptions['progress']): Promise<Outcome | null> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => (this.#task = { resolve, reject, progress }));
  }

  #receive(message: FromExpert): void {
    switch (message.type) {
      case 'score':
        void this.#scoreFor(message.sequences);
        break;
      case 'progress':
        this.#task?.progress?.(message.progress);
        break;
      case 'failed':
        this.#end((task) => task.reject(revived(message.error)));
        break;
      case 'ready':
        this.#end((task) => task.resolve(null));
        break;
      default:
        this.#end((task) => task.resolve(message));
    }
  }

  async #scoreFor(sequences: readonly string[]): Promise<void> {
    try {
      this.#say({ type: 'scored', scored: await this.#score(sequences) });
    } catch (error) {
      this.#say({ type: 'scoring-failed', error: failureData(error) });
    }
  }

  #end(tell: (task: Task) => void): void {
    const task = this.#task;
    this.#task = null;
    if (task) tell(task);
  }

  #lose(message: string): void {
    const lost = (this.#lost ??= new Error(message));
    this.#end((task) => task.reject(lost));
  }

  #say(message: ToExpert): void {
    this.#thread.postMessage(message);
  }

  async dispose(): Promise<void> {
    await this.#thread.terminate();
  }
}
