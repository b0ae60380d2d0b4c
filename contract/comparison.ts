/** @file Runs side by side: which are comparable, their course, their results, and what they have in common. */
import { z } from 'zod';
import { id, nothing, score } from './common.ts';
import { runDetail, runSummary } from './run.ts';

/** Largest number of runs in one comparison. */
const MOST_COMPARED = 12;

const comparableRun = z.object({
  summary: runSummary,
  modality: z.enum(['molecule', 'dna']),
  /** Equal for runs with the same goals, whatever their weights. */
  goals: z.string(),
  goalLabels: z.array(z.string()),
});

/** Figures of fresh samples of a run's last merge. */
const finalMetrics = z.object({
  total: score,
  /** Lowest mean score of a goal. */
  worst: score,
  hypervolume: z.number(),
  valid: z.number(),
  unique: z.number(),
  /** Distinct scaffolds, or families of DNA, per distinct candidate. */
  scaffolds: z.number(),
  /**
   * Inverse coefficient of variation (mean over standard deviation): across the goals of each sequence, and across
   * sequences.
   */
  icvObjectives: score,
  icvSequences: score,
});

const comparedRun = z.object({ detail: runDetail, final: finalMetrics.nullable() });

/** Number of scaffolds (or DNA sequences) that exactly these runs found. */
const sharedFinds = z.object({ runIds: z.array(id), count: z.number().int() });

export const comparisonMethods = {
  /** Runs with at least one round, newest first. */
  'comparison.runs': { params: nothing, result: z.array(comparableRun) },
  'comparison.get': {
    params: z.object({ runIds: z.array(id).min(1).max(MOST_COMPARED) }),
    result: z.object({ runs: z.array(comparedRun), shared: z.array(sharedFinds) }),
  },
} as const;

export type ComparableRun = z.output<typeof comparableRun>;
export type ComparedRun = z.output<typeof comparedRun>;
export type FinalMetrics = z.output<typeof finalMetrics>;
export type SharedFinds = z.output<typeof sharedFinds>;
