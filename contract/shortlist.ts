/** @file The shortlist: starred candidates of all designs, with one entry per molecule or sequence. */
import { z } from 'zod';
import { id, nothing, place, rating, score, tags } from './common.ts';

const note = z.string().max(10_000);

/** A raw value of a goal; null if it is missing. */
const goalValue = z.object({ label: z.string(), unit: z.string(), value: z.number().nullable() });

/** The design in which it was found, and its scores there, by the weights of that design. */
const shortlistOrigin = z.object({
  candidateId: id,
  runId: id,
  design: z.string(),
  created: z.string(),
  total: score,
  values: z.array(goalValue),
});

/** One molecule, or one DNA sequence on either strand. */
const shortlistEntry = z.object({
  modality: z.enum(['molecule', 'dna']),
  sequence: z.string(),
  /** Newest first; at least one. */
  origins: z.array(shortlistOrigin).min(1),
  /** Combined over the origins: distinct notes, one per line; the highest rating; all tags. */
  note: z.string(),
  rating,
  tags: z.array(z.string()),
  /** Position in the user's manual order, the first of the origins'; null if it has none. */
  place,
});

export const shortlistMethods = {
  /** Ordered by the newest star of each entry, newest first. */
  'shortlist.list': { params: nothing, result: z.object({ entries: z.array(shortlistEntry) }) },
  /** Omitted remarks stay as they are. */
  'shortlist.remark': {
    params: z.object({
      candidateIds: z.array(id).min(1).max(1000),
      note: note.optional(),
      rating: rating.optional(),
      tags: tags.optional(),
    }),
    result: nothing,
  },
  /** Puts starred candidates into the user's manual order, first to last. Others keep their positions. */
  'shortlist.arrange': { params: z.object({ candidateIds: z.array(id).min(1).max(100_000) }), result: nothing },
} as const;

export type ShortlistOrigin = z.output<typeof shortlistOrigin>;
export type ShortlistEntry = z.output<typeof shortlistEntry>;
