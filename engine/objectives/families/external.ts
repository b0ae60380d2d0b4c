/**
 * Scores of the user's own, which a program outside the engine computes. The
 * records say what they need and what they are; a scoring worker leaves their
 * columns empty, and the host, which may start processes, fills them.
 */
import { z } from 'zod';
import type { Objective } from '../types.ts';

/** Scores sequences of either modality, by their text. */
export type ExternalObjective<Parameters extends z.ZodObject = z.ZodObject> = Objective<
  unknown,
  readonly unknown[],
  Parameters
>;

/** How a program is dealt with; the same for commands and modules. */
const supervision = {
  batch: z.number().int().min(1).max(10_000).default(64).describe('Sequences sent at a time'),
  timeout: z
    .number()
    .min(0.1)
    .max(86_400)
    .default(60)
    .describe('Seconds to wait for the scores of a batch; those of the first include the start'),
  restarts: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(3)
    .describe('How often in a run it is started again after it ended or gave no answer'),
};

/** What both records say: any number may come, so a design says which are good. */
const common = {
  modality: 'any',
  unit: '',
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [-Infinity, Infinity],
  prepare: () => ({ score: (batch: readonly unknown[]) => batch.map(() => null), dispose: () => undefined }),
} as const;

export const command: ExternalObjective = {
  ...common,
  id: 'command',
  label: 'Your own program',
  description:
    'A number from a program of yours, in any language, that reads sequences and writes scores. It runs only after you have allowed it.',
  source: 'The program named; docs/external-scorers.md has the protocol',
  parameters: z.object({
    command: z
      .string()
      .trim()
      .min(1)
      .describe('The program and its arguments, as on a command line but without a shell; quotes keep words together'),
    folder: z
      .string()
      .meta({ input: 'folder' })
      .default('')
      .describe('Folder in which it starts; left out, the folder of the design file, or yours'),
    ...supervision,
  }),
};

export const module: ExternalObjective = {
  ...common,
  id: 'module',
  label: 'Your own TypeScript or JavaScript',
  description:
    'A number from a function of yours, "score", that gets sequences and returns their scores. It runs only after you have allowed it.',
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

/** Whether an objective's scores come from outside the engine. */
export function isExternal(id: string): boolean {
  return externalObjectives.some((objective) => objective.id === id);
}
