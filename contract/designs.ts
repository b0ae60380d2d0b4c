/** @file Designs: checked, kept, listed. */
import { z } from 'zod';
import { id, nothing } from './common.ts';
import { designSchema } from './design.ts';
import { runSummary } from './runs.ts';

/** One thing wrong with a design: where, what, and the nearest valid choice. */
export const problem = z.object({
  path: z.string(),
  line: z.number().int().optional(),
  message: z.string(),
  suggestion: z.string().optional(),
});

/** What a run of a design would meet. A problem leaves it nothing to learn from. */
export const preflightRemark = z.object({
  severity: z.enum(['problem', 'warning', 'remark']),
  path: z.string(),
  message: z.string(),
});

/** How long a design will take here. */
export const estimate = z.object({
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

export type Estimate = z.output<typeof estimate>;
export type PreflightRemark = z.output<typeof preflightRemark>;
export type Problem = z.output<typeof problem>;
