/** What the compute process and its expert worker threads say to each other. */
import type { GeneratorConfig } from '../../engine/generator/checkpoint.ts';
import type { Generate } from '../../engine/generator/generate.ts';
import type { Weights } from '../../engine/generator/parameters.ts';
import type { ScoredSequence } from '../../engine/objectives/types.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import type { ExpertJob, ExpertResult, JobProgress, SampleJob, SampleRecord } from '../../engine/soup/types.ts';
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import type { FailureData } from '../workers/failure.ts';

/** Given at the thread's start. */
export interface ExpertWorkerData {
  readonly config: GeneratorConfig;
  readonly prior: Weights;
  readonly generate: Generate | null;
  readonly settings: RunSettings;
  readonly device: ChoosableDevice;
  readonly threads: number;
}

/** Pool -> worker. One job at a time; scores are answers to the worker's questions. */
export type ToExpert =
  | { readonly type: 'job'; readonly job: ExpertJob | SampleJob }
  | { readonly type: 'scored'; readonly scored: ScoredSequence[] }
  | { readonly type: 'scoring-failed'; readonly error: FailureData }
  | { readonly type: 'abort' };

/** Worker -> pool. */
export type FromExpert =
  | { readonly type: 'ready' }
  | { readonly type: 'score'; readonly sequences: readonly string[] }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'trained'; readonly result: ExpertResult }
  | { readonly type: 'sampled'; readonly samples: SampleRecord[] }
  | { readonly type: 'failed'; readonly error: FailureData };
