/** @file The program itself: what it can score, write and compute on. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { designSchema, goalKinds, methods, parameterValue } from './design.ts';

/** Names in the shipped tables of DNA. */
export const nameKinds = ['enzyme', 'motif'] as const;

/** How one parameter is asked for in a form. */
export const parameterInfo = z.object({
  name: z.string(),
  /** A shorter name that is understood as well. */
  alias: z.string().optional(),
  type: z.enum([
    'text',
    'list',
    'structure',
    'structures',
    'pattern',
    'sequences',
    'motifs',
    'file',
    'folder',
    'predictor',
    'number',
    'integer',
    'boolean',
    'choice',
    'choices',
  ]),
  help: z.string(),
  default: parameterValue.nullable(),
  /** There is no default, and it need not be given. */
  optional: z.boolean().optional(),
  choices: z.array(z.string()).optional(),
  /** Of which names some are offered while one is typed: `dna.names`. */
  suggest: z.enum(nameKinds).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

export const goalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('higher'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('lower'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('target'), value: z.number(), tolerance: z.number() }),
  z.object({ kind: z.literal('range'), low: z.number(), high: z.number(), tolerance: z.number() }),
  z.object({
    kind: z.literal('step'),
    side: z.enum(['at_least', 'at_most']),
    threshold: z.number(),
    tolerance: z.number(),
  }),
  z.object({ kind: z.literal('table'), points: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly() }),
]);

export const objectiveInfo = z.object({
  id: z.string(),
  label: z.string(),
  modality: z.enum(['molecule', 'dna', 'any']),
  /** Heading under which it is listed. */
  group: z.string(),
  unit: z.string(),
  description: z.string(),
  source: z.string(),
  /** The shipped predictor that it asks, as `model.list` names it. */
  model: z.string().optional(),
  typical: z.tuple([z.number(), z.number()]),
  defaultGoal: goalSchema,
  parameters: z.array(parameterInfo),
});

export const modelInfo = z.object({
  name: z.string(),
  modality: z.enum(['molecule', 'dna']),
  parameters: z.number().int(),
  bytes: z.number().int(),
  headline: z.string(),
});

export const exampleInfo = z.object({ file: z.string(), name: z.string(), summary: z.string(), design: designSchema });

export const catalogue = z.object({
  objectives: z.array(objectiveInfo),
  /** Keys of the [generate] table by modality. */
  generate: z.object({ molecule: z.array(parameterInfo), dna: z.array(parameterInfo) }),
  settings: z.array(parameterInfo),
  methods: z.array(z.object({ id: z.enum(methods), label: z.string(), description: z.string() })),
  goals: z.array(z.enum(goalKinds)),
  priors: z.array(modelInfo),
  examples: z.array(exampleInfo),
});

export const deviceInfo = z.object({
  id: z.string(),
  label: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  reason: z.string().nullable(),
  selfTest: z.string().nullable(),
  trainingStepMs: z.number().nullable(),
});

/** Which device was asked for ("auto": the fastest), and whether the command line fixed it. */
export const deviceChoice = z.object({ device: z.string(), fixed: z.boolean() });

/** A copy of the workspace. */
export const backupInfo = z.object({ file: z.string(), bytes: z.number().int(), made: z.string() });

export const catalogueMethods = {
  'app.info': {
    params: nothing,
    result: z.object({
      version: z.string(),
      workspace: z.string(),
      workspaceBytes: z.number(),
      device: z.string(),
      deviceChoice,
    }),
  },
  'app.devices': { params: nothing, result: z.array(deviceInfo) },
  /** Tries every device anew: a driver or a library may have come since. */
  'app.testDevices': { params: nothing, result: z.array(deviceInfo) },
  /** For runs that start from now on. Only a device that passed its self-test, or "auto". */
  'app.chooseDevice': { params: z.object({ device: z.string() }), result: z.array(deviceInfo) },
  /** Copies the workspace as it is at this moment into the folder "backups" beside it. */
  'app.backUp': { params: nothing, result: backupInfo },
  /** Backups beside the workspace, newest first. */
  'app.backups': { params: nothing, result: z.array(backupInfo) },
  'app.catalogue': { params: nothing, result: catalogue },
  /**
   * How what a generator writes by itself scores on an objective. Slow at the first time for a generator or an
   * objective with parameters.
   */
  'objective.preview': {
    params: z.object({
      modality: z.enum(['molecule', 'dna']),
      prior: z.string(),
      id: z.string(),
      parameters: z.record(z.string(), z.unknown()).default({}),
    }),
    result: z.object({
      /** Sequences with a value, and those where it is missing. */
      count: z.number().int(),
      missing: z.number().int(),
      histogram: z.object({ low: z.number(), high: z.number(), counts: z.array(z.number().int()) }).nullable(),
      quantiles: z
        .object({ q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() })
        .nullable(),
      /** At low, middle and high values. */
      examples: z.array(z.object({ sequence: z.string(), raw: z.number() })),
      /** Numbers of goals that fit this distribution; a kind is left out where the objective's own serve better. */
      fitted: z.object({
        higher: z.object({ from: z.number(), to: z.number() }).optional(),
        lower: z.object({ from: z.number(), to: z.number() }).optional(),
        tolerance: z.number().optional(),
      }),
    }),
  },
} as const;

export type Catalogue = z.output<typeof catalogue>;
export type ObjectiveInfo = z.output<typeof objectiveInfo>;
export type ParameterInfo = z.output<typeof parameterInfo>;
export type BackupInfo = z.output<typeof backupInfo>;
export type DeviceInfo = z.output<typeof deviceInfo>;
export type GoalInfo = z.output<typeof goalSchema>;
export type NameKind = (typeof nameKinds)[number];
