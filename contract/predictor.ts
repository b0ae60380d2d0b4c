/** @file User predictors: reading a table, training in the background, the report, storing it. */
import { z } from 'zod';
import { nothing } from './common.ts';

/** Largest table that the window may send, in bytes. */
export const LARGEST_TABLE = 10_000_000;

const tableColumn = z.object({
  name: z.string(),
  kind: z.enum(['structure', 'dna', 'numbers', 'classes', 'text', 'empty']),
  /** Unit in the header of the column; '' for none. */
  unit: z.string(),
  /** Number of cells with content. */
  filled: z.number().int(),
  examples: z.array(z.string()),
});

/** A table as it was read. */
const tableInfo = z.object({
  name: z.string(),
  /** "semicolon-separated", "XLSX". */
  format: z.string(),
  rows: z.number().int(),
  columns: z.array(tableColumn),
  /** Its modality; null if there is neither molecules nor DNA. */
  modality: z.enum(['molecule', 'dna']).nullable(),
  /** Column of the molecules or sequences; null if none was found. */
  structure: z.string().nullable(),
  /** Column that is most likely to be predicted; null if none is. */
  column: z.string().nullable(),
  notes: z.array(z.string()),
});

/** What to learn. Omitted settings are inferred from the column. */
const taskOptions = z.object({
  column: z.string(),
  structure: z.string().optional(),
  kind: z.enum(['regression', 'classification']).optional(),
  transform: z.enum(['none', 'p', 'log10']).optional(),
  unit: z.string().optional(),
  positive: z.string().optional(),
  /** For DNA: the strand matters, as for promoters in front of a gene. */
  oneStrand: z.boolean().optional(),
});

const taskInfo = z.object({
  kind: z.enum(['regression', 'classification']),
  /** The predicted quantity and its unit; '' for none. */
  name: z.string(),
  unit: z.string(),
  transform: z.enum(['none', 'p', 'log10']),
  measuredUnit: z.string(),
  /** The direction that is usually wanted. */
  wanted: z.enum(['higher', 'lower']),
});

/** What would be learnt from a table, and what happened to its rows, in sentences. */
const tableReport = z.object({
  task: taskInfo,
  kept: z.number().int(),
  notes: z.array(z.string()),
  rows: z.array(z.string()),
});

const heldOutPoint = z.object({
  /** SMILES, or bases. */
  text: z.string(),
  /** Line, row or record in the table. */
  line: z.number().int(),
  measured: z.number(),
  predicted: z.number(),
  error: z.number().nullable(),
});

const reliabilityPoint = z.object({ expected: z.number(), observed: z.number(), count: z.number().int() });

/** One line of the table of figures; null if there is none. */
const figureRow = z.object({ name: z.string(), values: z.array(z.number().nullable()) });

/** Quality of a trained predictor on held-out scaffolds. */
const trainingReport = z.object({
  task: taskInfo,
  rows: z.array(z.string()),
  verdict: z.object({
    tier: z.enum(['good', 'soft', 'weak', 'refused']),
    text: z.string(),
    reasons: z.array(z.string()),
  }),
  figures: z.object({ columns: z.array(z.string()), rows: z.array(figureRow) }),
  /** Further sentences on the interval, the folds and the coverage. */
  remarks: z.array(z.string()),
  points: z.array(heldOutPoint),
  reliability: z.array(reliabilityPoint),
  seconds: z.number(),
});

/** The training of this host, which runs one at a time. */
const trainingState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('running'),
    table: z.string(),
    column: z.string(),
    share: z.number(),
    secondsLeft: z.number().nullable(),
  }),
  z.object({ state: z.literal('failed'), table: z.string(), column: z.string(), message: z.string() }),
  /** `kept`: the name under which it is stored; null before that. */
  z.object({
    state: z.literal('done'),
    table: z.string(),
    column: z.string(),
    report: trainingReport,
    kept: z.string().nullable(),
  }),
]);

/** A stored predictor, or why it cannot be used. */
const predictorInfo = z.object({
  name: z.string(),
  file: z.string(),
  bytes: z.number().int(),
  modality: z.enum(['molecule', 'dna']).nullable(),
  quantities: z.array(z.object({ name: z.string(), unit: z.string() })),
  headline: z.string(),
  problem: z.string().nullable(),
});

export const predictorMethods = {
  'predictor.list': { params: nothing, result: z.array(predictorInfo) },
  /** Opens a table in place of an earlier one. @param content in base64 */
  'predictor.openTable': {
    params: z.object({
      name: z.string().min(1).max(255),
      content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4),
      sheet: z.string().optional(),
    }),
    result: tableInfo,
  },
  /** Adds a FASTA file with the sequences, for an open table that has only their names. @param content in base64 */
  'predictor.addSequences': {
    params: z.object({ name: z.string().min(1).max(255), content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4) }),
    result: tableInfo,
  },
  /** What would be learnt from the open table. */
  'predictor.inspect': { params: taskOptions, result: tableReport },
  /** Trains in the background on the open table. */
  'predictor.train': {
    params: taskOptions.extend({ wanted: z.enum(['higher', 'lower']).optional() }),
    result: trainingState,
  },
  'predictor.training': { params: nothing, result: trainingState },
  'predictor.cancel': { params: nothing, result: trainingState },
  /** Stores the trained predictor under a name. `evenSo` stores it although the verdict advises against it. */
  'predictor.keep': {
    params: z.object({ name: z.string(), evenSo: z.boolean().default(false) }),
    result: trainingState,
  },
} as const;

export const predictorTopics = {
  /** The training in progress, after each change. */
  'predictor.training': { params: nothing, event: trainingState },
} as const;

export type TableInfo = z.output<typeof tableInfo>;
export type TableColumn = z.output<typeof tableColumn>;
export type TaskOptionsInfo = z.output<typeof taskOptions>;
export type TaskInfo = z.output<typeof taskInfo>;
export type TableReport = z.output<typeof tableReport>;
export type TrainingReport = z.output<typeof trainingReport>;
export type TrainingState = z.output<typeof trainingState>;
export type PredictorInfo = z.output<typeof predictorInfo>;
export type HeldOutPoint = z.output<typeof heldOutPoint>;
export type ReliabilityPoint = z.output<typeof reliabilityPoint>;
