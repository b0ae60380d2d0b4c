/** @file Candidates: all that is known of one, and the names and pictures that help to read it. */
import { z } from 'zod';
import { nameKinds } from './catalogue.ts';
import { id, nothing, score } from './common.ts';

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

export const candidateDetail = candidate.extend({
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
export const sequenceFeature = z.object({
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

export const atomGroups = z.array(z.array(z.number().int().min(0)).max(1000)).max(1000);

/** A part of a molecule that a goal, a limit or a set of alerts finds. */
export const moleculeGroup = z.object({
  kind: z.enum(['alert', 'structure']),
  /** The set of alerts, or the goal in words. */
  of: z.string(),
  /** Of the alert, or the pattern. */
  name: z.string(),
  /** Indices of its atoms in the candidate's SMILES, of each match. */
  matches: atomGroups,
  note: z.string(),
});

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
  /** Classes of approved drugs with enough members to compare with. */
  'drugs.classes': {
    params: nothing,
    result: z.object({
      classes: z.array(z.object({ code: z.string(), name: z.string(), count: z.number().int() })),
      count: z.number().int(),
    }),
  },
  /**
   * Where a candidate's raw values stand among approved drugs, in percent, in the order of the goals; null where there
   * is nothing to compare.
   */
  'candidate.percentiles': {
    params: z.object({ candidateId: id, atc: z.string().max(5).default('') }),
    result: z.object({ percentiles: z.array(score), count: z.number().int() }),
  },
  /** Known enzymes or motifs whose name is like the text, the nearest first. */
  'dna.names': {
    params: z.object({
      kind: z.enum(nameKinds),
      text: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(50).default(8),
    }),
    result: z.object({ names: z.array(z.string()) }),
  },
  /** Known drugs whose name starts with the text, then those that hold it. */
  'molecule.names': {
    params: z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(50).default(8) }),
    result: z.object({ names: z.array(z.string()) }),
  },
  /** A molecule as other programs read it. @throws bad-input where it is none */
  'molecule.forms': {
    params: z.object({ smiles: z.string().min(1).max(10_000) }),
    result: z.object({ inchi: z.string(), inchiKey: z.string(), molfile: z.string() }),
  },
  'molecule.depict': {
    params: z.object({
      /** SMILES, which a name may follow, or names of known compounds. */
      smiles: z.array(z.string()).max(200),
      width: z.number().int().min(40).max(1200),
      height: z.number().int().min(40).max(1200),
      theme: z.enum(['light', 'dark']),
      highlight: z.string().optional(),
      /** Atoms to mark, in groups; the same in every structure. */
      marked: atomGroups.optional(),
    }),
    result: z.object({ svg: z.array(z.string().nullable()) }),
  },
} as const;

export type Candidate = z.output<typeof candidate>;
export type SequenceFeature = z.output<typeof sequenceFeature>;
export type MoleculeGroup = z.output<typeof moleculeGroup>;
export type CandidateDetail = z.output<typeof candidateDetail>;
