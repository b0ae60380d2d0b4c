/**
 * @file Input and output of the training of one expert. All are plain data (numbers, text, typed arrays), so that they
 * can be sent to a worker thread and stored in a workspace as they are.
 */
import type { Weights } from '../generator/parameters.ts';
import type { Aggregate } from '../objectives/aggregate.ts';
import type { Constraint } from '../objectives/constraints.ts';
import type { Goal, RawScores } from '../objectives/types.ts';
import type { Parents } from './children.ts';

/** The settings of a run that the training of an expert reads; soup/settings.ts explains them. */
export interface LearnSettings {
  readonly batch: number;
  /** Most distinct valid sequences of a run; 0 for no limit. Above 0, what costs nothing is drawn again. */
  readonly budget: number;
  readonly learning_rate: number;
  readonly schedule: 'constant' | 'linear';
  readonly loss: 'augmented' | 'ppo';
  readonly sigma: number;
  readonly baseline: 'batch' | 'none';
  readonly replay_size: number;
  readonly replay_sample: number;
  readonly replay_draw: 'uniform' | 'rank';
  readonly replay_memory: 'own' | 'shared';
  readonly updates: number;
  readonly trust_region: number;
  readonly own_share: number;
  readonly edit_share: number;
  readonly kl: number;
  readonly clip: number;
  readonly epochs: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly diversity: boolean;
  readonly diversity_bucket: number;
}

/** One objective of a run as the engine needs it. Scorers know the rest by its index. */
export interface ObjectiveGoal {
  readonly goal: Goal;
  /** Share in the total. All weights of a run sum to 1. */
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
  /** Step of the run (1 ... T) for an expert's rollout; otherwise the number of completed steps. */
  readonly step: number;
  /** Objective of the expert that made it; null for a merge, and for a policy trained on the total. */
  readonly objective: number | null;
  /** Index of the draw of a weight search; 0 otherwise. */
  readonly draw: number;
  /** Index in its batch. Together with the fields above it names the random stream. */
  readonly slot: number;
  /** Text as generated. */
  readonly text: string;
  /** The remembered sequences of which it is a child; null if the generator wrote it. */
  readonly parents: Parents | null;
  /** Canonical form; null if invalid. */
  readonly canonical: string | null;
  readonly scaffold: string | null;
  /** In the order of the run's objectives; null if missing. */
  readonly raw: RawScores;
  /** In the order of the run's constraints; null if missing. */
  readonly constraints: RawScores;
  /** Transformed scores in [0, 1]; null if missing. */
  readonly scores: RawScores;
  /** Aggregate of the transformed scores under the run's weights; null if invalid or missing. */
  readonly total: number | null;
  /** The learnt reward: after constraints and diversity filter; null if missing or nothing was learnt. */
  readonly reward: number | null;
  /** Log-likelihood of all tokens under the weights that made it, nats; null if it was made by editing. */
  readonly logPolicy: number | null;
  /** Log-likelihood of all tokens under the prior, nats. */
  readonly logPrior: number;
}

/** Adam's running means; arrays as long as the parameters. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Number of optimizer steps so far, for the bias correction. */
  readonly steps: number;
}

/**
 * Parameters besides the decoder's with the state of their optimizer: the critic of PPO (one weight per hidden unit,
 * then the bias), or the reward tokens of rewards in context. They are never merged.
 */
export interface ExtraParameters {
  readonly weights: Float32Array;
  readonly moments: Moments;
}

/** One sequence in the replay memory of an expert. */
export interface ReplayEntry {
  readonly canonical: string;
  readonly tokens: Int32Array;
  readonly reward: number;
  /** Log-likelihood of the unforced tokens, like that of the policy with which it is compared. */
  readonly logPrior: number;
  /** 1 for each token after the start that a guide forced; null without a guide. */
  readonly forced: Uint8Array | null;
}

/** One sequence in the replay memory of a run, with what every expert needs to reward it by its own goal. */
export interface SharedEntry extends Omit<ReplayEntry, 'reward'> {
  readonly scaffold: string;
  /** Transformed scores, one per objective; null if missing. */
  readonly scores: RawScores;
  /** Values of the constraints; null if missing. */
  readonly constraints: RawScores;
  /** Aggregate of the scores; null if one is missing. */
  readonly total: number | null;
  /** Factor of the diversity filter on its reward, in [0, 1]. */
  readonly factor: number;
}

/** One sequence that rewards in context learns from. */
export interface ArchiveEntry extends SharedEntry {
  /** Stage that found it; 0 is the offline stage. */
  readonly stage: number;
}

/** What a job of rewards in context does beyond drawing sequences. */
export interface ContextJob {
  /** 0 draws from the given weights as they are; later stages ask for desired rewards. */
  readonly stage: number;
  /** What earlier jobs have kept, oldest first. */
  readonly archive: readonly ArchiveEntry[];
  /** Optimizer steps once the sequences are drawn; 0 while the stage goes on. */
  readonly updates: number;
}

/** Counts of what a run has seen, as parallel arrays in order of first occurrence. */
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
  /** Steps of this expert's schedule before this job, and steps to do. */
  readonly firstStep: number;
  readonly steps: number;
  /** Steps over which the learning rate falls: those of the whole run. */
  readonly scheduleSteps: number;
  readonly settings: LearnSettings;
  readonly judgement: Judgement;
  /** Multipliers of the learned constraints in this round, one per constraint; the same for all experts. */
  readonly multipliers: readonly number[];
  readonly weights: Weights;
  /** null starts from nothing. */
  readonly moments: Moments | null;
  /** null if there are none, or they start from nothing. */
  readonly extra: ExtraParameters | null;
  readonly replay: readonly ReplayEntry[];
  /** The shared replay memory at the start of the round; null if each expert has its own. */
  readonly shared: readonly SharedEntry[] | null;
  /** null for every method but rewards in context. */
  readonly context: ContextJob | null;
  /** What the run has seen before this round. */
  readonly memory: DiversityState;
}

export interface ExpertResult {
  readonly weights: Weights;
  readonly moments: Moments;
  readonly extra: ExtraParameters | null;
  readonly replay: readonly ReplayEntry[];
  /** The shared replay memory with this job's own sequences; null if each expert has its own. */
  readonly shared: readonly SharedEntry[] | null;
  /** What rewards in context keeps after this job; null for every other method. */
  readonly archive: readonly ArchiveEntry[] | null;
  readonly samples: readonly SampleRecord[];
  readonly metrics: ExpertMetrics;
}

/** Fresh sequences of given weights, scored. Nothing is learnt from them. */
export interface SampleJob {
  readonly kind: 'sample';
  readonly source: SampleSource;
  readonly seed: number;
  readonly round: number;
  readonly step: number;
  readonly draw: number;
  /** Index of the first sequence. Sequence i of a run's batch has its own random stream. */
  readonly first: number;
  readonly n: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly judgement: Judgement;
  readonly weights: Weights;
}

/**
 * Mean transformed score of one objective with its 95% interval, and the mean raw value. Null if nothing was scored.
 */
export interface MeanScore {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly raw: number | null;
}

/** How well a set of sequences meets one constraint. */
export interface ConstraintFigures {
  /** Share of the valid sequences with a value that meet it; null if there is none, as for the next. */
  readonly met: number | null;
  /** Mean violation in [0, 1]. */
  readonly violation: number | null;
}

/** Figures of one expert over a round's rollouts. */
export interface ExpertMetrics {
  /** Index of the objective; -1 for a policy trained on the total. */
  readonly objective: number;
  /** Mean reward before the diversity filter, with invalid sequences counted as 0. */
  readonly reward: number;
  /** Shares of all sequences (valid) and of the valid ones (unique, novel, repeated). */
  readonly valid: number;
  readonly unique: number;
  /** Unique molecules that the run had not made before. */
  readonly novel: number;
  /** Molecules whose reward the diversity filter at least halved. */
  readonly repeated: number;
  /** Mean log-likelihood ratio to the prior over unforced tokens, nats per sequence (the k1 estimator). */
  readonly klPrior: number;
  readonly loss: number;
  /** Distance moved from the start of the round, relative to its length. */
  readonly drift: number;
  readonly secondsSampling: number;
  readonly secondsScoring: number;
  readonly secondsLearning: number;
  readonly scores: readonly MeanScore[];
}

/** Progress of a job. */
export interface JobProgress {
  readonly round: number;
  readonly objective: number | null;
  /** Completed steps of this job. */
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
