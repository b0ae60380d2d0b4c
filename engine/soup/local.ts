/**
 * An expert runner in this thread: one device, one job after another. A worker
 * of the host holds one; the in-thread use is for tests and small machines.
 */
import type { DecoderShape } from '../generator/decoder.ts';
import type { MakeGuide } from '../generator/guide.ts';
import { createLikelihood } from '../generator/likelihood.ts';
import type { Weights } from '../generator/parameters.ts';
import { createSampler } from '../generator/sampler.ts';
import type { Tokenizer } from '../generator/types.ts';
import type { MakeChildren } from '../learn/children.ts';
import { type ExpertTools, sampleScored, trainExpert } from '../learn/expert.ts';
import { trainInContext } from '../learn/in-context.ts';
import { Policy } from '../learn/policy.ts';
import type { ScoreSequences } from '../objectives/types.ts';
import type { Device } from '../tensor/device.ts';
import type { RunSettings } from './settings.ts';
import type { ExpertJob, ExpertResult, ExpertRunner, JobOptions, SampleJob, SampleRecord } from './types.ts';

export interface LocalParts {
  readonly device: Device;
  readonly shape: DecoderShape;
  readonly prior: Weights;
  readonly tokenizer: Tokenizer;
  /** What may be generated; null for everything. */
  readonly guide: MakeGuide | null;
  readonly score: ScoreSequences;
  /** null where the design's sequences have no children. */
  readonly edit: MakeChildren | null;
  /** Of the run whose jobs come; they are compiled into the training graphs. */
  readonly settings: RunSettings;
  /** How many goals have reward tokens; 0 except for the method ric. */
  readonly goals: number;
  /** Sequences that the sampler grows side by side; part of what makes a result reproducible. */
  readonly slots: number;
}

export class LocalRunner implements ExpertRunner {
  readonly #tools: ExpertTools;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(tools: ExpertTools) {
    this.#tools = tools;
  }

  static async create({
    device,
    shape,
    prior,
    tokenizer,
    guide,
    score,
    edit,
    settings,
    goals,
    slots,
  }: LocalParts): Promise<LocalRunner> {
    const sampler = await createSampler(device, shape, { slots, weights: 'input' });
    const likelihood = await createLikelihood(device, shape);
    await likelihood.load(prior);
    return new LocalRunner({
      sampler,
      prior: likelihood,
      tokenizer,
      guide,
      score,
      edit,
      policy: new Policy(device, shape, settings, goals),
    });
  }

  train(job: ExpertJob, options: JobOptions = {}): Promise<ExpertResult> {
    const { context } = job;
    return this.#next(() =>
      context === null ? trainExpert(job, this.#tools, options) : trainInContext(job, context, this.#tools, options),
    );
  }

  sample(job: SampleJob, options: JobOptions = {}): Promise<SampleRecord[]> {
    return this.#next(() => sampleScored(job, this.#tools, options));
  }

  /** Jobs share the sampler's and the policy's weights, so they must not overlap. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async dispose(): Promise<void> {
    await this.#last;
    await Promise.all([this.#tools.sampler.dispose(), this.#tools.prior.dispose(), this.#tools.policy.dispose()]);
  }
}
