/**
 * @file What objectives of DNA share: the batch that they read, and the helper that makes a scorer of batches from a
 * score of one sequence.
 */
import type { z } from 'zod';
import type { Device } from '../tensor/device.ts';
import type { Objective, ReadResource, Scorer } from './types.ts';

/** What the host provides to objectives of DNA. */
export interface DnaContext {
  readonly resource: ReadResource;
  /** Runs trained predictors. It starts nothing until the first program is compiled. */
  readonly device: Device;
}

/** Sequences of A, C, G and T in upper case; null if the text is not DNA. */
export type DnaBatch = readonly (string | null)[];

/** A place in a sequence that an objective looks at, for drawing. Positions count from 0 and the end is exclusive. */
export interface SequenceFeature {
  readonly kind: 'motif' | 'site' | 'rule';
  /** Name of the factor, the enzyme or the rule. */
  readonly name: string;
  readonly start: number;
  /** Larger than the sequence's length if a site spans the ends of a circle. */
  readonly end: number;
  /** Null if the feature belongs to both strands. */
  readonly strand: '+' | '-' | null;
  /** Details in plain words. */
  readonly note: string;
}

/** Finds the features of one sequence of A, C, G and T. */
export type FindFeatures = (sequence: string) => SequenceFeature[];

export interface DnaObjective<Parameters extends z.ZodObject = z.ZodObject> extends Objective<
  DnaContext,
  DnaBatch,
  Parameters
> {
  /** The features that make the score, if it has places. @throws ParameterError as `prepare` does */
  features?(parameters: z.infer<Parameters>, context: Pick<DnaContext, 'resource'>): FindFeatures;
}

/** Infers the type of the parameters from their declaration. */
export function defineDnaObjective<Parameters extends z.ZodObject>(
  objective: DnaObjective<Parameters>,
): DnaObjective<Parameters> {
  return objective;
}

/**
 * Makes a scorer of batches.
 * @param score raw value of one sequence; null if it has none
 * @param dispose frees what `score` prepared
 * @returns a scorer that gives null for invalid sequences and for values that are not finite
 */
export function scoreEachSequence(
  score: (sequence: string) => number | null,
  dispose: () => void = () => undefined,
): Scorer<DnaBatch> {
  const one = (sequence: string | null) => {
    const value = sequence === null ? null : score(sequence);
    return value !== null && Number.isFinite(value) ? value : null;
  };
  return { score: (batch) => batch.map(one), dispose };
}
