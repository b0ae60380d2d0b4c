/**
 * A design as the interface saves it and the command line runs it. Parameters of objectives, of generation and of runs
 * are open records here; only the engine declares them, and the host checks them against those declarations.
 */
import { z } from 'zod';

// contract/ may not import engine/. test/contract/engine-names.test.ts checks that these lists equal the engine's.
export const goalKinds = ['higher', 'lower', 'target', 'range', 'step', 'table'] as const;
export const methods = ['iterative', 'morlhf', 'soups', 'ric'] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** A parameter value that TOML can express. */
export const parameterValue = z.union([scalar, z.array(scalar)]);

/** Points of a goal's table, each [raw value, score]. */
const points = z.array(z.array(z.number()));

/** One goal. Further keys are parameters of the objective. */
export const objectiveEntry = z
  .object({
    id: z.string(),
    label: z.string().optional(),
    goal: z.string().optional(),
    weight: z.number().optional(),
    from: z.number().optional(),
    to: z.number().optional(),
    target: z.number().optional(),
    tolerance: z.number().optional(),
    range: z.array(z.number()).optional(),
    at_least: z.number().optional(),
    at_most: z.number().optional(),
    points: points.optional(),
  })
  .catchall(z.union([parameterValue, points]));

/** Equal to the engine's (test/contract/engine-names.test.ts). */
export const constraintKinds = ['hard', 'soft', 'learned'] as const;

/** One limit on a raw value. Further keys are parameters of the objective. */
export const constraintEntry = z
  .object({
    id: z.string(),
    enforce: z.string().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    tolerance: z.number().optional(),
    start: z.number().optional(),
    rate: z.number().optional(),
    allowed: z.number().optional(),
  })
  .catchall(parameterValue);

/** The default generator of each modality. */
const defaultPriors = { molecule: 'druglike', dna: 'enhancer' } as const;

/** The tables and keys of a design file. */
export const designTable = z.strictObject({
  name: z.string().trim().min(1, 'a name has at least one letter').max(120, 'a name has 120 characters at most'),
  modality: z.enum(['molecule', 'dna']).default('molecule'),
  prior: z.string().optional(),
  /** Conditions on every sequence, such as a length of DNA; keys depend on the modality. */
  generate: z.record(z.string(), scalar).default({}),
  run: z.record(z.string(), scalar).default({}),
  objective: z.array(objectiveEntry).min(1),
  constraint: z.array(constraintEntry).default([]),
});

/** A design that names its generator. */
export const designSchema = designTable.transform(({ prior, ...rest }) => ({
  ...rest,
  prior: prior ?? defaultPriors[rest.modality],
}));

export type ParameterValue = z.infer<typeof parameterValue>;
export type ObjectiveEntry = z.infer<typeof objectiveEntry>;
export type ConstraintEntry = z.infer<typeof constraintEntry>;
export type Design = z.infer<typeof designSchema>;
