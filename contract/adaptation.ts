/**
 * @file Adaptation of generators to the user's own sequences: reading the file, training in the background, the result,
 * storing it.
 */
import { z } from 'zod';
import { nothing, score } from './common.ts';
import { LARGEST_TABLE } from './predictor.ts';

/** Largest number of passes over the data. */
export const MOST_PASSES = 50;

/** A file as it was read for one generator. */
const sequencesInfo = z.object({
  /** Name of the file. */
  name: z.string(),
  /** The generator to adapt. */
  prior: z.string(),
  modality: z.enum(['molecule', 'dna']),
  /** "comma-separated", "FASTA". */
  format: z.string(),
  /** Distinct sequences to learn from. */
  kept: z.number().int(),
  /** What was read and what was omitted, one sentence each. */
  lines: z.array(z.string()),
  examples: z.array(z.string()),
  /** Default number of passes for data of this size. */
  passes: z.number().int(),
});

/** One measurement. Losses are in nats per token; those of pass 0 are the generator's before the adaptation. */
const adaptationPoint = z.object({ pass: z.number(), train: score, validation: z.number() });

const adaptationReport = z.object({
  /** `by-heart`: it memorised its training data; `no-gain`: held-out sequences have no lower loss than before. */
  verdict: z.object({ tier: z.enum(['good', 'by-heart', 'no-gain']), text: z.string(), reasons: z.array(z.string()) }),
  curve: z.array(adaptationPoint),
  /** Of samples of the adapted generator. Shares between 0 and 1. */
  memory: z.object({
    sampled: z.number().int(),
    valid: z.number(),
    unique: z.number(),
    trained: z.number(),
    heldOut: z.number(),
  }),
  lines: z.array(z.string()),
  examples: z.array(z.string()),
  seconds: z.number(),
});

const about = { file: z.string(), prior: z.string() };

/** The adaptation of this host, which runs one at a time. */
const adaptationState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('running'),
    ...about,
    phase: z.enum(['training', 'checking']),
    share: z.number(),
    secondsLeft: z.number().nullable(),
    curve: z.array(adaptationPoint),
  }),
  z.object({ state: z.literal('failed'), ...about, message: z.string() }),
  /** `kept`: the name under which it is stored; null before that. */
  z.object({ state: z.literal('done'), ...about, report: adaptationReport, kept: z.string().nullable() }),
]);

export const adaptationMethods = {
  /** Opens a file in place of an earlier one. @param content in base64 */
  'adaptation.open': {
    params: z.object({
      prior: z.string().min(1),
      name: z.string().min(1).max(255),
      content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4),
    }),
    result: sequencesInfo,
  },
  /** Reads the open file for another generator. */
  'adaptation.reopen': { params: z.object({ prior: z.string().min(1) }), result: sequencesInfo },
  /** Trains in the background on the open file. @param passes by default, the number that suits the data */
  'adaptation.start': {
    params: z.object({ passes: z.number().int().min(1).max(MOST_PASSES).optional() }),
    result: adaptationState,
  },
  'adaptation.state': { params: nothing, result: adaptationState },
  'adaptation.cancel': { params: nothing, result: adaptationState },
  /** Stores the trained generator under a name, with a card. */
  'adaptation.keep': { params: z.object({ name: z.string() }), result: adaptationState },
} as const;

export const adaptationTopics = {
  /** The adaptation in progress, after each change. */
  adaptation: { params: nothing, event: adaptationState },
} as const;

export type SequencesInfo = z.output<typeof sequencesInfo>;
export type AdaptationPoint = z.output<typeof adaptationPoint>;
export type AdaptationReport = z.output<typeof adaptationReport>;
export type AdaptationState = z.output<typeof adaptationState>;
