/** Messages between the compute process and its expert worker threads. */
import type { GeneratorConfig } from '../../engine/generator/checkpoint.ts';
import type { Generate } from '../../engine/generator/generate.ts';
import type { Weights } from '../../engine/generator/parameters.ts';
import type { Child, ChildRequest } from '../../engine/learn/children.ts';
import type { ScoredSequence } from '../../engine/objectives/types.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import type { ExpertJob, ExpertResult, SampleJob, SampleRecord } from '../../engine/soup/types.ts';
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import type { Question, Reply } from '../workers/requests.ts';

/** Passed when the thread starts. */
export interface ExpertWorkerData {
  readonly config: GeneratorConfig;
  readonly prior: Weights;
  readonly generate: Generate | null;
  readonly settings: RunSettings;
  /** How many goals have reward tokens. */
  readonly goals: number;
  readonly device: ChoosableDevice;
  readonly threads: number;
}

/** Pool -> worker: the question, one at a time. */
export type Job = ExpertJob | SampleJob;

/** Worker -> pool: the answer. */
export type JobResult =
  | { readonly kind: 'train'; readonly result: ExpertResult }
  | { readonly kind: 'sample'; readonly samples: SampleRecord[] };

/** Worker -> pool, during a job: sequences to score, or parents whose children are wanted. */
export type FromExpert =
  { readonly score: Question<readonly string[]> } | { readonly edit: Question<readonly ChildRequest[]> };

/** Pool -> worker, during a job: the scores, the children, or the request to end the job. */
export type ToExpert =
  | { readonly scored: Reply<ScoredSequence[]> }
  | { readonly edited: Reply<(Child | null)[]> }
  | { readonly abort: true };
