/** @file Candidates: all that is known of one, and the names and pictures that help to read it. */
import { z } from 'zod';
import { id, nothing, score } from './common.ts';
import { atomGroups } from './molecule.ts';

export const candidate = z.object({
  id,
  sequence: z.string(),
  total: score,
  raw: z.array(score),
  scores: z.array(score),
  constraints: z.array(score),
  starred: z.boolean(),
  round: z.number().int(),
});

const candidateDetail = candidate.extend({
  runId: id,
  step: z.number().int(),
  source: z.string(),
  seed: z.number().int(),
  prior: z.string(),
  logLikelihood: score,
  priorLogLikelihood: score,
  times: z.number().int(),
  note: z.string(),
});

/** A place of a DNA sequence that a goal or a limit looks at. Positions count from 0, the end is not included. */
const sequenceFeature = z.object({
  kind: z.enum(['motif', 'site', 'rule']),
  /** Of the factor, the enzyme or the broken rule. */
  name: z.string(),
  start: z.number().int().min(0),
  /** Beyond the sequence's length where a site spans the ends of a circle. */
  end: z.number().int(),
  /** null where it belongs to both. */
  strand: z.enum(['+', '-']).nullable(),
  note: z.string(),
});

/** A part of a molecule that a goal, a limit or a set of alerts finds. */
const moleculeGroup = z.object({
  kind: z.enum(['alert', 'structure']),
  /** The set of alerts, or the goal in words. */
  of: z.string(),
  /** Of the alert, or the pattern. */
  name: z.string(),
  /** Indices of its atoms in the candidate's SMILES, of each match. */
  matches: atomGroups,
  note: z.string(),
});

/** What a shipped predictor of activity says of a sequence. */
const predictedActivity = z.object({
  /** Its objective, as the catalogue names it. */
  objective: z.string(),
  /** In the objective's unit; null where the sequence is too short. */
  value: score,
  /** Standard error against a measurement; 9 of 10 lie within 1.645 of it. */
  error: score,
  /** Whether the predictor has learnt from the like. */
  inside: z.boolean(),
  /** Bases that it reads, from the middle of a longer sequence, and fewer than which it has no value for. */
  reads: z.number().int(),
  fewest: z.number().int(),
});

/** Two sequences over their whole lengths; gaps cost most at their first base. */
const alignment = z.object({
  /** The reference's; '' where it has none. */
  name: z.string(),
  /** References that it is the nearest of. */
  of: z.number().int(),
  bases: z.number().int(),
  /** '-' where the reference's reverse complement is aligned. */
  strand: z.enum(['+', '-']),
  score: z.number(),
  /** Rows of equal length; a gap is "-". */
  candidate: z.string(),
  reference: z.string(),
  columns: z.number().int(),
  matches: z.number().int(),
  substitutions: z.number().int(),
  /** Bases of the candidate that the reference lacks, and of the reference that the candidate lacks. */
  insertions: z.number().int(),
  deletions: z.number().int(),
  gaps: z.number().int(),
  /** What was done to a pasted text. */
  remarks: z.array(z.string()),
});

/** Tanimoto similarity of ECFP4, by which environments occur. */
const similarity = z.number().min(0).max(1);

export const candidateMethods = {
  'candidate.get': { params: z.object({ candidateId: id }), result: candidateDetail },
  'candidate.star': { params: z.object({ candidateId: id, starred: z.boolean() }), result: nothing },
  /** What the goals and limits of its run see in a candidate of DNA, by position; empty for molecules. */
  'candidate.features': {
    params: z.object({ candidateId: id }),
    result: z.object({ features: z.array(sequenceFeature) }),
  },
  /**
   * Every change of one base of a candidate of DNA, as a predictor's objective with its
   * defaults sees it. `changes` is a row each for A, C, G and T with a 32-bit number a
   * position: how the prediction changes; NaN where it has none.
   */
  'candidate.mutagenesis': {
    params: z.object({ candidateId: id, objective: z.string() }),
    result: z.object({ sequence: z.string(), value: score, changes: z.base64() }),
  },
  /**
   * What the goals and limits of its run find in a candidate that is a molecule, and structural alerts; empty for DNA.
   */
  'candidate.groups': { params: z.object({ candidateId: id }), result: z.object({ groups: z.array(moleculeGroup) }) },
  /**
   * Where a candidate's raw values stand among approved drugs, in percent, in the order of the goals; null where there
   * is nothing to compare.
   */
  'candidate.percentiles': {
    params: z.object({ candidateId: id, atc: z.string().max(5).default('') }),
    result: z.object({ percentiles: z.array(score), count: z.number().int() }),
  },
  /** What every shipped predictor of activity says of a candidate of DNA, whatever the goals of its design. */
  'candidate.activities': {
    params: z.object({ candidateId: id }),
    result: z.object({ activities: z.array(predictedActivity) }),
  },
  /**
   * A candidate of DNA beside a pasted reference, or the nearest of those that its design's goals
   * and limits refer to; null where they refer to none. @throws bad-input where the text is no DNA
   */
  'candidate.alignment': {
    params: z.object({ candidateId: id, reference: z.string().max(1_000_000).optional() }),
    result: z.object({ alignment: alignment.nullable() }),
  },
  /**
   * The most similar approved drug, and the most similar of the molecules that the run's goals and limits compare
   * with.
   * @throws bad-input where the candidate is DNA
   */
  'candidate.nearest': {
    params: z.object({ candidateId: id }),
    result: z.object({
      drug: z.object({ name: z.string(), smiles: z.string(), similarity }),
      /** null where the run compares with nothing; its name where it is that of a drug. */
      reference: z.object({ name: z.string().nullable(), smiles: z.string(), similarity, of: z.string() }).nullable(),
    }),
  },
} as const;

export type Candidate = z.output<typeof candidate>;
export type SequenceFeature = z.output<typeof sequenceFeature>;
export type MoleculeGroup = z.output<typeof moleculeGroup>;
export type CandidateDetail = z.output<typeof candidateDetail>;
export type DnaAlignment = z.output<typeof alignment>;
export type PredictedActivity = z.output<typeof predictedActivity>;
