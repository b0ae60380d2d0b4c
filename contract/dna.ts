/** @file Sequences of DNA: what can be computed of any, and what predictors say of a candidate. */
import { z } from 'zod';
import { byRun, id, score } from './common.ts';

/** Bases in upper case; no candidate is longer. */
const bases = z
  .string()
  .regex(/^[ACGT]+$/, 'A, C, G and T in upper case')
  .max(100_000);

/** What a shipped predictor of activity says of a sequence. */
export const predictedActivity = z.object({
  /** Its objective, as the catalogue names it. */
  objective: z.string(),
  /** In the objective's unit; null where the sequence is too short. */
  value: score,
  /** Standard error against a measurement; 9 of 10 lie within 1.645 of it. */
  error: score,
  /** Whether the predictor has learnt from the like. */
  inside: z.boolean(),
  /** Bases that it reads, from the middle of a longer sequence, and fewer than which it has no value for. */
  reads: z.number().int(),
  fewest: z.number().int(),
});

/** Two sequences over their whole lengths; gaps cost most at their first base. */
export const alignment = z.object({
  /** The reference's; '' where it has none. */
  name: z.string(),
  /** References that it is the nearest of. */
  of: z.number().int(),
  bases: z.number().int(),
  /** '-' where the reference's reverse complement is aligned. */
  strand: z.enum(['+', '-']),
  score: z.number(),
  /** Rows of equal length; a gap is "-". */
  candidate: z.string(),
  reference: z.string(),
  columns: z.number().int(),
  matches: z.number().int(),
  substitutions: z.number().int(),
  /** Bases of the candidate that the reference lacks, and of the reference that the candidate lacks. */
  insertions: z.number().int(),
  deletions: z.number().int(),
  gaps: z.number().int(),
  /** What was done to a pasted text. */
  remarks: z.array(z.string()),
});

/** Of each strand in nM, of monovalent cations and free magnesium in mM. */
const meltingConditions = z.object({ oligo: z.number(), sodium: z.number(), magnesium: z.number() });

/** Positions count from 0, the end is not included; no strand where both read the same. */
export const occurrence = z.object({
  start: z.number().int(),
  end: z.number().int(),
  strand: z.enum(['+', '-']).nullable(),
});

/** How often each base stands at a position, and what that tells. */
export const logoPosition = z.object({
  /** Of A, C, G and T; together fewer than the sequences where some end before it. */
  counts: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
  /** 0 to 2, corrected for few sequences. */
  bits: z.number(),
});

export const dnaMethods = {
  /**
   * Share of G and C, of the whole and of the window from each position; none where the sequence is shorter than a
   * window.
   */
  'dna.gc': {
    params: z.object({ sequence: bases, window: z.number().int().min(2).max(1000) }),
    result: z.object({ whole: z.number(), windows: z.array(z.number()) }),
  },
  /**
   * Of a stretch of bases: share of G and C, melting temperature by nearest neighbours (null below 2 bases) and what
   * it holds at, the other strand.
   */
  'dna.stretch': {
    params: z.object({ sequence: bases }),
    result: z.object({ gc: z.number(), tm: score, conditions: meltingConditions, reverseComplement: z.string() }),
  },
  /**
   * Where a pattern of IUPAC codes, as it is typed, occurs on both strands; none for an empty one.
   * @throws bad-input naming a letter that is no code
   */
  'dna.find': {
    params: z.object({ sequence: bases, pattern: z.string().max(1000) }),
    result: z.object({ pattern: z.string(), found: z.array(occurrence) }),
  },
  /** The logo of candidates of a run by their numbers, lined up at their first or their last bases. */
  'dna.logo': {
    params: byRun.extend({
      numbers: z.array(z.number().int().min(0)).min(1).max(1000),
      from: z.enum(['start', 'end']),
    }),
    result: z.object({ count: z.number().int(), shortest: z.number().int(), positions: z.array(logoPosition) }),
  },
  /** What every shipped predictor of activity says of a candidate of DNA, whatever the goals of its design. */
  'candidate.activities': {
    params: z.object({ candidateId: id }),
    result: z.object({ activities: z.array(predictedActivity) }),
  },
  /**
   * A candidate of DNA beside a pasted reference, or the nearest of those that its design's goals
   * and limits refer to; null where they refer to none. @throws bad-input where the text is no DNA
   */
  'candidate.alignment': {
    params: z.object({ candidateId: id, reference: z.string().max(1_000_000).optional() }),
    result: z.object({ alignment: alignment.nullable() }),
  },
} as const;

export type Occurrence = z.output<typeof occurrence>;
export type LogoPosition = z.output<typeof logoPosition>;
export type DnaAlignment = z.output<typeof alignment>;
export type PredictedActivity = z.output<typeof predictedActivity>;
