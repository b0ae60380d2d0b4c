/**
 * The engine's expert runner over worker threads. Jobs wait for a free worker, every worker gives the same result for a
 * job. Sequences to score go to one scoring pool, and parents to one editor.
 */
import type { MakeChildren } from '../../engine/learn/children.ts';
import type { ScoreSequences } from '../../engine/objectives/types.ts';
import type {
  ExpertJob,
  ExpertResult,
  ExpertRunner,
  JobOptions,
  JobProgress,
  SampleJob,
  SampleRecord,
} from '../../engine/soup/types.ts';
import { failureData } from '../workers/failure.ts';
import { WorkerPool } from '../workers/queue.ts';
import { RequestThread } from '../workers/request-thread.ts';
import type { Question, Reply } from '../workers/requests.ts';
import type { ExpertWorkerData, FromExpert, Job, JobResult, ToExpert } from './expert-messages.ts';

export interface ExpertPoolOptions {
  readonly data: ExpertWorkerData;
  readonly workers: number;
  readonly score: ScoreSequences;
  readonly edit: MakeChildren;
}

export class ExpertPool implements ExpertRunner {
  readonly #pool: WorkerPool<ExpertThread>;

  private constructor(threads: readonly ExpertThread[]) {
    this.#pool = new WorkerPool(threads);
  }

  /** Resolves when every worker has its device ready. @throws the first failure, after all threads have ended */
  static async start({ data, workers, score, edit }: ExpertPoolOptions): Promise<ExpertPool> {
    const pool = new ExpertPool(Array.from({ length: workers }, () => new ExpertThread(data, score, edit)));
    try {
      await Promise.all(pool.#pool.workers.map((thread) => thread.ready()));
      return pool;
    } catch (error) {
      await pool.dispose();
      throw error;
    }
  }

  async train(job: ExpertJob, options: JobOptions = {}): Promise<ExpertResult> {
    const outcome = await this.#do(job, options);
    if (outcome.kind !== 'train') throw new Error('An expert worker gave samples for a training job.');
    return outcome.result;
  }

  async sample(job: SampleJob, options: JobOptions = {}): Promise<SampleRecord[]> {
    const outcome = await this.#do(job, options);
    if (outcome.kind !== 'sample') throw new Error('An expert worker gave a training result for a sampling job.');
    return outcome.samples;
  }

  #do(job: Job, options: JobOptions): Promise<JobResult> {
    return this.#pool.use(async (thread) => {
      options.signal?.throwIfAborted();
      return thread.work(job, options);
    });
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#pool.workers.map((thread) => thread.dispose()));
  }
}

/** A thread that may ask for scores and children while it works. */
class ExpertThread {
  readonly #thread: RequestThread<Job, JobResult, JobProgress>;
  readonly #score: ScoreSequences;
  readonly #edit: MakeChildren;

  constructor(data: ExpertWorkerData, score: ScoreSequences, edit: MakeChildren) {
    this.#score = score;
    this.#edit = edit;
    this.#thread = new RequestThread({
      script: 'expert-worker.js',
      data,
      name: 'An expert worker',
      onMessage: (message) => void this.#answer(message as FromExpert),
    });
  }

  ready(): Promise<void> {
    return this.#thread.ready();
  }

  /** Tells the worker to abort its job and waits for the end of the job, because only then is the worker free. */
  async work(job: Job, { signal, progress }: JobOptions): Promise<JobResult> {
    const abort = () => this.#send({ abort: true });
    signal?.addEventListener('abort', abort);
    try {
      return await this.#thread.ask(job, { ...(progress && { onProgress: progress }) });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async #answer(message: FromExpert): Promise<void> {
    if ('score' in message) this.#send({ scored: await replyTo(message.score, (sequences) => this.#score(sequences)) });
    else this.#send({ edited: await replyTo(message.edit, (requests) => this.#edit(requests)) });
  }

  #send(message: ToExpert): void {
    this.#thread.send(message);
  }

  async dispose(): Promise<void> {
    await this.#thread.end();
  }
}

async function replyTo<Q, Answer>(
  { id, question }: Question<Q>,
  answer: (question: Q) => Promise<Answer>,
): Promise<Reply<Answer>> {
  try {
    return { id, type: 'answer', answer: await answer(question) };
  } catch (error) {
    return { id, type: 'failed', error: failureData(error) };
  }
}
