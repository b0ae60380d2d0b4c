/**
 * @file A predictor of measured DNA for a user's table. It is cross-validated by family, so that figures are for
 * sequences without relatives in the training data. The folds' networks together are the predictor, combined with a
 * linear model of short words.
 */
import type { Weights } from '../../generator/parameters.ts';
import { fitApplicabilityDomain } from '../../predictor/sequence/applicability.ts';
import type { SequenceNetwork } from '../../predictor/sequence/network.ts';
import type { Blend, Predictor } from '../../predictor/sequence/predictor.ts';
import type { WordModel } from '../../predictor/sequence/words.ts';
import type { Device } from '../../tensor/device.ts';
import { compare } from '../predictor-report.ts';
import { type PredictorSettings, type Scale, type TrainingSet, trainPredictor } from '../predictor-training.ts';
import { WordRegression } from '../word-model.ts';
import { type CrossValidation, figuresOf, judgeParts, type Parts, type ValidationFigures } from './cross-validation.ts';
import type { RegressionFigures } from './figures.ts';
import { scaffoldFolds } from './folds.ts';
import type { MeasuredSequence } from './sequences.ts';
import type { Task } from './task.ts';
import { regressionVerdict, sequenceWords, type Verdict } from './verdict.ts';

const FOLDS = 5;
const WIDTHS = [32, 48, 64];
const KERNELS = [11, 5, 5];
/** Pool sizes for sequences that are long enough, and for shorter ones. */
const POOLS = { long: [4, 2, 2], short: [2, 2, 1] } as const;
const LONG = 64;
const LARGEST_BATCH = 32;
/** Small data need more passes for as many updates. */
const EPOCHS = { least: 10, most: 40, of: 20_000 } as const;

export interface UserDnaTraining {
  readonly predictor: Predictor;
  readonly validation: CrossValidation;
  readonly figures: { readonly kind: 'regression' } & ValidationFigures<RegressionFigures>;
  readonly verdict: Verdict;
}

export interface UserDnaOptions {
  readonly task: Task;
  readonly wanted: 'higher' | 'lower';
  readonly bothStrands: boolean;
  readonly seed: number;
  /** Passes over the data; by default chosen by the number of sequences. */
  readonly epochs?: number;
  /** History of the data and of the training. */
  readonly history: Readonly<Record<string, unknown>>;
}

/** Network and training settings for sequences of these lengths. */
export function dnaSettings(
  sequences: readonly MeasuredSequence[],
  { bothStrands, seed, epochs = epochsFor(sequences.length) }: Pick<UserDnaOptions, 'bothStrands' | 'seed' | 'epochs'>,
): PredictorSettings {
  const length = Math.max(...sequences.map(({ text }) => text.length));
  const pools = length >= LONG ? POOLS.long : POOLS.short;
  const network: SequenceNetwork = {
    length,
    blocks: WIDTHS.map((width, i) => ({ width, kernel: KERNELS[i], pool: pools[i] })),
    hidden: 64,
    outputs: 1,
  };
  // A fold learns from three fifths of the data, which must give several batches.
  const batch = Math.max(4, Math.min(LARGEST_BATCH, Math.floor(sequences.length / 8)));
  return { network, members: 1, epochs, batch, learningRate: 5e-3, weightDecay: 0.02, dropout: 0.1, bothStrands, seed };
}

const epochsFor = (count: number): number =>
  Math.round(Math.min(EPOCHS.most, Math.max(EPOCHS.least, EPOCHS.of / count)));

interface TrainedFold {
  readonly weights: Weights;
  readonly model: WordModel;
  /** Predictions of network and words, standardised, for the held-out sequences in order. */
  readonly network: readonly number[];
  readonly words: readonly number[];
}

/** @param onProgress receives the completed share */
export async function trainUserDna(
  sequences: readonly MeasuredSequence[],
  options: UserDnaOptions,
  device: Device,
  onProgress: (share: number) => void,
): Promise<UserDnaTraining> {
  const settings = dnaSettings(sequences, options);
  const groups = new Set(sequences.map(({ family }) => family)).size;
  const folds = Math.min(FOLDS, groups);
  const place = scaffoldFolds(
    sequences.map(({ family }) => family),
    folds,
  );
  const data = {
    sequences: sequences.map(({ text }) => text),
    values: sequences.map(({ value }) => Float64Array.of(value)),
  };
  const scale = scaleOf(sequences);
  const trained: TrainedFold[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const set = { data, folds: foldsOf(place, fold, folds), scales: [scale] };
    trained.push(
      await trainFold(set, { ...settings, seed: settings.seed + fold }, device, (share) =>
        onProgress((fold + share) / folds),
      ),
    );
  }
  return assemble(sequences, { place, folds, groups, scale, trained, data }, settings, options);
}

/** One fold is held out; the next one selects the pass; the others are learnt from. */
function foldsOf(place: Int32Array, fold: number, folds: number): TrainingSet['folds'] {
  const of = (test: (at: number) => boolean) => [...place.keys()].filter((i) => test(place[i]));
  const chooser = (fold + 1) % folds;
  return {
    test: of((at) => at === fold),
    validation: of((at) => at === chooser),
    training: of((at) => at !== fold && (at !== chooser || folds < 3)),
  };
}

function scaleOf(sequences: readonly MeasuredSequence[]): Scale {
  const mean = sequences.reduce((sum, { value }) => sum + value, 0) / sequences.length;
  return {
    mean,
    deviation: Math.sqrt(sequences.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / sequences.length),
  };
}

const NETWORK_ALONE: Blend = { network: 1, words: 0, offset: 0 };
const WORDS_ALONE: Blend = { network: 0, words: 1, offset: 0 };

async function trainFold(
  set: TrainingSet,
  settings: PredictorSettings,
  device: Device,
  onProgress: (share: number) => void,
): Promise<TrainedFold> {
  const { epochs } = settings;
  const state = await trainPredictor(set, settings, device, {
    onBatch: ({ epoch, batch, batches }) => onProgress((epoch + batch / batches) / epochs),
  });
  const {
    finished: [weights],
  } = state;
  const predictor = barePredictor(set, settings, [weights], new WordRegression(set, settings.bothStrands).fit().model);
  const said = async (blend: Blend) =>
    (
      await compare(
        { ...predictor, tasks: predictor.tasks.map((task) => ({ ...task, blend })) },
        set,
        set.folds.test,
        device,
      )
    )[0].map(({ predicted }) => predicted);
  return { weights, model: predictor.words, network: await said(NETWORK_ALONE), words: await said(WORDS_ALONE) };
}

/** Everything except blend, residual, applicability domain and history. */
function barePredictor(
  { data, scales: [scale] }: Pick<TrainingSet, 'data' | 'scales'>,
  { network, bothStrands }: PredictorSettings,
  members: readonly Weights[],
  words: WordModel,
): Predictor {
  const shortest = data.sequences.reduce((least, { length }) => Math.min(least, length), network.length);
  return {
    network,
    tasks: [{ name: 'value', ...scale, blend: NETWORK_ALONE, residual: 0 }],
    bothStrands,
    members,
    words,
    shortest,
    applicability: { k: 1, shares: new Float32Array(4), limit: 0 },
    history: {},
  };
}

interface Folded {
  readonly place: Int32Array;
  readonly folds: number;
  readonly groups: number;
  readonly scale: Scale;
  readonly trained: readonly TrainedFold[];
  readonly data: TrainingSet['data'];
}

function assemble(
  sequences: readonly MeasuredSequence[],
  folded: Folded,
  settings: PredictorSettings,
  { task, wanted, bothStrands, history }: UserDnaOptions,
): UserDnaTraining {
  const { data, scale, trained, folds, groups } = folded;
  const validation = judgeParts(partsOf(sequences, folded), folds, groups);
  const figures = { kind: 'regression' as const, ...figuresOf('regression', validation) };
  const verdict = regressionVerdict(figures, validation, sequenceWords);
  const bare = barePredictor(
    { data, scales: [scale] },
    settings,
    trained.map(({ weights }) => weights),
    meanWords(trained.map(({ model }) => model)),
  );
  const blend = { network: validation.share, words: 1 - validation.share, offset: 0 };
  const report = { share: validation.share, folds, families: groups, figures, verdict };
  return {
    predictor: {
      ...bare,
      tasks: [{ name: task.name, ...scale, blend, residual: validation.residual, unit: task.unit, wanted }],
      applicability: fitApplicabilityDomain(data.sequences, data.sequences, bothStrands),
      history: { ...history, task, settings, report },
    },
    validation,
    figures,
    verdict,
  };
}

/** Averages the folds' linear models. */
function meanWords(models: readonly WordModel[]): WordModel {
  const weights = new Float32Array(models[0].weights[0].length);
  for (const {
    weights: [own],
  } of models)
    for (let i = 0; i < weights.length; i++) weights[i] += own[i] / models.length;
  return { weights: [weights], biases: [models.reduce((sum, { biases: [bias] }) => sum + bias, 0) / models.length] };
}

function partsOf(sequences: readonly MeasuredSequence[], { place, folds, trained }: Folded): Parts[] {
  return Array.from({ length: folds }, (_, fold) => {
    const { test } = foldsOf(place, fold, folds);
    const others = sequences.filter((_one, i) => place[i] !== fold);
    const mean = others.reduce((sum, { value }) => sum + value, 0) / others.length;
    return test.map((i, row): Parts => ({
      text: sequences[i].text,
      lines: sequences[i].lines,
      group: sequences[i].family,
      fold,
      measured: sequences[i].value,
      network: trained[fold].network[row],
      linear: trained[fold].words[row],
      mean,
    }));
  }).flat();
}
