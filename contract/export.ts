/** @file A file whose structures are laid out in space, which takes seconds each: how far it is, and how to stop it. */
import { z } from 'zod';
import { id, nothing, weights } from './common.ts';

export const exportFormats = ['smi', 'csv', 'sdf', 'sdf3d', 'xlsx', 'html', 'fasta', 'genbank', 'order'] as const;

/** One at a time. */
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
      /** Only these candidates, whether or not they keep the hard limits. */
      ids: z.array(id).max(1_000_000).optional(),
      /**
       * Tables get the error of each predicted value and whether it is in the applicability domain value as well; both
       * are computed for it.
       */
      predictions: z.boolean().default(false),
    }),
    result: z.object({
      fileName: z.string(),
      mime: z.string(),
      /** Text, or bytes in base64. */
      content: z.string(),
      encoding: z.enum(['text', 'base64']),
      count: z.number().int(),
      /** Candidates that the format could not hold, with the reason. */
      leftOut: z.array(z.object({ id, reason: z.string() })),
    }),
  },
  'export.state': { params: nothing, result: exportState },
  /** Ends what is under way, whose `export.make` then fails as `cancelled`. */
  'export.cancel': { params: nothing, result: exportState },
} as const;

export const exportTopics = { export: { params: nothing, event: exportState } } as const;

export type ExportState = z.output<typeof exportState>;
