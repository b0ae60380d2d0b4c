/**
 * What goes into a workspace and comes out of it. JSON columns are `unknown`
 * here: their meaning belongs to those who wrote them, who parse them with
 * their own schemas. Scores are in the order of the run's objectives; null is
 * a missing score.
 */

export type Method = 'iterative' | 'morlhf' | 'soups';
export type Aggregate = 'arithmetic' | 'geometric' | 'product' | 'worst';
/** States that are stored. */
export type StoredRunState = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';
/** `interrupted`: stored as running by a process that is gone. */
export type RunState = StoredRunState | 'interrupted';
/** A file that gives the same scores only as long as it stays the same. */
export interface PinnedFile {
  /** The whole path; of one that is shipped, its place among the models. */
  readonly file: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly key: string;
}

/** One score an objective; null where it is missing. */
export type Scores = readonly (number | null)[];

/** An objective of a run; what else it has is kept as it is. */
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

/** A candidate as it comes from scoring. */
export interface NewCandidate {
  /** Canonical; unique in a run. */
  readonly sequence: string;
  /** Equal for equal scaffolds; null where the modality has none. */
  readonly scaffold: string | null;
  /** In the objectives' own units. */
  readonly raw: Scores;
  /** After the transform, 0 to 1, higher is better. */
  readonly scores: Scores;
  readonly constraints: Scores;
  /** Whether it respects every hard limit of the run. */
  readonly feasible: boolean;
}

/** One generated sequence, valid or not. */
export interface NewSample {
  /** As it was generated. */
  readonly text: string;
  /** Sequence of its candidate; null where it is invalid. */
  readonly canonical: string | null;
  /** Under the policy that generated it, nats. */
  readonly logLikelihood: number | null;
  /** Under the prior, nats. */
  readonly priorLogLikelihood: number | null;
  readonly reward: number | null;
}

/**
 * What generated a batch: an expert in training (also the one policy of a
 * method that has no experts), the round's merged weights (round 0: the
 * prior), or one try of a search for merge weights.
 */
export type RolloutSource = 'expert' | 'merge' | 'search';

/** One batch of samples of one step. */
export interface NewRollout {
  /** Left out: `expert` where the batch has one, else `merge`. */
  readonly source?: RolloutSource;
  /** Which try of a search; 0 where left out. */
  readonly draw?: number;
  readonly step: number;
  /** Objective of the expert that generated it; null for everything else. */
  readonly expert: number | null;
  /** Sampler settings and stream, JSON. */
  readonly sampler: unknown;
  readonly samples: readonly NewSample[];
}

/** Bytes to store, or the key of those that `prewriteBlob` has stored. */
export type BlobSource = Uint8Array | { readonly key: string };

export interface NewExpert {
  readonly objective: number;
  /** safetensors */
  readonly weights: BlobSource;
  /** JSON; names that begin with "seconds" hold wall-clock times. */
  readonly metrics: unknown;
}

/**
 * What earlier rounds hold and may be let go once a later one is committed: their state, their experts' weights (once
 * a later round has that expert), their merged weights.
 */
export type Superseded = 'state' | 'expert' | 'merged';

export interface NewRound {
  readonly runId: number;
  readonly number: number;
  /** One an objective; 0 for an expert that did not take part. */
  readonly mergeWeights: readonly number[];
  /** Merged weights, safetensors. */
  readonly merged: BlobSource;
  readonly experts: readonly NewExpert[];
  /** Everything else that the next round starts from, by name. */
  readonly states: Readonly<Record<string, BlobSource>>;
  /** JSON; names that begin with "seconds" hold wall-clock times. */
  readonly metrics: unknown;
  /** In the order in which they were made: it decides the order of candidates. */
  readonly rollouts: readonly NewRollout[];
  /** Every canonical sequence of the rollouts that the run does not have yet; known ones may be among them. */
  readonly candidates: readonly NewCandidate[];
}

/** Samples drawn from experts merged anew, without training. */
export interface NewBlend {
  readonly runId: number;
  /** Round whose experts were merged. */
  readonly round: number;
  readonly weights: readonly number[];
  /** How often the way from the round's merge to the blend was gone. */
  readonly reach: number;
  /** SHA-256 of the merged weights; the bytes can be made again from the experts. */
  readonly mergedKey: string;
  readonly seed: number;
  readonly sampler: unknown;
  readonly samples: readonly NewSample[];
  readonly candidates: readonly NewCandidate[];
}

/** A candidate with what a table shows of it. */
export interface CandidateRow {
  readonly id: number;
  readonly runId: number;
  /** Order in which the run found it, from 0. */
  readonly number: number;
  readonly sequence: string;
  readonly scaffold: string | null;
  /** Weighted total; null where a score with a weight is missing. */
  readonly total: number | null;
  readonly raw: Scores;
  readonly scores: Scores;
  readonly constraints: Scores;
  readonly feasible: boolean;
  readonly starred: boolean;
  /** Round of its first sample; of the merged experts where that was a blend. */
  readonly round: number;
  readonly blendId: number | null;
}
