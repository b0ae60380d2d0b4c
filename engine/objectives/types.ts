/**
 * @file What an objective is: a record in one typed list that turns a batch of sequences into raw scores. Transform,
 * weight and aggregate are separate.
 */
import type { z } from 'zod';
import type { Modality } from '../base/modality.ts';

/** What an objective scores: sequences of one modality, or of both. */
export type Scope = Modality | 'any';

/** Which raw values are wanted. Numbers are raw values in the objective's unit. */
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

/** One raw score per sequence, in input order; null if missing. */
export type RawScores = (number | null)[];

/** A scoring function with bound parameters, made once per worker and run. */
export interface Scorer<Batch> {
  /** Returns a promise if a device or another program computes; the batch is kept until it settles. */
  score(batch: Batch): RawScores | Promise<RawScores>;
  /** What each sequence is scored as, for the user; null where that is the sequence itself. */
  formsOf?(batch: Batch): readonly (string | null)[];
  /** Frees what was prepared (query molecules in WASM memory). Called when no score is under way. */
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
  /** Plain words for a reader who has never heard of it. */
  readonly description: string;
  /** Paper and equation, or the RDKit file that defines it. */
  readonly source: string;
  /** Folder of the shipped predictor under models/; its README.md is the card. */
  readonly model?: string;
  /** Type, default, range and help, declared once. Form, file schema and validation derive from it. */
  readonly parameters: Parameters;
  /** What most users want; the default of a design file. */
  readonly defaultGoal: Goal;
  /** Raw values that occur in practice, for axes and sliders. */
  readonly typical: readonly [number, number];
  /** Raw values that are possible; a goal outside them is refused. */
  readonly possible: readonly [number, number];
  /** @throws ParameterError, which names the parameter that cannot be used */
  prepare(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
  /**
   * For predictors with an applicability domain: 1 for each sequence inside it, 0 outside, without a prediction.
   * @throws ParameterError as `prepare` does
   */
  applicability?(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
  /**
   * For predictors: the standard error of each prediction in the objective's unit, or a stand-in that its description
   * or card names. @throws ParameterError as `prepare` does
   */
  standardError?(parameters: z.infer<Parameters>, context: Context): Scorer<Batch>;
}

/**
 * Reads a table or weights shipped under models/, for example 'npscore/npscore.bin.gz', or a user's file by its
 * absolute path. Files that end in .gz are unpacked. @throws Error if the file does not exist
 */
export type ReadResource = (file: string) => Uint8Array;

/** What a form or a design file offers for a parameter beyond its type, declared by `.meta({ input })`. */
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

/** The result of scoring one sequence. Scores are in the order of the request's objectives. */
export interface ScoredSequence {
  /** Canonical form; null if the sequence is not a valid molecule or DNA. */
  readonly canonical: string | null;
  /**
   * What the diversity filter treats as the same: the key of a molecule's Bemis–Murcko scaffold ('' without rings) or
   * the family of a DNA sequence; null if invalid.
   */
  readonly scaffold: string | null;
  readonly raw: RawScores;
  /** Raw values of the request's constraints, in order; null if missing. */
  readonly constraints: RawScores;
  /** Why the sequence is not valid, in a few words. Only set if the request asks for it. */
  readonly reason?: string;
  /** The structure that a predictor was asked about where it is another. Only set if the request asks for reasons. */
  readonly form?: string;
}

/** What to compute for each sequence. Plain JSON, so that it can be sent to a worker. */
export interface ObjectiveRequest {
  readonly id: string;
  /** Parameters as the user gave them. Defaults and checks come from the objective's declaration. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What is asked instead of the value: the predictor's applicability or its standard error. */
  readonly asks?: 'applicability' | 'error';
}

export interface ScoringRequest {
  /** Modality of all objectives and constraints. */
  readonly modality: Modality;
  readonly objectives: readonly ObjectiveRequest[];
  /** Objectives whose raw value a constraint bounds. */
  readonly constraints: readonly ObjectiveRequest[];
  /** Whether to explain why a sequence is invalid. Runs do not need this. */
  readonly explain?: boolean;
}

/** Scores a batch, in order. The host's worker pool implements it. */
export type ScoreSequences = (sequences: readonly string[]) => Promise<ScoredSequence[]>;
