/**
 * @file Records that are written to and read from a workspace. JSON columns are `unknown` here; their writers parse
 * them with their own schemas. Scores are in the order of the run's objectives; null is a missing score.
 */

export type Method = 'iterative' | 'morlhf' | 'soups' | 'ric';
export type Aggregate = 'arithmetic' | 'geometric' | 'product' | 'worst';
/** States that are stored. */
export type StoredRunState = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';
/** `interrupted`: stored as running by a process that no longer exists. */
export type RunState = StoredRunState | 'interrupted';
/** A file that determines scores and must not change. */
export interface PinnedFile {
  /** The absolute path; for a shipped file, its path under models/. */
  readonly file: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly key: string;
}

/** One score per objective; null if missing. */
export type Scores = readonly (number | null)[];

/** An objective of a run. Its other keys are kept unchanged. */
export interface RunObjective {
  readonly id: string;
  readonly label: string;
  readonly weight: number;
  readonly [more: string]: unknown;
}

export interface RunConstraint {
  readonly id: string;
  readonly [more: string]: unknown;
}

/** A candidate as scored. */
export interface NewCandidate {
  /** Canonical form; unique in a run. */
  readonly sequence: string;
  /** Equal for equal scaffolds; null if the modality has none. */
  readonly scaffold: string | null;
  /** In the units of the objectives. */
  readonly raw: Scores;
  /** After the transform: 0 to 1, higher is better. */
  readonly scores: Scores;
  readonly constraints: Scores;
  /** Whether it meets every hard limit of the run. */
  readonly feasible: boolean;
}

/** One generated sequence, valid or not. */
export interface NewSample {
  /** The text as generated. */
  readonly text: string;
  /** Sequence of its candidate; null if it is invalid. */
  readonly canonical: string | null;
  /** The sequences of which it is a child; null if a generator wrote it. */
  readonly parents: readonly string[] | null;
  /** Under the policy that generated it, nats; null for a child. */
  readonly logLikelihood: number | null;
  /** Under the prior, nats. */
  readonly priorLogLikelihood: number | null;
  readonly reward: number | null;
}

/**
 * What generated a batch: an expert in training (also the only policy of a method without experts), the merged weights
 * of a round (round 0: the prior), or one draw of a search for merge weights.
 */
export type RolloutSource = 'expert' | 'merge' | 'search';

/** One batch of samples of one step. */
export interface NewRollout {
  /** By default `expert` if the batch has one, otherwise `merge`. */
  readonly source?: RolloutSource;
  /** Index of the draw of a search; 0 by default. */
  readonly draw?: number;
  readonly step: number;
  /** Objective of the expert that generated it; null if no expert did. */
  readonly expert: number | null;
  /** Sampler settings and stream, JSON. */
  readonly sampler: unknown;
  readonly samples: readonly NewSample[];
}

/** Bytes to store, or the key of bytes that `prewriteBlob` has stored. */
export type BlobSource = Uint8Array | { readonly key: string };

interface NewExpert {
  readonly objective: number;
  /** safetensors */
  readonly weights: BlobSource;
  /** JSON; names that begin with "seconds" hold wall-clock times. */
  readonly metrics: unknown;
}

/**
 * What earlier rounds hold and can be discarded once a later round is committed: their state, the weights of an expert
 * that a later round also has, and their merged weights.
 */
export type Superseded = 'state' | 'expert' | 'merged';

export interface NewRound {
  readonly runId: number;
  readonly number: number;
  /** One per objective; 0 for an expert that did not take part. */
  readonly mergeWeights: readonly number[];
  /** Merged weights, safetensors. */
  readonly merged: BlobSource;
  readonly experts: readonly NewExpert[];
  /** Everything else that the next round starts from, by name. */
  readonly states: Readonly<Record<string, BlobSource>>;
  /** JSON; names that begin with "seconds" hold wall-clock times. */
  readonly metrics: unknown;
  /** In the order in which they were made, which decides the order of candidates. */
  readonly rollouts: readonly NewRollout[];
  /** At least every canonical sequence of the rollouts that the run does not have yet; known ones may be included. */
  readonly candidates: readonly NewCandidate[];
}

/** Samples of experts that were merged with other weights, without training. */
export interface NewBlend {
  readonly runId: number;
  /** Round whose experts were merged. */
  readonly round: number;
  readonly weights: readonly number[];
  /** Extrapolation factor: how far the blend goes from the round's merge; 1 is the plain blend. */
  readonly reach: number;
  /** SHA-256 of the merged weights. The bytes can be computed again from the experts. */
  readonly mergedKey: string;
  readonly seed: number;
  readonly sampler: unknown;
  readonly samples: readonly NewSample[];
  readonly candidates: readonly NewCandidate[];
}

/** A candidate with the columns of a table. */
export interface CandidateRow {
  readonly id: number;
  readonly runId: number;
  /** Order of discovery in the run, from 0. */
  readonly number: number;
  readonly sequence: string;
  readonly scaffold: string | null;
  /** Weighted total; null if a score with a weight is missing. */
  readonly total: number | null;
  readonly raw: Scores;
  readonly scores: Scores;
  readonly constraints: Scores;
  readonly feasible: boolean;
  readonly starred: boolean;
  /** Round of its first sample; for a blend, the round of its experts. */
  readonly round: number;
  readonly blendId: number | null;
}
