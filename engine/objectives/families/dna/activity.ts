/**
 * @file Measured activity of DNA, predicted by trained networks: human regulatory elements in three cell lines, and
 * yeast promoters.
 */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import { CheckpointError } from '../../../generator/safetensors.ts';
import { isInDomain } from '../../../predictor/sequence/applicability.ts';
import { readPredictor } from '../../../predictor/sequence/checkpoint.ts';
import type { Prediction } from '../../../predictor/sequence/ensemble.ts';
import type { Predictor } from '../../../predictor/sequence/predictor.ts';
import { defineDnaObjective, type DnaBatch, type DnaContext, type DnaObjective, scoreEachSequence } from '../../dna.ts';
import { onceFor } from '../../shared.ts';
import type { Scorer } from '../../types.ts';
import { SharedPredictor } from './shared-predictor.ts';

const shippedPredictor = (name: string) =>
  onceFor((context: DnaContext) => new SharedPredictor(readShipped(name, context), context.device));

/** Predictors by folder and file under models/. @throws Error if the shipped file is damaged */
const predictors = { lentimpra: shippedPredictor('lentimpra'), 'yeast-promoter': shippedPredictor('yeast-promoter') };

function readShipped(name: string, { resource }: DnaContext): Predictor {
  const file = `${name}/${name}.safetensors`;
  try {
    return readPredictor(resource(file));
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new Error(`The predictor models/${file} cannot be used: ${error.message} Install Amalgam again.`);
    throw error;
  }
}

/** A scorer of predictions. The predictor is shared and lives as long as the worker. */
function predictedScorer(
  shipped: SharedPredictor,
  outside: Outside,
  value: (predictions: readonly Prediction[]) => number,
): Scorer<DnaBatch> {
  const score = async (batch: DnaBatch) =>
    (await shipped.of(batch)).map((known) =>
      known === null || (outside === 'missing' && !known.isInDomain) ? null : value(known.predictions),
    );
  return { score, dispose: () => undefined };
}

/** Whether a sequence is in the predictor's applicability domain. */
const applicabilityOf =
  (name: keyof typeof predictors) =>
  (_: unknown, context: DnaContext): Scorer<DnaBatch> => {
    const { predictor } = predictors[name](context);
    return scoreEachSequence((sequence) => Number(isInDomain(sequence, predictor)));
  };

const outside = z
  .enum(['score', 'missing'])
  .default('score')
  .describe(
    'What to do outside the applicability domain, judged by the sequence’s short words: use the score all the same, or leave it empty',
  );
type Outside = z.infer<typeof outside>;

const parameters = z.object({
  caution: z
    .number()
    .min(-3)
    .max(3)
    .default(0)
    .describe(
      'Standard errors to subtract from the prediction, so that uncertain predictions count for less. Negative numbers add them',
    ),
  outside,
});

/** The data of one objective. */
export interface Activity {
  readonly id: string;
  readonly label: string;
  /** Whose activity, in plain words. */
  readonly plain: string;
  /** The predictor and its task. */
  readonly model: keyof typeof predictors;
  readonly task: string;
  /** Pearson's correlation with unseen measurements. The model card has more figures. */
  readonly correlation: number;
  readonly unit: string;
  readonly source: string;
  readonly typical: readonly [number, number];
  readonly goal: readonly [number, number];
  /** Bases that the predictor reads, and the fewest that it accepts. */
  readonly bases: number;
  readonly fewest: number;
}

const LENTIMPRA =
  'Predictor of models/lentimpra, trained by amalgam train-predictor on lentiMPRA measurements: Agarwal et al., Nature 2025, 10.1038/s41586-024-08430-9';
const YEAST =
  'Predictor of models/yeast-promoter, trained by amalgam train-predictor on measurements of Vaishnav et al., Nature 2022, 603, 455';
const HUMAN = { model: 'lentimpra', unit: 'log2 RNA/DNA', source: LENTIMPRA, bases: 200, fewest: 200 } as const;

/** The predicted quantities. The figures are those of the shipped files. */
export const activities: readonly Activity[] = [
  {
    ...HUMAN,
    id: 'dna-hepg2',
    label: 'Activity in HepG2 (liver)',
    plain: 'a human enhancer or promoter of 200 bases in HepG2 liver cells',
    task: 'HepG2',
    correlation: 0.65,
    typical: [-1.5, 2],
    goal: [-0.3, 1.2],
  },
  {
    ...HUMAN,
    id: 'dna-k562',
    label: 'Activity in K562 (blood)',
    plain: 'a human enhancer or promoter of 200 bases in K562 blood cells',
    task: 'K562',
    correlation: 0.59,
    typical: [-2, 2],
    goal: [-0.6, 1],
  },
  {
    ...HUMAN,
    id: 'dna-wtc11',
    label: 'Activity in WTC11 (stem cells)',
    plain: 'a human enhancer or promoter of 200 bases in WTC11 stem cells',
    task: 'WTC11',
    correlation: 0.67,
    typical: [-2, 2],
    goal: [-0.6, 1],
  },
  {
    id: 'dna-yeast-ypd',
    label: 'Activity in yeast',
    plain: 'a yeast promoter of 80 bases in rich medium (YPD)',
    model: 'yeast-promoter',
    task: 'expr_ypd',
    correlation: 0.93,
    unit: 'log expression',
    source: YEAST,
    bases: 80,
    fewest: 65,
    typical: [2, 16],
    goal: [8, 13],
  },
];

function activity({
  id,
  label,
  plain,
  model,
  task,
  correlation,
  unit,
  source,
  typical,
  goal: [from, to],
  bases,
  fewest,
}: Activity): DnaObjective<typeof parameters> {
  return defineDnaObjective({
    id,
    label,
    modality: 'dna',
    unit,
    description: `Predicted activity of ${plain}. Correlation with unseen measurements: ${correlation.toFixed(2)}. Only the middle ${bases} bases of a longer sequence are read. Sequences shorter than ${fewest} have no score.`,
    source,
    model,
    parameters,
    defaultGoal: { kind: 'higher', from, to },
    typical,
    possible: [-Infinity, Infinity],
    prepare({ caution, outside: elsewhere }, context) {
      const shipped = predictors[model](context);
      const index = taskIndex(shipped.predictor, task);
      return predictedScorer(
        shipped,
        elsewhere,
        (predictions) => predictions[index].value - caution * predictions[index].error,
      );
    },
    applicability: applicabilityOf(model),
    standardError(_, context) {
      const shipped = predictors[model](context);
      const index = taskIndex(shipped.predictor, task);
      return predictedScorer(shipped, 'score', (predictions) => predictions[index].error);
    },
  });
}

/** @throws Error if the predictor does not have the task */
function taskIndex({ tasks }: Predictor, name: string): number {
  const index = tasks.findIndex((task) => task.name === name);
  if (index < 0)
    throw new Error(
      `The predictor does not predict "${name}"; it predicts ${tasks.map((task) => task.name).join(', ')}`,
    );
  return index;
}

const CELLS = { hepg2: 'HepG2', k562: 'K562', wtc11: 'WTC11' } as const;
const cell = z.enum(['hepg2', 'k562', 'wtc11']);

const dnaSpecificity = defineDnaObjective({
  id: 'dna-specificity',
  label: 'Specificity for one cell type',
  modality: 'dna',
  unit: 'log2 RNA/DNA',
  description:
    'Predicted activity in one cell type minus that in others: 1 means twice as active. Only the middle 200 bases of a longer sequence are read. Sequences shorter than 200 have no score.',
  source: LENTIMPRA,
  model: HUMAN.model,
  parameters: z.object({
    on: cell.default('hepg2').describe('Cell type in which the sequence should be active'),
    off: z
      .array(cell)
      .min(1, 'name at least one cell type')
      .default(['k562', 'wtc11'])
      .describe('Cell types in which the sequence should be inactive'),
    against: z
      .enum(['highest', 'mean'])
      .default('highest')
      .describe('Whether to compare with the highest activity in the other cell types or with their mean'),
    outside,
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1.5 },
  typical: [-2, 2],
  possible: [-Infinity, Infinity],
  prepare({ on, off, against, outside: elsewhere }, context) {
    if (off.includes(on)) throw new ParameterError('off', `"${on}" cannot be on and off at once`);
    const shipped = predictors.lentimpra(context);
    const target = taskIndex(shipped.predictor, CELLS[on]);
    const others = [...new Set(off)].map((one) => taskIndex(shipped.predictor, CELLS[one]));
    return predictedScorer(shipped, elsewhere, (predictions) => {
      const values = others.map((task) => predictions[task].value);
      const compared =
        against === 'highest' ? Math.max(...values) : values.reduce((sum, one) => sum + one, 0) / values.length;
      return predictions[target].value - compared;
    });
  },
  applicability: applicabilityOf('lentimpra'),
});

export const activityObjectives = [...activities.map(activity), dnaSpecificity];
