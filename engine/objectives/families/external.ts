/**
 * @file External scorers: scores that a user's program computes outside the engine. These records describe them. A
 * scoring worker leaves their columns empty, and the host, which may start processes, fills them in.
 */
import { z } from 'zod';
import type { Objective } from '../types.ts';

/** Scores sequences of either modality from their text. */
export type ExternalObjective<Parameters extends z.ZodObject = z.ZodObject> = Objective<
  unknown,
  readonly unknown[],
  Parameters
>;

/** How a program is run; the same for commands and modules. */
const supervision = {
  batch: z.number().int().min(1).max(10_000).default(64).describe('Sequences per batch'),
  timeout: z
    .number()
    .min(0.1)
    .max(86_400)
    .default(60)
    .describe('Seconds to wait for the scores of a batch; for the first batch this includes the start'),
  restarts: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(3)
    .describe('How many times per run the program is restarted after it ended or did not answer'),
};

/** What both records share. Any number is possible, so a design states which are good. */
const common = {
  modality: 'any',
  unit: '',
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [-Infinity, Infinity],
  prepare: () => ({ score: (batch: readonly unknown[]) => batch.map(() => null), dispose: () => undefined }),
} as const;

const command: ExternalObjective = {
  ...common,
  id: 'command',
  label: 'Your own program',
  description:
    'A number from your program, in any language, that reads sequences and writes scores. It runs only after you have allowed it.',
  source: 'The program named; docs/external-scorers.md has the protocol',
  parameters: z.object({
    command: z
      .string()
      .trim()
      .min(1)
      .describe('The program and its arguments, as on a command line but without a shell. Quotes keep words together'),
    folder: z
      .string()
      .meta({ input: 'folder' })
      .default('')
      .describe('Folder in which the program starts. By default the folder of the design file, or your home folder'),
    ...supervision,
  }),
};

const module: ExternalObjective = {
  ...common,
  id: 'module',
  label: 'Your own TypeScript or JavaScript',
  description:
    'A number from your function "score", which receives sequences and returns their scores. It runs only after you have allowed it.',
  source: 'The file named; docs/external-scorers.md has the function',
  parameters: z.object({
    file: z
      .string()
      .trim()
      .min(1)
      .describe('File (.ts, .js, .mjs) that exports the function "score"')
      .meta({ input: 'file' }),
    ...supervision,
  }),
};

export const externalObjectives: readonly ExternalObjective[] = [command, module];

/** Whether a program outside the engine computes the scores of an objective. */
export function isExternal(id: string): boolean {
  return externalObjectives.some((objective) => objective.id === id);
}
