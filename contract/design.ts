/** @file Designs: checked, kept, listed. */
import { z } from 'zod';
import { id, nothing } from './common.ts';
import { designSchema } from './design-shape.ts';
import { runSummary } from './run.ts';

/** One thing wrong with a design: where, what, and the nearest valid choice. */
const problem = z.object({
  path: z.string(),
  line: z.number().int().optional(),
  message: z.string(),
  suggestion: z.string().optional(),
});

/** What a run of a design would meet. A problem leaves it nothing to learn from. */
const preflightRemark = z.object({
  severity: z.enum(['problem', 'warning', 'remark']),
  path: z.string(),
  message: z.string(),
});

/** How long a design will take here. */
const estimate = z.object({
  minutes: z.number().min(0),
  /** Of them, what a run takes once, however many rounds it has. */
  minutesOnce: z.number(),
  /** What each round takes. */
  minutesARound: z.number().min(0),
  /** Whether it comes from rounds with the same goals and limits. */
  sameGoals: z.boolean(),
  /** A sentence or two: where it comes from, and how earlier estimates turned out. */
  basis: z.string(),
});

export const designMethods = {
  /** Notes say what was left out of what was given although the design can run. */
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
   * Tries goals and limits on what the generator writes for the design; worst first.
   * @throws bad-input where the design cannot run at all
   */
  'design.preflight': {
    params: z.object({ design: z.unknown() }),
    result: z.object({ count: z.number().int(), remarks: z.array(preflightRemark) }),
  },
  /**
   * How what a generator writes by itself scores on an objective. Slow at the first time for a generator or an
   * objective with parameters.
   */
  'design.preview': {
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
  /**
   * A short trial of a design on this machine, kept for estimates.
   * @throws conflict while a run trains or where one starts meanwhile; bad-input where the design cannot be tried
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
  /** Puts a design aside, or takes it back into use. */
  'design.archive': { params: z.object({ designId: id, archived: z.boolean() }), result: nothing },
  /** With its runs; it can be restored until the workspace is closed. */
  'design.delete': { params: z.object({ designId: id }), result: nothing },
  'design.restore': { params: z.object({ designId: id }), result: nothing },
} as const;

export type Preview = z.output<(typeof designMethods)['design.preview']['result']>;
export type Estimate = z.output<typeof estimate>;
export type PreflightRemark = z.output<typeof preflightRemark>;
export type Problem = z.output<typeof problem>;
