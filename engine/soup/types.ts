/**
 * What a run is to the methods: the request, the state that a round
 * leaves behind, and the two parts that the host brings (something that trains
 * and samples, something that stores). The state is plain data and complete:
 * a run continued from a stored state gives what it would have given unbroken.
 */
import type { Weights } from '../generator/parameters.ts';
import type {
  ArchiveEntry,
  ConstraintFigures,
  DiversityState,
  ExpertJob,
  ExpertMetrics,
  ExpertResult,
  ExtraParameters,
  JobOptions,
  JobProgress,
  MeanScore,
  Moments,
  ObjectiveGoal,
  ReplayEntry,
  SampleJob,
  SampleRecord,
  SharedEntry,
} from '../learn/types.ts';
import type { Constraint } from '../objectives/constraints.ts';
import type { RunSettings } from './settings.ts';

export type * from '../learn/types.ts';

/** Trains and samples; jobs may run side by side in any number of workers. */
export interface ExpertRunner {
  /** m steps of one expert. Its result depends on the job alone. */
  train(job: ExpertJob, options?: JobOptions): Promise<ExpertResult>;
  /** Fresh scored sequences. */
  sample(job: SampleJob, options?: JobOptions): Promise<SampleRecord[]>;
}

/** One run as asked for. */
export interface RunRequest {
  readonly settings: RunSettings;
  readonly seed: number;
  /** Weights sum to 1; `normaliseWeights` of objectives/aggregate.ts makes them so. */
  readonly objectives: readonly ObjectiveGoal[];
  readonly constraints: readonly Constraint[];
  readonly prior: Weights;
}

/** What one expert carries from round to round. */
export interface ExpertState {
  /** Index of its objective; null for the one policy of morlhf and ric. */
  readonly objective: number | null;
  /** As it was trained last; null before its first round. */
  readonly weights: Weights | null;
  /** Its own optimizer memory; null before its first round and where the merge resets or averages. */
  readonly moments: Moments | null;
  /** Critic (ppo) or reward tokens (ric); never merged. */
  readonly extra: ExtraParameters | null;
  readonly replay: readonly ReplayEntry[];
  /** Steps trained so far. */
  readonly steps: number;
}

/** Everything that the next round depends on, beside the request. */
export interface RunState {
  /** Rounds done; 0 once the prior is measured. */
  readonly round: number;
  /** Steps of the run done, in [0, T]. */
  readonly step: number;
  /** rho: where the next round starts, and what steering and sampling use. */
  readonly merged: Weights;
  /** Moments averaged at the last merge; null where the rule is not `average`. */
  readonly mergedMoments: Moments | null;
  readonly experts: readonly ExpertState[];
  /** The replay memory that all experts share, best first; empty where each has its own. */
  readonly shared: readonly SharedEntry[];
  /** What the method ric learns from, oldest first; empty for the others. */
  readonly archive: readonly ArchiveEntry[];
  readonly memory: DiversityState;
  /** Of the learned constraints, for the next round; one a constraint, 0 for those that are not learned. */
  readonly multipliers: readonly number[];
  readonly counters: RunCounters;
}

export interface RunCounters {
  /** Sequences generated and sent to scoring, invalid ones included. */
  readonly scored: number;
  readonly valid: number;
  /** Distinct valid molecules. */
  readonly unique: number;
  /** Of `scored`: those learnt from; methods are compared at equal values of it. */
  readonly trained: number;
  /** Of `scored`: fresh samples of weight searches. */
  readonly searched: number;
  /** Of `scored`: fresh samples that only measure. */
  readonly measured: number;
}

/** How the merge keeps one constraint, and what that made of its multiplier. */
interface ConstraintMetrics extends ConstraintFigures {
  /** For the next round; null for a constraint that is not learned. */
  readonly multiplier: number | null;
}

/** Live numbers of one round; round 0 is the prior before any training. */
export interface RoundMetrics {
  readonly round: number;
  readonly step: number;
  /** Sequences scored in the run so far. */
  readonly scored: number;
  /** lambda, one an objective; 0 for those not in the merge. */
  readonly mergeWeights: readonly number[];
  /**
   * Mean distance between the weights of two experts, relative to their mean distance from the merge; null below two
   * experts and where none differs from the merge.
   */
  readonly expertSpread: number | null;
  /**
   * Mean distance of the round's experts from the merge relative to how far they went since they last had one set of
   * weights; null below two.
   */
  readonly disagreement: number | null;
  /** Of fresh samples of this round's merge (of the prior in round 0), like the two below. */
  readonly valid: number;
  readonly unique: number;
  /** Mean total over valid sequences. */
  readonly total: number | null;
  readonly objectives: readonly MeanScore[];
  readonly constraints: readonly ConstraintMetrics[];
  readonly experts: readonly ExpertMetrics[];
  /** Distinct scaffolds of the run so far. */
  readonly scaffolds: number;
  /** Wall time of the round. */
  readonly seconds: number;
}

/** What is known of a round's state while its merge is measured: nearly all its bytes. */
export interface MergedRound extends Pick<RunState, 'merged' | 'mergedMoments' | 'experts'> {
  /** Objectives of the experts that took part. */
  readonly trained: readonly number[];
}

/** What one round leaves behind; stored in one transaction. */
export interface RoundCommit {
  readonly state: RunState;
  readonly samples: readonly SampleRecord[];
  readonly metrics: RoundMetrics;
  /** True for the last round of the run. */
  readonly last: boolean;
}

export interface RunProgress extends JobProgress {
  readonly rounds: number;
  /** What goes on, in plain words. */
  readonly message: string;
}

/** Stores and shows. A run goes on when `commitRound` resolves. */
export interface RunObserver {
  /**
   * Told while the merge is measured, so that what is large can be stored meanwhile; it counts only once the round is
   * committed.
   */
  merged(round: MergedRound): void;
  commitRound(commit: RoundCommit): Promise<void>;
  progress?(progress: RunProgress): void;
}

/** What a method runs with. */
export interface RunParts {
  readonly runner: ExpertRunner;
  readonly observer: RunObserver;
  readonly signal?: AbortSignal;
}

/**
 * Runs what is left of a run and returns its last state.
 * @param state what `commitRound` got last; null for a new run
 * @throws AbortError (a DOMException) when `parts.signal` aborts; what was committed stands
 */
export type RunMethod = (request: RunRequest, state: RunState | null, parts: RunParts) => Promise<RunState>;
