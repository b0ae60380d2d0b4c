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

export type DnaObjective<Parameters extends z.ZodObject = z.ZodObject> = Objective<DnaContext, DnaBatch, Parameters>;

/** Infers the parameters' type from their declaration. */
export function defineDnaObjective<Parameters extends z.ZodObject>(objective: DnaObjective<Parameters>): DnaObjective<Parameters> {
  return objective;
}

/**
 * @param score raw value of one sequence; null where it has none
 * @param dispose frees what `score` prepared
 * @returns a scorer with null for invalid sequences and for values that are not finite
 */
export function scoreEachSequence(score: (sequence: string) => number | null, dispose: () => void = () => undefined): Scorer<DnaBatch> {
  const one = (sequence: string | null) => {
    const value = sequence === null ? null : score(sequence);
    return value !== null && Number.isFinite(value) ? value : null;
  };
  return { score: (batch) => batch.map(one), dispose };
}
