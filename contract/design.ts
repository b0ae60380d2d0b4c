/** @file Designs: checking, storing, listing. */
import { z } from 'zod';
import { id, nothing } from './common.ts';
import { designSchema } from './design-shape.ts';
import { runSummary } from './run.ts';

/** One problem of a design: its place, what is wrong, and the nearest valid choice. */
const problem = z.object({
  path: z.string(),
  line: z.number().int().optional(),
  message: z.string(),
  suggestion: z.string().optional(),
});

/** A finding of the preflight. With one of the kind "problem", a run could not learn anything. */
const preflightRemark = z.object({
  severity: z.enum(['problem', 'warning', 'remark']),
  path: z.string(),
  message: z.string(),
});

/** The estimated duration of a design on this machine. */
const estimate = z.object({
  minutes: z.number().min(0),
  /** The part of it that does not depend on the number of rounds. */
  minutesOnce: z.number(),
  /** Seconds per round. */
  minutesARound: z.number().min(0),
  /** Whether the estimate comes from rounds with the same goals and limits. */
  sameGoals: z.boolean(),
  /** One or two sentences on the source of the estimate and on how earlier estimates turned out. */
  basis: z.string(),
});

export const designMethods = {
  /** Notes name settings that are ignored although the design can run. */
  'design.check': {
    params: z.union([z.object({ toml: z.string() }), z.object({ design: z.unknown() })]),
    result: z.object({
      ok: z.boolean(),
      problems: z.array(problem),
      notes: z.array(problem),
      design: designSchema.optional(),
      estimate: estimate.nullable(),
    }),
  },
  /**
   * Tests goals and limits on samples of the design's generator; the worst findings come first. @throws bad-input if
   * the design cannot run at all
   */
  'design.preflight': {
    params: z.object({ design: z.unknown() }),
    result: z.object({ count: z.number().int(), remarks: z.array(preflightRemark) }),
  },
  /**
   * Scores samples of a generator with an objective. Slow on first use of a generator, or of an objective with
   * parameters.
   */
  'design.preview': {
    params: z.object({
      modality: z.enum(['molecule', 'dna']),
      prior: z.string(),
      id: z.string(),
      parameters: z.record(z.string(), z.unknown()).default({}),
    }),
    result: z.object({
      /** Number of sequences with a value, and of those without. */
      count: z.number().int(),
      missing: z.number().int(),
      histogram: z.object({ low: z.number(), high: z.number(), counts: z.array(z.number().int()) }).nullable(),
      quantiles: z
        .object({ q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() })
        .nullable(),
      /** Examples at low, middle and high values. */
      examples: z.array(z.object({ sequence: z.string(), raw: z.number() })),
      /** Goals fitted to this distribution. A kind of goal is absent if the objective's own numbers suit it better. */
      fitted: z.object({
        higher: z.object({ from: z.number(), to: z.number() }).optional(),
        lower: z.object({ from: z.number(), to: z.number() }).optional(),
        tolerance: z.number().optional(),
      }),
    }),
  },
  /**
   * Runs a short trial of a design on this machine and stores its speed for estimates. @throws conflict while a run
   * trains, or if one starts meanwhile; bad-input if the design cannot be tried
   */
  'design.measure': { params: z.object({ design: z.unknown() }), result: estimate },
  'design.create': { params: z.object({ design: designSchema }), result: z.object({ designId: id }) },
  'design.list': {
    params: nothing,
    result: z.array(
      z.object({
        id,
        name: z.string(),
        modality: z.enum(['molecule', 'dna']),
        created: z.string(),
        archived: z.boolean(),
        runs: z.array(runSummary),
      }),
    ),
  },
  'design.get': { params: z.object({ designId: id }), result: z.object({ design: designSchema, toml: z.string() }) },
  /** Archives a design, or takes it out of the archive. */
  'design.archive': { params: z.object({ designId: id, archived: z.boolean() }), result: nothing },
  /** Deletes a design with its runs. It can be restored until the workspace is closed. */
  'design.delete': { params: z.object({ designId: id }), result: nothing },
  'design.restore': { params: z.object({ designId: id }), result: nothing },
} as const;

export type Preview = z.output<(typeof designMethods)['design.preview']['result']>;
export type Estimate = z.output<typeof estimate>;
export type PreflightRemark = z.output<typeof preflightRemark>;
export type Problem = z.output<typeof problem>;
