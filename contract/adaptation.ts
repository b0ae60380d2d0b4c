/**
 * @file Generators adapted to the user's own sequences: a file that is looked into, a training in the background, what
 * came of it, what is kept.
 */
import { z } from 'zod';
import { nothing, score } from './common.ts';
import { LARGEST_TABLE } from './predictor.ts';

/** Most times that the data are read. */
export const MOST_PASSES = 50;

/** A file as it was understood for one generator. */
const sequencesInfo = z.object({
  /** Of the file. */
  name: z.string(),
  /** The generator that is to be adapted. */
  prior: z.string(),
  modality: z.enum(['molecule', 'dna']),
  /** "parted by commas", "FASTA". */
  format: z.string(),
  /** Different sequences to learn from. */
  kept: z.number().int(),
  /** What was read and what was left out, a sentence each. */
  lines: z.array(z.string()),
  examples: z.array(z.string()),
  /** Times that data of this size are read where the user says nothing. */
  passes: z.number().int(),
});

/** One measurement. Losses in nats a token; those of pass 0 are the generator's before it was adapted. */
const adaptationPoint = z.object({ pass: z.number(), train: score, validation: z.number() });

const adaptationReport = z.object({
  /**
   * `by-heart`: it repeats what it was trained on; `no-gain`: held-out sequences are no better expressed than before.
   */
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

/** The adaptation of this host, of which there is one at a time. */
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
  /** `kept`: the name under which it is kept; null before that. */
  z.object({ state: z.literal('done'), ...about, report: adaptationReport, kept: z.string().nullable() }),
]);

export const adaptationMethods = {
  /** Takes a file, in place of an earlier one. @param content in base 64 */
  'adaptation.open': {
    params: z.object({
      prior: z.string().min(1),
      name: z.string().min(1).max(255),
      content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4),
    }),
    result: sequencesInfo,
  },
  /** The open file for another generator. */
  'adaptation.reopen': { params: z.object({ prior: z.string().min(1) }), result: sequencesInfo },
  /** Trains in the background on the open file. @param passes what suits the data where left out */
  'adaptation.start': {
    params: z.object({ passes: z.number().int().min(1).max(MOST_PASSES).optional() }),
    result: adaptationState,
  },
  'adaptation.state': { params: nothing, result: adaptationState },
  'adaptation.cancel': { params: nothing, result: adaptationState },
  /** Keeps what was trained under a name, with a card. */
  'adaptation.keep': { params: z.object({ name: z.string() }), result: adaptationState },
} as const;

export const adaptationTopics = {
  /** The adaptation under way, whenever it changes. */
  adaptation: { params: nothing, event: adaptationState },
} as const;

export type SequencesInfo = z.output<typeof sequencesInfo>;
export type AdaptationPoint = z.output<typeof adaptationPoint>;
export type AdaptationReport = z.output<typeof adaptationReport>;
export type AdaptationState = z.output<typeof adaptationState>;
