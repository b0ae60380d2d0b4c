/**
 * @file All candidates of a run as columns, to be filtered, sorted and plotted in the
 * window. A candidate's number is its order of discovery, from 0: columns only grow.
 */
import { z } from 'zod';
import { candidate } from './candidate.ts';
import { byRun, id, place, rating, tags } from './common.ts';

/** What made a candidate first, where it was no expert: numbers below those of the experts. */
export const sources = { merge: -1, search: -2, blend: -3, prior: -4 } as const;

/** How scores become a total; the same as the engine's (test/contract/engine-names.test.ts). */
export const aggregates = ['arithmetic', 'geometric', 'product', 'worst'] as const;

/** Numbers as base64 of their bytes, little-endian. */
const float32 = z.base64();
const int32 = z.base64();
const uint8 = z.base64();

/** A stretch of columns: values of the candidates `from`, `from + 1`, and so on. */
const candidateColumns = z.object({
  /** Candidates of the run in all. */
  count: z.number().int(),
  from: z.number().int(),
  aggregate: z.enum(aggregates),
  ids: int32,
  round: int32,
  /** -1 for those of a blend. */
  step: int32,
  /** Index of the goal whose expert made it, or one of `sources`. */
  source: int32,
  /** Equal for equal scaffolds; -1 for none. */
  scaffold: int32,
  /** Characters of the sequence. */
  length: int32,
  /** 1 where it keeps every hard limit. */
  feasible: uint8,
  /** One an objective; NaN where missing. */
  raw: z.array(float32),
  scores: z.array(float32),
  /** One a limit; NaN where missing. */
  limits: z.array(float32),
});

/** A star with what the user said of the candidate. */
const star = z.object({
  candidateId: id,
  note: z.string(),
  rating: rating.default(null),
  tags: tags.default([]),
  place: place.default(null),
});

const manyIds = z.array(id).max(1_000_000);

export const exploreMethods = {
  /** Asked stretch by stretch, so that the host answers others in between. */
  'explore.columns': {
    params: byRun.extend({
      from: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(16_384).default(4096),
    }),
    result: candidateColumns,
  },
  /** Candidates in the order of the ids, with totals by their run's own weights. */
  'explore.rows': {
    params: z.object({ ids: z.array(id).max(500) }),
    result: z.object({ candidates: z.array(candidate) }),
  },
  /**
   * Numbers of the candidates whose sequence holds the text; capitals count, but not in DNA, where spaces and numbers
   * are left out too and U is T.
   */
  'explore.find': {
    params: byRun.extend({ text: z.string().min(1).max(10_000) }),
    result: z.object({ numbers: int32 }),
  },
  /** Numbers of the starred candidates. */
  'explore.starred': { params: byRun, result: z.object({ numbers: int32 }) },
  /** Stars many at once; those that were starred keep their note. */
  'explore.star': { params: z.object({ stars: z.array(star).max(1_000_000) }), result: z.object({ added: manyIds }) },
  /** Takes many stars away; they are answered with their notes, to be given back. */
  'explore.unstar': { params: z.object({ candidateIds: manyIds }), result: z.object({ removed: z.array(star) }) },
} as const;

export type CandidateColumns = z.output<typeof candidateColumns>;
export type Aggregate = (typeof aggregates)[number];
export type Star = z.output<typeof star>;
