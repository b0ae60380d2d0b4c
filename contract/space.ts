/** @file What the window needs to map candidates by similarity: one row of bits or counts per candidate. */
import { z } from 'zod';
import { byRun } from './common.ts';

/**
 * `bits`: ECFP4 of a molecule, folded to 1,024 bits; the first bit is the lowest of the first byte. `counts`: counts of
 * each 4-mer in a DNA sequence on either strand, 136 little-endian integers of 16 bits.
 */
const fingerprintKinds = ['bits', 'counts'] as const;

/** Bytes per row. */
export const fingerprintBytes = { bits: 128, counts: 272 } as const;

/** A part of the rows: those of the candidates `from`, `from + 1`, and so on. */
const fingerprintRows = z.object({
  /** Number of all candidates of the run. */
  count: z.number().int(),
  from: z.number().int(),
  kind: z.enum(fingerprintKinds),
  /** Row after row; all zeros for a candidate without a fingerprint. */
  rows: z.base64(),
});

/**
 * A molecule's Bemis–Murcko scaffold as SMILES, '' for a molecule without rings, and its generic form with only carbon
 * atoms and single bonds.
 */
const scaffoldNames = z.object({
  murcko: z.string(),
  /** null if an atom would have more than four bonds. */
  generic: z.string().nullable(),
});

/** Largest number of candidates per request. */
const stretch = { from: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(16_384).default(4096) };

export const spaceMethods = {
  /**
   * Requested part by part. The first request computes some thousands per second; later ones are answered from memory.
   */
  'space.fingerprints': {
    params: byRun.extend({
      from: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(16_384).default(2048),
    }),
    result: fingerprintRows,
  },
  /** Scaffolds of molecules by candidate number, in order; null for one that cannot be read. */
  'space.scaffolds': {
    params: byRun.extend({ numbers: z.array(z.number().int().min(0)).max(2000) }),
    result: z.object({ scaffolds: z.array(scaffoldNames.nullable()) }),
  },
  /**
   * Whether each candidate of a part has a substructure: one byte each, 1 if it has. @throws bad-input saying what is
   * wrong with the pattern
   */
  'space.matches': {
    params: byRun.extend({ smarts: z.string().min(1).max(1_000_000), ...stretch }),
    result: z.object({ count: z.number().int(), from: z.number().int(), matches: z.base64() }),
  },
  /**
   * ECFP4 similarity of each candidate of a part to a molecule; NaN for a candidate that cannot be read. @throws
   * bad-input if the reference is not a molecule
   */
  'space.similarity': {
    params: byRun.extend({ reference: z.string().min(1).max(1_000_000), ...stretch }),
    result: z.object({ count: z.number().int(), from: z.number().int(), reference: z.string(), values: z.base64() }),
  },
} as const;

export type FingerprintKind = (typeof fingerprintKinds)[number];
export type ScaffoldNames = z.output<typeof scaffoldNames>;
export type FingerprintRows = z.output<typeof fingerprintRows>;
