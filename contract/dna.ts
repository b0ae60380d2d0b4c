/** @file Sequences of DNA: what can be computed of any, and what predictors say of a candidate. */
import { z } from 'zod';
import { nameKinds } from './catalogue.ts';
import { byRun, score } from './common.ts';

/** Bases in upper case; no candidate is longer. */
const bases = z
  .string()
  .regex(/^[ACGT]+$/, 'A, C, G and T in upper case')
  .max(100_000);

/** Of each strand in nM, of monovalent cations and free magnesium in mM. */
const meltingConditions = z.object({ oligo: z.number(), sodium: z.number(), magnesium: z.number() });

/** Positions count from 0, the end is not included; no strand where both read the same. */
const occurrence = z.object({
  start: z.number().int(),
  end: z.number().int(),
  strand: z.enum(['+', '-']).nullable(),
});

/** How often each base stands at a position, and what that tells. */
const logoPosition = z.object({
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
  /** Known enzymes or motifs whose name is like the text, the nearest first. */
  'dna.names': {
    params: z.object({
      kind: z.enum(nameKinds),
      text: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(50).default(8),
    }),
    result: z.object({ names: z.array(z.string()) }),
  },
} as const;

export type Occurrence = z.output<typeof occurrence>;
export type LogoPosition = z.output<typeof logoPosition>;
