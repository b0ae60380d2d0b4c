/**
 * What training one expert takes and gives. Everything here is plain data
 * (numbers, text, typed arrays), so that it crosses to a worker thread and into
 * a workspace as it is.
 */
import type { Weights } from '../generator/parameters.ts';
import type { Aggregate } from '../objectives/aggregate.ts';
import type { Constraint } from '../objectives/constraints.ts';
import type { Goal, RawScores } from '../objectives/types.ts';

/** The part of a run's settings that an expert's training reads; meanings in soup/settings.ts. */
export interface LearnSettings {
  readonly batch: number;
  readonly learning_rate: number;
  readonly schedule: 'constant' | 'linear';
  readonly loss: 'augmented' | 'ppo';
  readonly sigma: number;
  readonly baseline: 'batch' | 'none';
  readonly replay_size: number;
  readonly replay_sample: number;
  readonly replay_memory: 'own' | 'shared';
  readonly kl: number;
  readonly clip: number;
  readonly epochs: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly diversity: boolean;
  readonly diversity_bucket: number;
}

/** One objective of a run, as the engine needs it; scorers know the rest by its index. */
export interface ObjectiveGoal {
  readonly goal: Goal;
  /** Share in the total; all weights of a run sum to 1. */
  readonly weight: number;
}

/** How a run's sequences are judged; the same in every worker. */
export interface Judgement {
  readonly objectives: readonly ObjectiveGoal[];
  readonly constraints: readonly Constraint[];
  readonly aggregate: Aggregate;
}

/** Where a sequence came from. */
export type SampleSource = 'prior' | 'expert' | 'merge' | 'search' | 'steer';

/** One generated sequence with everything known about it. */
export interface SampleRecord {
  readonly source: SampleSource;
  readonly round: number;
  /** Step of the run (1 ... T) for an expert's rollout; steps done so far otherwise. */
  readonly step: number;
  /** Objective whose expert made it; null for a merge, and for a policy trained on the total. */
  readonly objective: number | null;
  /** Try of a weight search; 0 otherwise. */
  readonly draw: number;
  /** Index in its batch; with the fields above it names the random stream. */
  readonly slot: number;
  /** Text as generated. */
  readonly text: string;
  /** Canonical form; null where invalid. */
  readonly canonical: string | null;
  readonly scaffold: string | null;
  /** In the order of the run's objectives, null where missing. */
  readonly raw: RawScores;
  /** In the order of the run's constraints, null where missing. */
  readonly constraints: RawScores;
  /** Transformed scores in [0, 1], null where missing. */
  readonly scores: RawScores;
  /** Aggregate of the transformed scores under the run's weights; null where invalid or missing. */
  readonly total: number | null;
  /** What was learnt from: after constraints and diversity; null where missing or nothing learnt. */
  readonly reward: number | null;
  /** Log-likelihood of all tokens under the weights that made it, nats. */
  readonly logPolicy: number;
  /** Log-likelihood of all tokens under the prior, nats. */
  readonly logPrior: number;
}

/** Adam's running means; arrays as long as what they optimize. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Optimizer steps so far, for the bias correction. */
  readonly steps: number;
}

/** A critic of one objective and its own optimizer memory. Weights: one a hidden unit, then the bias. */
export interface ValueHead {
  readonly weights: Float32Array;
  readonly moments: Moments;
}

/** One remembered sequence of an expert. */
export interface ReplayEntry {
  readonly canonical: string;
  readonly tokens: Int32Array;
  readonly reward: number;
  /** Of the tokens that were not forced, like the policy's likelihood that it is compared with. */
  readonly logPrior: number;
  /** 1 for each token after the start that a guide left no choice in; null without a guide. */
  readonly forced: Uint8Array | null;
}

/** One remembered sequence of a run, with what every expert needs to reward it by its own goal. */
export interface SharedEntry extends Omit<ReplayEntry, 'reward'> {
  readonly scaffold: string;
  /** Transformed, one per objective, null where missing. */
  readonly scores: RawScores;
  /** Values of the constraints, null where missing. */
  readonly constraints: RawScores;
  /** Aggregate of the scores; null where one is missing. */
  readonly total: number | null;
  /** What the diversity filter leaves of its reward, in [0, 1]. */
  readonly factor: number;
}

/** Counts of what a run has seen, as parallel arrays in order of first sight. */
export interface DiversityState {
  readonly moleculeKeys: Float64Array;
  readonly moleculeCounts: Int32Array;
  readonly scaffoldKeys: Float64Array;
  readonly scaffoldCounts: Int32Array;
}

/** m steps of one expert. */
export interface ExpertJob {
  readonly kind: 'train';
  /** The goal that rewards it; null for the run's total. */
  readonly objective: number | null;
  readonly seed: number;
  readonly round: number;
  /** Steps of this expert's schedule done before this job, and steps to do. */
  readonly firstStep: number;
  readonly steps: number;
  /** Steps over which the learning rate falls, the whole run's. */
  readonly scheduleSteps: number;
  readonly settings: LearnSettings;
  readonly judgement: Judgement;
  /** Of the learned constraints in this round, one a constraint: the same for all experts. */
  readonly multipliers: readonly number[];
  readonly weights: Weights;
  /** null starts from nothing. */
  readonly moments: Moments | null;
  /** null where the loss has none, or it starts from nothing. */
  readonly valueHead: ValueHead | null;
  readonly replay: readonly ReplayEntry[];
  /** The memory that all experts share, as the round began; null where each has its own. */
  readonly shared: readonly SharedEntry[] | null;
  /** What the run has seen before this round. */
  readonly memory: DiversityState;
}

export interface ExpertResult {
  readonly weights: Weights;
  readonly moments: Moments;
  readonly valueHead: ValueHead | null;
  readonly replay: readonly ReplayEntry[];
  /** The shared memory with this job's own finds; null where each expert has its own. */
  readonly shared: readonly SharedEntry[] | null;
  readonly samples: readonly SampleRecord[];
  readonly metrics: ExpertMetrics;
}

/** Fresh sequences of given weights, scored; nothing is learnt. */
export interface SampleJob {
  readonly kind: 'sample';
  readonly source: SampleSource;
  readonly seed: number;
  readonly round: number;
  readonly step: number;
  readonly draw: number;
  /** Index of the first sequence; sequence i of a run's batch has its own random stream. */
  readonly first: number;
  readonly n: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly judgement: Judgement;
  readonly weights: Weights;
}

/**
 * Mean transformed score of one objective with its 95% interval, and the mean raw value. Null where nothing was
 * scored.
 */
export interface MeanScore {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly raw: number | null;
}

/** How a set of sequences keeps one constraint. */
export interface ConstraintFigures {
  /** Share of the valid sequences with a value that meet it; null where there is none, like the next. */
  readonly met: number | null;
  /** Mean violation in [0, 1]. */
  readonly violation: number | null;
}

/** Numbers of one expert over a round's rollouts. */
export interface ExpertMetrics {
  /** Index of the objective; -1 for a policy trained on the total. */
  readonly objective: number;
  /** Mean reward before diversity lowers it, invalid counted as 0. */
  readonly reward: number;
  /** Shares of all sequences (valid) and of the valid ones (unique, novel, repeated). */
  readonly valid: number;
  readonly unique: number;
  /** Unique molecules that the run had not made before. */
  readonly novel: number;
  /** Molecules whose reward diversity at least halved. */
  readonly repeated: number;
  /** Mean log-likelihood ratio to the prior of the tokens that no guide forced, nats a sequence (the k1 estimator). */
  readonly klPrior: number;
  readonly loss: number;
  /** Distance moved from the round's start, relative to its length. */
  readonly drift: number;
  readonly secondsSampling: number;
  readonly secondsScoring: number;
  readonly secondsLearning: number;
  readonly scores: readonly MeanScore[];
}

/** What a job says while it runs. */
export interface JobProgress {
  readonly round: number;
  readonly objective: number | null;
  /** Steps of this job done. */
  readonly done: number;
  readonly of: number;
  /** Sequences scored by this job so far. */
  readonly scored: number;
}

export interface JobOptions {
  /** Ends the job with an AbortError at the next step. */
  readonly signal?: AbortSignal;
  readonly progress?: (progress: JobProgress) => void;
}
