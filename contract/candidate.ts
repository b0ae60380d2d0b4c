/** @file Candidates: everything that is known of one, with names and pictures that help to read it. */
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
  /** The molecules or sequences of which it is a child; null if the generator wrote it. */
  parents: z.array(z.string()).nullable(),
  seed: z.number().int(),
  prior: z.string(),
  logLikelihood: score,
  priorLogLikelihood: score,
  times: z.number().int(),
  note: z.string(),
});

/** A part of a DNA sequence that a goal or a limit refers to. Positions count from 0; the end is excluded. */
const sequenceFeature = z.object({
  kind: z.enum(['motif', 'site', 'rule']),
  /** Name of the factor, the enzyme or the violated rule. */
  name: z.string(),
  start: z.number().int().min(0),
  /** Larger than the length of the sequence if a site spans the ends of a circle. */
  end: z.number().int(),
  /** null if it belongs to both strands. */
  strand: z.enum(['+', '-']).nullable(),
  note: z.string(),
});

/** A part of a molecule that a goal, a limit or a set of alerts matches. */
const moleculeGroup = z.object({
  kind: z.enum(['alert', 'structure', 'implausible']),
  /** The set of alerts, or the goal in words. */
  of: z.string(),
  /** Name of the alert, or the pattern. */
  name: z.string(),
  /** Indices of the atoms in the candidate's SMILES, for each match. */
  matches: atomGroups,
  note: z.string(),
});

/** A shipped activity predictor's result for a sequence. */
const predictedActivity = z.object({
  /** Id of the objective in the catalogue. */
  objective: z.string(),
  /** In the objective's unit; null if the sequence is too short. */
  value: score,
  /** Standard error against a measurement; 9 of 10 measurements lie within 1.645 of it. */
  error: score,
  /** Whether the sequence is in the applicability domain. */
  inside: z.boolean(),
  /**
   * Largest number of bases that it reads, from the middle of a longer sequence, and the smallest number for which it
   * has a value.
   */
  reads: z.number().int(),
  fewest: z.number().int(),
});

/** A global alignment of two sequences; the first base of a gap costs most. */
const alignment = z.object({
  /** Name of the reference; '' without one. */
  name: z.string(),
  /** Number of references among which this one is nearest. */
  of: z.number().int(),
  bases: z.number().int(),
  /** '-' if the reverse complement of the reference is aligned. */
  strand: z.enum(['+', '-']),
  score: z.number(),
  /** Rows of equal length; a gap is "-". */
  candidate: z.string(),
  reference: z.string(),
  columns: z.number().int(),
  matches: z.number().int(),
  substitutions: z.number().int(),
  /** Number of bases that only the candidate has, and of bases that only the reference has. */
  insertions: z.number().int(),
  deletions: z.number().int(),
  gaps: z.number().int(),
  /** Changes that were made to a pasted text. */
  remarks: z.array(z.string()),
});

/** Tanimoto similarity of ECFP4 with counts. */
const similarity = z.number().min(0).max(1);

export const candidateMethods = {
  'candidate.get': { params: z.object({ candidateId: id }), result: candidateDetail },
  'candidate.star': { params: z.object({ candidateId: id, starred: z.boolean() }), result: nothing },
  /** Features of a DNA candidate that the goals and limits of its run refer to, by position; empty for molecules. */
  'candidate.features': {
    params: z.object({ candidateId: id }),
    result: z.object({ features: z.array(sequenceFeature) }),
  },
  /**
   * Every change of one base of a DNA candidate, scored by a predictor's objective with its defaults. `changes` has one
   * row each for A, C, G and T, with one 32-bit number per position: the change of the prediction; NaN if there is
   * none.
   */
  'candidate.mutagenesis': {
    params: z.object({ candidateId: id, objective: z.string() }),
    result: z.object({ sequence: z.string(), value: score, changes: z.base64() }),
  },
  /** Parts of a molecule that the goals and limits of its run match, and structural alerts; empty for DNA. */
  'candidate.groups': { params: z.object({ candidateId: id }), result: z.object({ groups: z.array(moleculeGroup) }) },
  /**
   * Percentiles of a candidate's raw values among approved drugs, in the order of the goals; null where there is
   * nothing to compare.
   */
  'candidate.percentiles': {
    params: z.object({ candidateId: id, atc: z.string().max(5).default('') }),
    result: z.object({ percentiles: z.array(score), count: z.number().int() }),
  },
  /** Results of all shipped activity predictors for a DNA candidate, whether or not the design has them as goals. */
  'candidate.activities': {
    params: z.object({ candidateId: id }),
    result: z.object({ activities: z.array(predictedActivity) }),
  },
  /**
   * Aligns a DNA candidate with a pasted reference, or with the nearest of those that its design's goals and limits
   * refer to; null if they refer to none. @throws bad-input if the text is not DNA
   */
  'candidate.alignment': {
    params: z.object({ candidateId: id, reference: z.string().max(1_000_000).optional() }),
    result: z.object({ alignment: alignment.nullable() }),
  },
  /**
   * The most similar approved drug, and the most similar of the molecules that the run's goals and limits refer to.
   * @throws bad-input if the candidate is DNA
   */
  'candidate.nearest': {
    params: z.object({ candidateId: id }),
    result: z.object({
      drug: z.object({ name: z.string(), smiles: z.string(), similarity }),
      /** null if the run refers to no molecule; the name if it is a drug's. */
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
