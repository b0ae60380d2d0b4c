/**
 * @file Predictors of the user's own: a table that is looked into, a training in the background, its report, what is
 * kept.
 */
import { z } from 'zod';
import { nothing } from './common.ts';

/** Largest table that the window sends, in bytes. */
export const LARGEST_TABLE = 10_000_000;

const tableColumn = z.object({
  name: z.string(),
  kind: z.enum(['structure', 'dna', 'numbers', 'classes', 'text', 'empty']),
  /** Of its header; '' for none. */
  unit: z.string(),
  /** Cells that say something. */
  filled: z.number().int(),
  examples: z.array(z.string()),
});

/** A table as it was understood. */
const tableInfo = z.object({
  name: z.string(),
  /** "parted by semicolons", "XLSX". */
  format: z.string(),
  rows: z.number().int(),
  columns: z.array(tableColumn),
  /** What it holds; null where neither was found. */
  modality: z.enum(['molecule', 'dna']).nullable(),
  /** Column of the molecules or sequences; null where none was found. */
  structure: z.string().nullable(),
  /** Column that is most likely to be predicted; null where none is. */
  column: z.string().nullable(),
  notes: z.array(z.string()),
});

/** What to learn; what is left out is found in the column. */
const taskOptions = z.object({
  column: z.string(),
  structure: z.string().optional(),
  kind: z.enum(['regression', 'classification']).optional(),
  transform: z.enum(['none', 'p', 'log10']).optional(),
  unit: z.string().optional(),
  positive: z.string().optional(),
  /** Of DNA: the strand matters, as for promoters in front of a gene. */
  oneStrand: z.boolean().optional(),
});

const taskInfo = z.object({
  kind: z.enum(['regression', 'classification']),
  /** The predicted quantity, and its unit; '' for none. */
  name: z.string(),
  unit: z.string(),
  transform: z.enum(['none', 'p', 'log10']),
  measuredUnit: z.string(),
  /** Which values are usually wanted. */
  wanted: z.enum(['higher', 'lower']),
});

/** What would be learnt of a table, and what became of each row, in sentences. */
const tableReport = z.object({
  task: taskInfo,
  kept: z.number().int(),
  notes: z.array(z.string()),
  rows: z.array(z.string()),
});

const heldOutPoint = z.object({
  /** SMILES, or bases. */
  text: z.string(),
  /** Line, row or record of the table. */
  line: z.number().int(),
  measured: z.number(),
  predicted: z.number(),
  error: z.number().nullable(),
});

const reliabilityPoint = z.object({ expected: z.number(), observed: z.number(), count: z.number().int() });

/** One line of the table of figures; null where there is none. */
const figureRow = z.object({ name: z.string(), values: z.array(z.number().nullable()) });

/** How well a trained predictor does on scaffolds that it has not seen. */
const trainingReport = z.object({
  task: taskInfo,
  rows: z.array(z.string()),
  verdict: z.object({
    tier: z.enum(['good', 'soft', 'weak', 'refused']),
    text: z.string(),
    reasons: z.array(z.string()),
  }),
  figures: z.object({ columns: z.array(z.string()), rows: z.array(figureRow) }),
  /** Further sentences: interval, folds, coverage. */
  remarks: z.array(z.string()),
  points: z.array(heldOutPoint),
  reliability: z.array(reliabilityPoint),
  seconds: z.number(),
});

/** The training of this host, of which there is one at a time. */
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
  /** `kept`: the name under which it is kept; null before that. */
  z.object({
    state: z.literal('done'),
    table: z.string(),
    column: z.string(),
    report: trainingReport,
    kept: z.string().nullable(),
  }),
]);

/** A predictor that is kept, or why it cannot be used. */
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
  /** Takes a table, in place of an earlier one. @param content in base 64 */
  'predictor.openTable': {
    params: z.object({
      name: z.string().min(1).max(255),
      content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4),
      sheet: z.string().optional(),
    }),
    result: tableInfo,
  },
  /** FASTA with the sequences that the open table has only the names of. @param content in base 64 */
  'predictor.addSequences': {
    params: z.object({ name: z.string().min(1).max(255), content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4) }),
    result: tableInfo,
  },
  /** What would be learnt of the open table. */
  'predictor.inspect': { params: taskOptions, result: tableReport },
  /** Trains in the background on the open table. */
  'predictor.train': {
    params: taskOptions.extend({ wanted: z.enum(['higher', 'lower']).optional() }),
    result: trainingState,
  },
  'predictor.training': { params: nothing, result: trainingState },
  'predictor.cancel': { params: nothing, result: trainingState },
  /** Keeps what was trained under a name; `evenSo` where the verdict refuses it. */
  'predictor.keep': {
    params: z.object({ name: z.string(), evenSo: z.boolean().default(false) }),
    result: trainingState,
  },
} as const;

export const predictorTopics = {
  /** The training under way, whenever it changes. */
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
