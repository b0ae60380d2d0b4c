/** @file What the window needs to lay candidates out by how alike they are: one row of bits or counts a candidate. */
import { z } from 'zod';
import { byRun } from './common.ts';

/**
 * `bits`: ECFP4 of a molecule, folded to 1,024 bits, the first bit the lowest of the
 * first byte. `counts`: how often each 4-mer occurs in a sequence of DNA on either
 * strand, 136 whole numbers of 16 bits, little-endian.
 */
const fingerprintKinds = ['bits', 'counts'] as const;

/** Bytes a row. */
export const fingerprintBytes = { bits: 128, counts: 272 } as const;

/** A stretch of rows, of the candidates `from`, `from + 1`, and so on. */
const fingerprintRows = z.object({
  /** Candidates of the run in all. */
  count: z.number().int(),
  from: z.number().int(),
  kind: z.enum(fingerprintKinds),
  /** Row after row; all zeros where a candidate has none. */
  rows: z.base64(),
});

/**
 * A molecule's Bemis-Murcko scaffold as SMILES, '' for one without rings, and its generic form: all atoms carbon, all
 * bonds single.
 */
const scaffoldNames = z.object({
  murcko: z.string(),
  /** null where an atom would have more than four bonds. */
  generic: z.string().nullable(),
});

/** Candidates looked at in one request. */
const stretch = { from: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(16_384).default(4096) };

export const spaceMethods = {
  /** Asked stretch by stretch: the first time they are computed, some thousands a second; then they are remembered. */
  'space.fingerprints': {
    params: byRun.extend({
      from: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(16_384).default(2048),
    }),
    result: fingerprintRows,
  },
  /** Scaffolds of candidates that are molecules, by their numbers, in order; null where one cannot be read. */
  'space.scaffolds': {
    params: byRun.extend({ numbers: z.array(z.number().int().min(0)).max(2000) }),
    result: z.object({ scaffolds: z.array(scaffoldNames.nullable()) }),
  },
  /**
   * Whether each candidate of a stretch has a substructure: a byte each, 1 where it has.
   * @throws bad-input saying what is wrong with the pattern
   */
  'space.matches': {
    params: byRun.extend({ smarts: z.string().min(1).max(1_000_000), ...stretch }),
    result: z.object({ count: z.number().int(), from: z.number().int(), matches: z.base64() }),
  },
  /**
   * ECFP4 similarity of each candidate of a stretch to a molecule; NaN where a candidate cannot be read.
   * @throws bad-input where the reference is no molecule
   */
  'space.similarity': {
    params: byRun.extend({ reference: z.string().min(1).max(1_000_000), ...stretch }),
    result: z.object({ count: z.number().int(), from: z.number().int(), reference: z.string(), values: z.base64() }),
  },
} as const;

export type FingerprintKind = (typeof fingerprintKinds)[number];
export type ScaffoldNames = z.output<typeof scaffoldNames>;
export type FingerprintRows = z.output<typeof fingerprintRows>;
