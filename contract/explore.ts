/**
 * @file All candidates of a run as columns that the window filters, sorts and plots. The number of a candidate is its
 * order of discovery, from 0, so columns only grow.
 */
import { z } from 'zod';
import { candidate } from './candidate.ts';
import { byRun, id, place, rating, tags } from './common.ts';

/** The first source of a candidate if it was not an expert; encoded by numbers below those of the experts. */
export const sources = { merge: -1, search: -2, blend: -3, prior: -4 } as const;

/** How scores are combined to a total; equal to the engine's (test/contract/engine-names.test.ts). */
export const aggregates = ['arithmetic', 'geometric', 'product', 'worst'] as const;

/** Numbers as base64 of their little-endian bytes. */
const float32 = z.base64();
const int32 = z.base64();
const uint8 = z.base64();

/** A part of the columns: values of the candidates `from`, `from + 1`, and so on. */
const candidateColumns = z.object({
  /** Number of all candidates of the run. */
  count: z.number().int(),
  from: z.number().int(),
  aggregate: z.enum(aggregates),
  ids: int32,
  round: int32,
  /** -1 for candidates of a blend. */
  step: int32,
  /** Index of the goal whose expert generated it, or the code of one of `sources`. */
  source: int32,
  /** Equal numbers for equal scaffolds; -1 for none. */
  scaffold: int32,
  /** Number of characters of the sequence. */
  length: int32,
  /** 1 if it meets every hard limit. */
  feasible: uint8,
  /** One column per objective; NaN for missing values. */
  raw: z.array(float32),
  scores: z.array(float32),
  /** One column per limit; NaN for missing values. */
  limits: z.array(float32),
});

/** A star with the user's remarks. */
const star = z.object({
  candidateId: id,
  note: z.string(),
  rating: rating.default(null),
  tags: tags.default([]),
  place: place.default(null),
});

const manyIds = z.array(id).max(1_000_000);

export const exploreMethods = {
  /** Requested part by part, so that the host can answer other requests in between. */
  'explore.columns': {
    params: byRun.extend({
      from: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(16_384).default(4096),
    }),
    result: candidateColumns,
  },
  /** Candidates in the order of the ids, with totals by the weights of their run. */
  'explore.rows': {
    params: z.object({ ids: z.array(id).max(500) }),
    result: z.object({ candidates: z.array(candidate) }),
  },
  /**
   * Numbers of the candidates whose sequence contains the text. For molecules, case matters. For DNA, case, spaces and
   * digits are ignored, and U means T.
   */
  'explore.find': {
    params: byRun.extend({ text: z.string().min(1).max(10_000) }),
    result: z.object({ numbers: int32 }),
  },
  /** Numbers of the starred candidates. */
  'explore.starred': { params: byRun, result: z.object({ numbers: int32 }) },
  /** Stars many candidates at once. Candidates that were starred before keep their remarks. */
  'explore.star': { params: z.object({ stars: z.array(star).max(1_000_000) }), result: z.object({ added: manyIds }) },
  /** Removes many stars. The answer contains their remarks, so that they can be restored. */
  'explore.unstar': { params: z.object({ candidateIds: manyIds }), result: z.object({ removed: z.array(star) }) },
} as const;

export type CandidateColumns = z.output<typeof candidateColumns>;
export type Aggregate = (typeof aggregates)[number];
export type Star = z.output<typeof star>;
