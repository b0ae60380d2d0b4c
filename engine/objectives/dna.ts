/**
 * What objectives of DNA share: the batch they read and the helper that turns a
 * score of one sequence into a scorer of batches.
 */
import type { z } from 'zod';
import type { Device } from '../tensor/device.ts';
import type { Objective, ReadResource, Scorer } from './types.ts';

/** What the host lends to objectives of DNA. */
export interface DnaContext {
  readonly resource: ReadResource;
  /** Runs trained predictors; nothing starts before one compiles a program. */
  readonly device: Device;
}

/** Sequences of A, C, G and T in upper case; null where the text is not one. */
export type DnaBatch = readonly (string | null)[];

/** A place of a sequence that an objective looks at, to be drawn. Positions count from 0, the end is not included. */
export interface SequenceFeature {
  readonly kind: 'motif' | 'site' | 'rule';
  /** Of the factor, the enzyme or the rule. */
  readonly name: string;
  readonly start: number;
  /** Beyond the sequence's length where a site spans the ends of a circle. */
  readonly end: number;
  /** Null where it belongs to both. */
  readonly strand: '+' | '-' | null;
  /** What there is to say of it. */
  readonly note: string;
}

/** Finds the features of one sequence of A, C, G and T. */
export type FindFeatures = (sequence: string) => SequenceFeature[];

export interface DnaObjective<Parameters extends z.ZodObject = z.ZodObject> extends Objective<
  DnaContext,
  DnaBatch,
  Parameters
> {
  /** What makes the score, where that has places. @throws ParameterError as `prepare` does */
  features?(parameters: z.infer<Parameters>, context: Pick<DnaContext, 'resource'>): FindFeatures;
}

/** Infers the parameters' type from their declaration. */
export function defineDnaObjective<Parameters extends z.ZodObject>(
  objective: DnaObjective<Parameters>,
): DnaObjective<Parameters> {
  return objective;
}

/**
 * @param score raw value of one sequence; null where it has none
 * @param dispose frees what `score` prepared
 * @returns a scorer with null for invalid sequences and for values that are not finite
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
