/**
 * Messages between the host and its compute process. They pass through the structured clone algorithm, so typed arrays
 * travel as bytes.
 */
import type { NewRound, PinnedFile } from '../../db/index.ts';
import type { Generate } from '../../engine/generator/generate.ts';
import type { Constraint } from '../../engine/objectives/constraints.ts';
import type { RawScores, ScoringRequest } from '../../engine/objectives/types.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import type { ObjectiveGoal, SampleRecord } from '../../engine/soup/types.ts';
import type { ChoosableDevice, DeviceReport } from '../../engine/tensor/devices.ts';
import type { FailureData } from '../workers/failure.ts';
import type { Reply } from '../workers/requests.ts';

/** A run in terms of the engine; the same for training and steering. */
export interface ComputeSetup {
  readonly settings: RunSettings;
  readonly seed: number;
  /** Weights sum to 1. */
  readonly objectives: readonly ObjectiveGoal[];
  readonly constraints: readonly Constraint[];
  readonly scoring: ScoringRequest;
  /** Files of the predictors that the scoring uses; the host has checked them. */
  readonly pins: readonly PinnedFile[];
  /** Conditions on every sequence; null for none. */
  readonly generate: Generate | null;
  /** The prior's file; the host has checked its content. */
  readonly priorFile: string;
  readonly device: ChoosableDevice;
  /** Threads of each worker's device; results depend on it. */
  readonly threads: number;
  /** Parallel workers; no result depends on it. */
  readonly workers: number;
}

/** A run's state as it is stored; see run-state.ts. */
export interface StoredState {
  /** Merged weights, safetensors. */
  readonly merged: Uint8Array;
  /** Newest weights of each expert by objective, safetensors. */
  readonly experts: ReadonlyMap<number, Uint8Array>;
  readonly states: Readonly<Record<string, Uint8Array>>;
}

/** A finished round, ready to be committed. */
export interface ComputedRound extends Omit<NewRound, 'runId'> {
  /** Date.now() when its last sequence was scored. */
  readonly ended: number;
}

export type ToCompute =
  | { readonly type: 'run'; readonly setup: ComputeSetup; readonly state: StoredState | null }
  | { readonly type: 'committed'; readonly round: number }
  | {
      readonly type: 'open-steering';
      readonly setup: ComputeSetup;
      readonly state: StoredState;
      readonly round: number;
    }
  | { readonly type: 'steer'; readonly question: SteerQuestion }
  /** Draws this many valid sequences from an untrained generator. */
  | { readonly type: 'draw'; readonly priorFile: string; readonly count: number; readonly generate: Generate | null }
  /** The answer to AskExternal: a column of scores per external scorer. */
  | { readonly type: 'external'; readonly reply: Reply<RawScores[]> }
  | { readonly type: 'probe'; readonly device: ChoosableDevice; readonly threads: number };

/** A batch of fresh sequences from the experts merged with these weights. */
export interface SteerQuestion {
  readonly weights: readonly number[];
  /** Extrapolation factor from the run's merge to the blend; 1 is the plain blend. */
  readonly reach: number;
  readonly seed: number;
  /** Index of the first sequence; each has its own random stream. */
  readonly first: number;
  readonly n: number;
}

export interface SteerAnswer {
  /** SHA-256 of the merged weights' file, hexadecimal. */
  readonly mergedKey: string;
  readonly samples: readonly SampleRecord[];
}

/** Progress of a run: steps done of T, a fraction while experts train. */
interface ComputeProgress {
  readonly step: number;
  readonly steps: number;
  readonly message: string;
}

/** Sequences that the host has scored by external scorers; its reply bears the same number. */
export interface AskExternal {
  readonly type: 'ask-external';
  readonly id: number;
  readonly sequences: readonly string[];
}

export type FromCompute =
  | AskExternal
  | { readonly type: 'progress'; readonly progress: ComputeProgress }
  /** Part of the state that the next `round` leaves, to be stored before its transaction. */
  | { readonly type: 'prewritten'; readonly bytes: Uint8Array }
  | { readonly type: 'round'; readonly round: ComputedRound }
  | { readonly type: 'finished' }
  | { readonly type: 'steering-open' }
  | { readonly type: 'steered'; readonly answer: SteerAnswer }
  | { readonly type: 'drawn'; readonly sequences: readonly string[] }
  | { readonly type: 'probed'; readonly report: DeviceReport }
  | { readonly type: 'failed'; readonly error: FailureData };
