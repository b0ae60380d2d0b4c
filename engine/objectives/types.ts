/**
 * What an objective is: a record in one typed list that turns a batch of
 * sequences into raw scores. Transform, weight and aggregate live outside it.
 */
import type { z } from 'zod';
import type { Modality } from '../base/modality.ts';

/** What an objective scores: sequences of one modality, or of any. */
export type Scope = Modality | 'any';

/** Which raw values are wanted. `from`/`to` are raw values in the objective's unit. */
export type Goal =
  | { readonly kind: 'higher'; readonly from: number; readonly to: number }
  | { readonly kind: 'lower'; readonly from: number; readonly to: number }
  | { readonly kind: 'target'; readonly value: number; readonly tolerance: number }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly tolerance: number }
  /** One side of a threshold. */
  | { readonly kind: 'step'; readonly side: StepSide; readonly threshold: number; readonly tolerance: number }
  /** [raw, score] pairs with ascending raw values; scores in [0, 1]. */
  | { readonly kind: 'table'; readonly points: readonly TablePoint[] };

export type StepSide = 'at_least' | 'at_most';
export type TablePoint = readonly [raw: number, score: number];

export type GoalKind = Goal['kind'];

/** One raw score a sequence, in input order; null where it is missing. */
export type RawScores = (number | null)[];

/** A scoring function with its parameters bound; made once a worker and run. */
export interface Scorer<Batch> {
  /** A promise where a device or another program computes; the batch is kept until it is settled. */
  score(batch: Batch): RawScores | Promise<RawScores>;
  /** Frees what was prepared (query molecules in WASM memory); called when no score is under way. */
  dispose(): void;
}

/**
 * An objective.
 * @typeParam Context what `prepare` may use (RDKit, fragment tables, reference names)
 * @typeParam Batch what `score` reads (parsed molecules, or DNA strings)
 */
export interface Objective<Context, Batch, Parameters extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly label: string;
  readonly modality: Scope;
  /** '' for a pure number. */
  readonly unit: string;
  /** Plain words for someone who has never heard of it. */
  readonly description: string;
  /** Paper and equation, or the RDKit file that defines it. */
  readonly source: string;
  /** Folder under models/ of the shipped predictor that it asks; its README.md is the card. */
  readonly model?: string;
  /** Declared once: type, default, range and help; form, file schema and validation derive from it. */
  readonly parameters: Parameters;
  /** What a user most likely wants; the design file's default. */
  readonly defaultGoal: Goal;
  /** Raw values that occur in practice, for axes and sliders. */
  readonly typical: readonly [number, number];
  /** Raw values that can occur at all; a goal outside them is refused. */
  readonly possible: readonly [number, number];
  /** @throws ParameterError naming the parameter that cannot be used. */
  prepare(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
  /**
   * Of predictors that can tell: whether each object is like what the predictor has learnt
   * from, 1 or 0, without predicting anything. @throws ParameterError as `prepare` does
   */
  knows?(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
  /**
   * Of predictors: the standard error of each prediction in the objective's unit, or what
   * stands for it; its description or its card says which. @throws ParameterError as `prepare` does
   */
  errs?(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
}

/**
 * Reads a table or weights shipped under models/, e.g. 'npscore/npscore.bin.gz',
 * or the user's own file by its whole path; what ends in .gz arrives unpacked. @throws Error where there is no such
 * file
 */
export type ReadResource = (file: string) => Uint8Array;

/** What a form or a design file offers for a parameter beyond its type; `.meta({ input })` of a declaration. */
export const inputKinds = [
  'structure',
  'structures',
  'pattern',
  'sequences',
  'motifs',
  'file',
  'folder',
  'predictor',
] as const;
export type InputKind = (typeof inputKinds)[number];

/** What scoring one sequence gives. Scores are in the order of the request's objectives. */
export interface ScoredSequence {
  /** Canonical form; null where the sequence is not a valid molecule or DNA. */
  readonly canonical: string | null;
  /**
   * What the diversity memory counts as alike: the key of a molecule's Murcko scaffold ('' for no ring), a DNA
   * sequence's family; null where invalid.
   */
  readonly scaffold: string | null;
  readonly raw: RawScores;
  /** Raw values of the request's constraints, in order; null where missing. */
  readonly constraints: RawScores;
  /** Why the sequence is not valid, in a few words; only where the request asks for it. */
  readonly reason?: string;
}

/** What to compute for each sequence; plain JSON, so that it can be sent to a worker. */
export interface ObjectiveRequest {
  readonly id: string;
  /** As the user gave them; defaults and checks come from the objective's declaration. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * Its value where left out; or whether its predictor knows the like (`Objective.knows`), or how far it may err
   * (`Objective.errs`).
   */
  readonly asks?: 'applicability' | 'error';
}

export interface ScoringRequest {
  /** Of all objectives and constraints. */
  readonly modality: Modality;
  readonly objectives: readonly ObjectiveRequest[];
  /** Objectives whose raw value a constraint bounds. */
  readonly constraints: readonly ObjectiveRequest[];
  /** Say of each invalid sequence why it is not valid; a run has no use for it. */
  readonly explain?: boolean;
}

/** Scores a batch, in order. Implemented by the RDKit worker pool of the host. */
export type ScoreSequences = (sequences: readonly string[]) => Promise<ScoredSequence[]>;
