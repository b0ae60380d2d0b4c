/**
 * @file Exports. Embedding structures in 3D takes seconds each, so its progress can be followed and it can be
 * cancelled.
 */
import { z } from 'zod';
import { id, nothing, weights } from './common.ts';

export const exportFormats = ['smi', 'csv', 'sdf', 'sdf3d', 'xlsx', 'html', 'fasta', 'genbank', 'order'] as const;

/** The embedding in progress; one at a time. */
const exportState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('running'),
    runId: id,
    done: z.number().int().min(0),
    of: z.number().int().positive(),
    secondsLeft: z.number().nullable(),
  }),
]);

export const exportMethods = {
  'export.make': {
    params: z.object({
      runId: id,
      format: z.enum(exportFormats),
      top: z.number().int().min(1).max(1_000_000),
      weights,
      starredOnly: z.boolean().default(false),
      /** Only these candidates, whether or not they meet the hard limits. */
      ids: z.array(id).max(1_000_000).optional(),
      /**
       * Adds two columns to tables for each predicted value: its standard error, and whether the candidate is in the
       * applicability domain. Both are computed for the export.
       */
      predictions: z.boolean().default(false),
      /**
       * What the best are chosen and ordered by. `lower-bound`: the lower end of the total's interval from the errors
       * of its predicted values.
       */
      by: z.enum(['total', 'lower-bound']).default('total'),
    }),
    result: z.object({
      fileName: z.string(),
      mime: z.string(),
      /** Text, or bytes in base64. */
      content: z.string(),
      encoding: z.enum(['text', 'base64']),
      count: z.number().int(),
      /** Candidates that the format cannot represent, with the reason. */
      leftOut: z.array(z.object({ id, reason: z.string() })),
    }),
  },
  'export.state': { params: nothing, result: exportState },
  /** Cancels the embedding in progress. Its `export.make` then fails with `cancelled`. */
  'export.cancel': { params: nothing, result: exportState },
} as const;

export const exportTopics = { export: { params: nothing, event: exportState } } as const;

export type ExportState = z.output<typeof exportState>;
