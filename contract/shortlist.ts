/** @file The shortlist: starred candidates of all designs, each molecule or sequence once. */
import { z } from 'zod';
import { id, nothing, place, rating, score, tags } from './common.ts';

const note = z.string().max(10_000);

/** A raw value of a goal; null where it has none. */
const goalValue = z.object({ label: z.string(), unit: z.string(), value: z.number().nullable() });

/** Where a design found it, and what it is worth there, by the design's own weights. */
const shortlistOrigin = z.object({
  candidateId: id,
  runId: id,
  design: z.string(),
  created: z.string(),
  total: score,
  values: z.array(goalValue),
});

/** One molecule, or one stretch of DNA whichever strand it was written from. */
const shortlistEntry = z.object({
  modality: z.enum(['molecule', 'dna']),
  sequence: z.string(),
  /** Newest first; at least one. */
  origins: z.array(shortlistOrigin).min(1),
  /** Of the origins together: notes that differ, one a line; the highest rating; all tags. */
  note: z.string(),
  rating,
  tags: z.array(z.string()),
  /** In the user's own order, the first of the origins'; null where the user gave it none. */
  place,
});

export const shortlistMethods = {
  /** Entries whose newest star is newest come first. */
  'shortlist.list': { params: nothing, result: z.object({ entries: z.array(shortlistEntry) }) },
  /** What is left out stays as it is. */
  'shortlist.remark': {
    params: z.object({
      candidateIds: z.array(id).min(1).max(1000),
      note: note.optional(),
      rating: rating.optional(),
      tags: tags.optional(),
    }),
    result: nothing,
  },
  /** Puts starred candidates into the user's own order, first to last; others keep their places. */
  'shortlist.arrange': { params: z.object({ candidateIds: z.array(id).min(1).max(100_000) }), result: nothing },
} as const;

export type ShortlistOrigin = z.output<typeof shortlistOrigin>;
export type ShortlistEntry = z.output<typeof shortlistEntry>;
