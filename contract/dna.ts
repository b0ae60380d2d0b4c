/** @file DNA sequences: what can be computed for any sequence. */
import { z } from 'zod';
import { nameKinds } from './catalogue.ts';
import { byRun, score } from './common.ts';

/** Bases in upper case, no longer than the longest candidate. */
const bases = z
  .string()
  .regex(/^[ACGT]+$/, 'A, C, G and T in upper case')
  .max(100_000);

/** Concentrations: each strand in nM, monovalent cations and free magnesium in mM. */
const meltingConditions = z.object({ oligo: z.number(), sodium: z.number(), magnesium: z.number() });

/** Positions count from 0; the end is excluded. No strand if the pattern equals its reverse complement. */
const occurrence = z.object({
  start: z.number().int(),
  end: z.number().int(),
  strand: z.enum(['+', '-']).nullable(),
});

/** Counts of each base at a position, and their information content. */
const logoPosition = z.object({
  /** Counts of A, C, G and T. Their sum is smaller than the number of sequences where some end before the position. */
  counts: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
  /** Information content from 0 to 2 bits, corrected for small samples. */
  bits: z.number(),
});

export const dnaMethods = {
  /**
   * GC content of the whole sequence, and of the window that starts at each position; no windows if the sequence is
   * shorter than one.
   */
  'dna.gc': {
    params: z.object({ sequence: bases, window: z.number().int().min(2).max(1000) }),
    result: z.object({ whole: z.number(), windows: z.array(z.number()) }),
  },
  /**
   * For a stretch of bases: GC content, melting temperature by the nearest-neighbour model (null below 2 bases) with
   * its conditions, and the reverse complement.
   */
  'dna.stretch': {
    params: z.object({ sequence: bases }),
    result: z.object({ gc: z.number(), tm: score, conditions: meltingConditions, reverseComplement: z.string() }),
  },
  /**
   * Occurrences of a pattern of IUPAC codes on both strands; none for an empty pattern. @throws bad-input naming an
   * invalid letter
   */
  'dna.find': {
    params: z.object({ sequence: bases, pattern: z.string().max(1000) }),
    result: z.object({ pattern: z.string(), found: z.array(occurrence) }),
  },
  /** The sequence logo of candidates of a run by number, aligned at their first or last bases. */
  'dna.logo': {
    params: byRun.extend({
      numbers: z.array(z.number().int().min(0)).min(1).max(1000),
      from: z.enum(['start', 'end']),
    }),
    result: z.object({ count: z.number().int(), shortest: z.number().int(), positions: z.array(logoPosition) }),
  },
  /** Known enzymes or motifs with names like the text, nearest first. */
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
