/** @file Runs: starting, pausing, following, and their results. */
import { z } from 'zod';
import { candidate } from './candidate.ts';
import { goalSchema } from './catalogue.ts';
import { byRun, id, nothing, score, weights } from './common.ts';
import { constraintKinds, methods, parameterValue } from './design-shape.ts';

const runStates = ['running', 'paused', 'stopped', 'finished', 'failed', 'interrupted'] as const;

/** A complete goal of a run. */
export const resolvedObjective = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  unit: z.string(),
  goal: goalSchema,
  /** Keys that the design omits and that were fitted to samples of the prior. */
  fitted: z.array(z.string()).optional(),
  weight: z.number(),
  parameters: z.record(z.string(), parameterValue),
});

export const runSummary = z.object({
  id,
  designId: id,
  design: z.string(),
  state: z.enum(runStates),
  method: z.enum(methods),
  seed: z.number().int(),
  round: z.number().int(),
  rounds: z.number().int(),
  /**
   * The first round after which steering is possible, if the method allows it: the first that trains one expert per
   * goal, or the end of the offline stage of the method ric.
   */
  firstExpertRound: z.number().int(),
  scored: z.number().int(),
  valid: z.number().int(),
  unique: z.number().int(),
  best: score,
  created: z.string(),
  updated: z.string(),
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  device: z.string(),
  message: z.string().nullable(),
});

/** Mean transformed score of one objective over a set of sequences, with its spread. */
export const meanScore = z.object({ mean: score, low: score, high: score, raw: score });

/** How well a set of sequences meets one limit; null if no sequence has a value. */
const constraintMetrics = z.object({
  /** Share that meets it. */
  met: score,
  /** Mean violation between 0 and 1. */
  violation: score,
  /** Multiplier of a learned limit for the next round; null for other limits. */
  multiplier: score,
});

const expertMetrics = z.object({
  objective: z.number().int(),
  reward: z.number(),
  valid: z.number(),
  unique: z.number(),
  novel: z.number(),
  repeated: z.number(),
  klPrior: z.number(),
  loss: z.number(),
  drift: z.number(),
  secondsSampling: z.number(),
  secondsScoring: z.number(),
  secondsLearning: z.number(),
  scores: z.array(meanScore),
});

/** Figures of one round. Round 0 is the prior before any training. */
export const roundMetrics = z.object({
  round: z.number().int(),
  step: z.number().int(),
  scored: z.number().int(),
  mergeWeights: z.array(z.number()),
  /**
   * Mean distance between the weights of two experts, relative to their mean distance from the merge; null for fewer
   * than two experts, or if none differs from the merge.
   */
  expertSpread: z.number().nullable(),
  /**
   * Mean distance of the experts from the merge, relative to how far they trained; null for fewer than two experts and
   * in rounds from before it was measured.
   */
  disagreement: score.default(null),
  valid: z.number(),
  unique: z.number(),
  /**
   * 1 minus the mean pairwise similarity of the sequences that measure the round; null if there is no pair, and in
   * rounds from before it was measured.
   */
  diversity: score.default(null),
  total: score,
  objectives: z.array(meanScore),
  /** One per limit; empty in rounds from before they were measured. */
  constraints: z.array(constraintMetrics).default([]),
  experts: z.array(expertMetrics),
  scaffolds: z.number().int(),
  seconds: z.number(),
});

/** A complete limit of a run. */
const runConstraint = z.object({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  kind: z.enum(constraintKinds),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Allowed mean violation of a learned limit. */
  allowed: z.number().optional(),
});

export const runDetail = z.object({
  summary: runSummary,
  modality: z.enum(['molecule', 'dna']),
  /** Conditions on the sequences, as lines of a [generate] table; empty if there are none. */
  generate: z.record(z.string(), z.union([z.string(), z.number()])),
  objectives: z.array(resolvedObjective),
  constraints: z.array(runConstraint),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  prior: z.string(),
  /** SHA-256 of the prior's file, hexadecimal. */
  priorKey: z.string(),
  /**
   * Files of the predictors that goals and limits use, with their SHA-256; null for runs from before they were
   * recorded.
   */
  predictors: z.array(z.object({ file: z.string(), key: z.string() })).nullable(),
  /** Times at which rounds were added to the run. */
  extensions: z.array(z.object({ afterRound: z.number().int(), rounds: z.number().int(), created: z.string() })),
  rounds: z.array(roundMetrics),
  /** Default reach of its blends (see steering.sample). */
  usualReach: z.number(),
  /** One or two sentences on the course of the run. */
  advice: z.string(),
  /** What goes wrong in the run: falling validity, uniqueness or diversity; null if nothing does. */
  alarm: z.string().nullable(),
});

export const runMethods = {
  'run.start': { params: z.object({ designId: id, seed: z.number().int().min(0) }), result: runSummary },
  'run.pause': { params: byRun, result: runSummary },
  'run.resume': { params: byRun, result: runSummary },
  /** Adds rounds after the last one, whatever was planned. */
  'run.extend': { params: byRun.extend({ rounds: z.number().int().min(1).max(10_000) }), result: runSummary },
  'run.stop': { params: byRun, result: runSummary },
  'run.list': { params: nothing, result: z.array(runSummary) },
  'run.get': { params: byRun, result: runDetail },
  'run.top': {
    params: z.object({
      runId: id,
      by: z.union([z.literal('total'), z.number().int().min(0)]).default('total'),
      weights,
      limit: z.number().int().min(1).max(1000).default(24),
      offset: z.number().int().min(0).default(0),
      distinctScaffolds: z.boolean().default(false),
      starredOnly: z.boolean().default(false),
    }),
    result: z.object({ count: z.number().int(), candidates: z.array(candidate) }),
  },
} as const;

export const runTopics = {
  /** Everything that changes in one run. Each event replaces the parts that it contains. */
  run: {
    params: byRun,
    event: z.discriminatedUnion('type', [
      z.object({ type: z.literal('state'), summary: runSummary }),
      z.object({
        type: z.literal('round'),
        summary: runSummary,
        round: roundMetrics,
        advice: z.string(),
        alarm: z.string().nullable(),
      }),
      z.object({ type: z.literal('progress'), step: z.number(), steps: z.number(), message: z.string() }),
    ]),
  },
  /** The summary of each run that has changed. */
  'run.summary': { params: nothing, event: runSummary },
} as const;

export type RunSummary = z.output<typeof runSummary>;
export type RunDetail = z.output<typeof runDetail>;
export type RoundMetrics = z.output<typeof roundMetrics>;
export type MeanScore = z.output<typeof meanScore>;
export type ResolvedObjective = z.output<typeof resolvedObjective>;
export type RunConstraint = z.output<typeof runConstraint>;
export type ConstraintMetrics = z.output<typeof constraintMetrics>;
export type RunState = (typeof runStates)[number];
