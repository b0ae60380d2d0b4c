/** @file A file whose structures are laid out in space, which takes seconds each: how far it is, and how to stop it. */
import { z } from 'zod';
import { id, nothing } from './common.ts';

/** One at a time. */
export const exportState = z.discriminatedUnion('state', [
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
  'export.state': { params: nothing, result: exportState },
  /** Ends what is under way, whose `run.export` then fails as `cancelled`. */
  'export.cancel': { params: nothing, result: exportState },
} as const;

export const exportTopics = { export: { params: nothing, event: exportState } } as const;

export type ExportState = z.output<typeof exportState>;
