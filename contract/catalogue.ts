/** @file The catalogue: objectives, settings, generators and classes of drugs from which designs are made. */
import { z } from 'zod';
import { nothing } from './common.ts';
import { constraintEntry, designSchema, goalKinds, methods, parameterValue } from './design-shape.ts';

/** The shipped tables of DNA whose names can be searched. */
export const nameKinds = ['enzyme', 'motif'] as const;

/** How a form asks for one parameter. */
const parameterInfo = z.object({
  name: z.string(),
  /** An accepted shorter name. */
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
  /** It has no default and is optional. */
  optional: z.boolean().optional(),
  choices: z.array(z.string()).optional(),
  /** The table whose names are suggested while one is typed; see `dna.names`. */
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

const objectiveInfo = z.object({
  id: z.string(),
  label: z.string(),
  modality: z.enum(['molecule', 'dna', 'any']),
  /** Heading under which it is listed. */
  group: z.string(),
  unit: z.string(),
  description: z.string(),
  source: z.string(),
  /** The shipped predictor that it uses, as `model.list` names it. */
  model: z.string().optional(),
  typical: z.tuple([z.number(), z.number()]),
  defaultGoal: goalSchema,
  parameters: z.array(parameterInfo),
});

const modelInfo = z.object({
  name: z.string(),
  modality: z.enum(['molecule', 'dna']),
  parameters: z.number().int(),
  bytes: z.number().int(),
  headline: z.string(),
  /** Whether its designs set implausible molecules aside unless they say otherwise. */
  realism: z.boolean(),
  /** Limits with which a new design in the window starts. */
  limits: z.array(constraintEntry),
});

const exampleInfo = z.object({ file: z.string(), name: z.string(), summary: z.string(), design: designSchema });

const catalogue = z.object({
  objectives: z.array(objectiveInfo),
  /** Keys of the [generate] table, by modality. */
  generate: z.object({ molecule: z.array(parameterInfo), dna: z.array(parameterInfo) }),
  settings: z.array(parameterInfo),
  methods: z.array(z.object({ id: z.enum(methods), label: z.string(), description: z.string() })),
  goals: z.array(z.enum(goalKinds)),
  priors: z.array(modelInfo),
  examples: z.array(exampleInfo),
});

export const catalogueMethods = {
  'catalogue.get': { params: nothing, result: catalogue },
  /** Classes of approved drugs with enough members to compare with. */
  'catalogue.drugClasses': {
    params: nothing,
    result: z.object({
      classes: z.array(z.object({ code: z.string(), name: z.string(), count: z.number().int() })),
      count: z.number().int(),
    }),
  },
} as const;

export type Catalogue = z.output<typeof catalogue>;
export type ObjectiveInfo = z.output<typeof objectiveInfo>;
export type ParameterInfo = z.output<typeof parameterInfo>;
export type GoalInfo = z.output<typeof goalSchema>;
export type NameKind = (typeof nameKinds)[number];
