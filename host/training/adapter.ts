/**
 * Entry of the process that adapts a generator to a user's sequences, with the code of
 * `amalgam pretrain --from`. It keeps the host responsive, holds one file at a time and
 * writes none.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { AdaptationPoint, SequencesInfo } from '../../contract/api.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { type Generator, writeGenerator } from '../../engine/generator/checkpoint.ts';
import { kmerSize } from '../../engine/generator/kmer-tokens.ts';
import { adaptedWeights } from '../../engine/learn/adapt.ts';
import { type Corpus, type CorpusLanguage, readCorpus } from '../../engine/learn/corpus.ts';
import {
  pretrain,
  PRETRAIN_DEFAULTS,
  type PretrainSettings,
  type PretrainState,
  validationLoss,
} from '../../engine/learn/pretrain.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';
import { usualThreads } from '../base/usual-threads.ts';
import { canonicalFor } from '../chemistry/canonical.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { problemText } from '../intake/report.ts';
import { loadModel, type Model } from '../models/generators.ts';
import { pretrainedGenerator, readingOf } from '../models/pretrained.ts';
import { processPort } from '../workers/request-process.ts';
import { answerQuestions } from '../workers/requests.ts';
import { adaptationSettings, checkMemory, shapeOf, tokensOf, usualPasses } from './adaptation.ts';
import { adaptationReportOf, cardText } from './adaptation-report.ts';
import type { AdaptationProgress, FromAdapter, ToAdapter } from './adapter-messages.ts';
import { readUserSequences, sequenceLines, type UserSequences } from './sequences.ts';

/** With fewer sequences, none can be held out for validation. */
const FEWEST = 20;
/** Sequences sampled to check an adapted generator. */
const SAMPLES = 1000;
const EXAMPLES = 3;

interface Opened {
  readonly base: Model;
  readonly language: CorpusLanguage;
  readonly corpus: Corpus;
  readonly info: SequencesInfo;
  readonly file: string;
}

let rdkit: Promise<Rdkit> | null = null;
let opened: Opened | null = null;

type Tell = (progress: AdaptationProgress) => void;

async function answer(message: ToAdapter, tell: Tell): Promise<FromAdapter> {
  if (message.type === 'open') {
    opened = await open(message.file, message.prior);
    return { type: 'opened', info: opened.info };
  }
  if (opened === null) throw new Error('No file is open.');
  return adapt(opened, tell, message.passes);
}

async function open(file: string, prior: string): Promise<Opened> {
  const base = loadModel(prior);
  const { config } = base.generator;
  const language = languageOf(base.generator);
  const read = await readUserSequences(file, config.modality, await (rdkit ??= loadRdkitFromDisk()));
  if (read.texts.length < FEWEST) throw tooFew(file, read, config.modality);
  const corpus = await readCorpus(() => each(read.texts), { context: config.context, language });
  const name = basename(base.name);
  const lines = sequenceLines(
    read,
    corpus.report,
    name,
    corpus.vocabulary.slice(config.vocabulary.length),
    config.modality,
  );
  const info = {
    name: '',
    prior: name,
    modality: config.modality,
    format: read.format,
    kept: corpus.report.kept,
    lines,
    examples: read.texts.slice(0, EXAMPLES),
    passes: usualPasses(corpus, PRETRAIN_DEFAULTS),
  };
  return { base, language, corpus, info, file };
}

function tooFew(file: string, { texts, rows, unreadable, place }: UserSequences, modality: Modality): InputError {
  const why = unreadable.length === 0 ? '' : ` Unreadable: ${problemText(unreadable, place)}.`;
  return new InputError(
    `${file} has ${texts.length} different ${modalityWords[modality].many} among ${rows}. At least ${FEWEST} are needed.${why}`,
  );
}

function languageOf({ config: { modality, vocabulary } }: Generator): CorpusLanguage {
  return modality === 'dna'
    ? { modality, k: kmerSize(vocabulary), bothStrands: false, phases: 1 }
    : { modality, leastCount: 1, base: vocabulary };
}

async function* each(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

/** Settings for a number of passes over the data. */
function settingsFor(corpus: Corpus, base: Generator, passes: number): PretrainSettings {
  const settings = adaptationSettings({ ...PRETRAIN_DEFAULTS, ...shapeOf(base) }, corpus, {});
  const update = settings.rows * settings.context;
  return { ...settings, tokens: passes * Math.max(1, Math.round(tokensOf(corpus) / update)) * update };
}

async function adapt(
  { base, language, corpus, info, file }: Opened,
  tell: Tell,
  passes = info.passes,
): Promise<FromAdapter> {
  const started = performance.now();
  const settings = settingsFor(corpus, base.generator, passes);
  const device = openDevice('cpu', { threads: usualThreads(), load: createRequire(import.meta.url) });
  const weights = adaptedWeights(base.generator, corpus.vocabulary, settings.seed);
  const curve: AdaptationPoint[] = [
    { pass: 0, train: null, validation: await validationLoss(corpus, settings, device, weights) },
  ];
  const state = await train(corpus, settings, device, weights, curve, tell);
  const generator = pretrainedGenerator(state, corpus, settings, info.modality, {
    data: [basename(file)],
    dataSha256: sha256(readFileSync(file)),
    reading: readingOf(language),
    base,
  });
  tell({ phase: 'checking', share: 0, curve });
  const memory = await checkMemory(generator, corpus, settings, device, canonicalFor(info.modality), SAMPLES);
  const report = adaptationReportOf({ info, curve, memory, seconds: (performance.now() - started) / 1000 });
  return { type: 'adapted', report, bytes: writeGenerator(generator, 'F16'), card: cardText(info, report, settings) };
}

async function train(
  corpus: Corpus,
  settings: PretrainSettings,
  device: ReturnType<typeof openDevice>,
  weights: Float32Array,
  curve: AdaptationPoint[],
  tell: Tell,
): Promise<PretrainState> {
  const pass = tokensOf(corpus);
  return pretrain(
    corpus,
    settings,
    device,
    {
      saveEvery: Infinity,
      onStep: ({ step, steps }) => tell({ phase: 'training', share: step / steps, curve }),
      onMeasure: ({ tokens, train: training, validation }) =>
        void curve.push({ pass: tokens / pass, train: training, validation }),
    },
    { weights },
  );
}

answerQuestions<ToAdapter, FromAdapter, AdaptationProgress>(processPort, () =>
  Promise.resolve((question, { progress }) => answer(question, progress)),
);
