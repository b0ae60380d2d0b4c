/**
 * amalgam pretrain: trains a generator on text, one molecule or DNA sequence per line, from scratch or from another
 * generator. After an interruption, --resume continues the training.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { modalityWords } from '../../engine/base/modality.ts';
import { writeGenerator } from '../../engine/generator/checkpoint.ts';
import { kmerSize, LARGEST_K } from '../../engine/generator/kmer-tokens.ts';
import { CheckpointError, readSafetensors } from '../../engine/generator/safetensors.ts';
import { adaptedWeights } from '../../engine/learn/adapt.ts';
import { type Corpus, type CorpusLanguage, readCorpus } from '../../engine/learn/corpus.ts';
import {
  pretrain,
  PRETRAIN_DEFAULTS,
  type PretrainSettings,
  type PretrainStart,
  type PretrainState,
  pretrainSteps,
} from '../../engine/learn/pretrain.ts';
import { type PretrainOrigin, readPretrainState, writePretrainState } from '../../engine/learn/pretrain-state.ts';
import type { Device } from '../../engine/tensor/device.ts';
import { type ChoosableDevice, deviceIds } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { secondsAtPace } from '../base/time-left.ts';
import { usualThreads } from '../base/usual-threads.ts';
import { writeWhole } from '../base/write-whole.ts';
import { canonicalFor } from '../chemistry/canonical.ts';
import { loadModel, type Model } from '../models/generators.ts';
import { pretrainedGenerator, readingOf } from '../models/pretrained.ts';
import { adaptationSettings, checkMemory, type MemoryCheck, memoryInWords, shapeOf } from '../training/adaptation.ts';
import { CorpusFiles } from '../training/corpus-files.ts';
import { realNumber, seed, wholeNumber, withUnusedWorkspace } from './options.ts';
import { openForUse } from './sample.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

interface Options {
  readonly out: string;
  readonly resume?: boolean;
  readonly from?: string;
  readonly learningRate?: number;
  readonly layers?: number;
  readonly width?: number;
  readonly heads?: number;
  readonly context?: number;
  readonly optimizer?: PretrainSettings['optimizer'];
  readonly tokens?: number;
  readonly minutes?: number;
  readonly seed?: number;
  readonly weightDecay?: number;
  readonly modality?: CorpusLanguage['modality'];
  readonly structure?: string;
  readonly sheet?: string;
  readonly kmer?: number;
  readonly bothStrands?: boolean;
  readonly phases?: number;
  readonly leastCount?: number;
  readonly threads: number;
  readonly device: ChoosableDevice;
  readonly json?: boolean;
}

/** Options that are part of the training: a resumed training keeps them. */
const FIXED = [
  'layers',
  'width',
  'heads',
  'context',
  'optimizer',
  'weightDecay',
  'learningRate',
  'tokens',
  'minutes',
  'seed',
] as const;
/** Options that the base generator determines. */
const SETTLED = ['layers', 'width', 'heads', 'context'] as const;
const KMER = 4;
const LEAST_COUNT = 10;
/** Steps timed to convert minutes into tokens; the first one compiles and does not count. */
const TIMED_STEPS = 4;
const SAVE_EVERY = 50;
/** Sequences sampled to check an adapted generator. */
const SAMPLES = 1000;

export function addPretrain(program: Command): void {
  const d = PRETRAIN_DEFAULTS;
  withUnusedWorkspace(program.command('pretrain'))
    .description('Train a generator on molecules or DNA, from scratch, or adapt another generator with --from.')
    .argument(
      '<data...>',
      'files with molecules or DNA: lists, tables (CSV, TSV, XLSX), SDF, FASTA, GenBank, EMBL or SnapGene, told by their content; also gzipped',
    )
    .requiredOption('--out <file>', 'output file (.safetensors); the state for --resume is stored beside it')
    .option('--resume', 'continue from the state beside --out')
    .option(
      '--from <generator>',
      'adapt this generator (name or file); stops when the held-out loss no longer falls, and checks for memorisation',
    )
    .addOption(
      new Option('--modality <modality>', 'what the sequences are (default: molecule)').choices(['molecule', 'dna']),
    )
    .option('--structure <name>', 'column of the structures or sequences of a table (default: detected)')
    .option('--sheet <name>', 'sheet of an .xlsx file (default: the first)')
    .option('--kmer <count>', `DNA: bases per token (default: ${KMER})`, wholeNumber(1, LARGEST_K))
    .option('--both-strands', 'DNA: learn both strands of each sequence')
    .option(
      '--phases <count>',
      'DNA: versions of each sequence to learn, each starting one base later (default: 1)',
      wholeNumber(1, LARGEST_K),
    )
    .option('--layers <count>', `transformer blocks (default: ${d.layers})`, wholeNumber(1, 64))
    .option('--width <count>', `width of the residual stream (default: ${d.width})`, wholeNumber(8, 4096))
    .option('--heads <count>', `attention heads; must divide the width (default: ${d.heads})`, wholeNumber(1, 64))
    .option('--context <tokens>', `context length in tokens (default: ${d.context})`, wholeNumber(8, 4096))
    .addOption(
      new Option('--optimizer <name>', `optimizer of the weight matrices (default: ${d.optimizer})`).choices([
        'muon',
        'adamw',
      ]),
    )
    .option('--weight-decay <number>', `weight decay of all parameters (default: ${d.weightDecay})`, realNumber(0, 10))
    .option(
      '--learning-rate <share>',
      'factor on the default learning rates (default: 1; 0.25 with --from and few data)',
      realNumber(0.001, 10),
    )
    .option('--tokens <count>', `number of training tokens (default: ${d.tokens})`, wholeNumber(1))
    .option('--minutes <number>', 'instead of --tokens: train for about this many minutes', realNumber(0.05, 100_000))
    .option('--seed <number>', `random seed; the same seed gives the same result (default: ${d.seed})`, seed)
    .option(
      '--least-count <count>',
      `molecules: rarer tokens are not in the vocabulary (default: ${LEAST_COUNT})`,
      wholeNumber(1),
    )
    .option('--threads <count>', 'CPU threads; results depend on their number', wholeNumber(1, 256), usualThreads())
    .addOption(new Option('--device <device>', 'what computes').choices([...deviceIds]).default('cpu'))
    .option('--json', 'print the result as JSON')
    .action(run);
}

interface Training {
  readonly corpus: Corpus;
  readonly origin: PretrainOrigin;
  readonly device: Device;
  readonly start: PretrainStart;
}

async function run(files: string[], options: Options): Promise<void> {
  const terminal = openTerminal();
  const stateFile = `${options.out}.state`;
  const base = options.from === undefined ? undefined : loadModel(options.from);
  const saved = options.resume ? savedSettings(stateFile, options) : undefined;
  const language = languageOf(options, base);
  const dataHash = await hashOf(files);
  const chosen = saved ?? chosenSettings(options, base);
  terminal.note(`Reading ${files.join(', ')} ...`);
  const data = new CorpusFiles(files, { ...options, modality: language.modality });
  const corpus = await readCorpus(() => data.texts(), { context: chosen.context, language });
  for (const note of data.notes) terminal.note(note);
  terminal.note(reading(corpus, language, base));
  const settings = saved ?? (base === undefined ? chosen : adaptationSettings(chosen, corpus, given(options)));
  const device = openForUse(options.device, options.threads);
  const budget =
    saved === undefined && options.minutes !== undefined
      ? await tokensFor(options.minutes, corpus, settings, device)
      : settings.tokens;
  const origin = {
    settings: { ...settings, tokens: budget },
    dataHash: `${dataHash}, ${readingOf(language)}${base === undefined ? '' : `, from ${base.key}`}`,
  };
  const state = await train(
    { corpus, origin, device, start: startOf(corpus, origin, base, saved === undefined ? null : stateFile) },
    stateFile,
    terminal,
  );
  if (state.finished === null) return paused(options, files, terminal);
  const about = { data: files.map((file) => basename(file)), dataSha256: dataHash, reading: readingOf(language), base };
  const generator = pretrainedGenerator(state, corpus, origin.settings, language.modality, about);
  writeWhole(options.out, writeGenerator(generator, 'F16'));
  rmSync(stateFile, { force: true });
  const memory =
    base === undefined
      ? null
      : await checkMemory(generator, corpus, origin.settings, device, canonicalFor(language.modality), SAMPLES);
  finish(state, memory, language, options, terminal);
}

/** The state at the start of the training. */
function startOf(
  corpus: Corpus,
  origin: PretrainOrigin,
  base: Model | undefined,
  stateFile: string | null,
): PretrainStart {
  if (stateFile !== null) return { saved: readPretrainState(readFileSync(stateFile), origin) };
  return base === undefined ? {} : { weights: adaptedWeights(base.generator, corpus.vocabulary, origin.settings.seed) };
}

/** A summary of the data. */
function reading({ vocabulary, report }: Corpus, { modality }: CorpusLanguage, base: Model | undefined): string {
  const { lines, kept, duplicates, tooLong, unknownToken, firstUnknown } = report;
  const added = base === undefined ? [] : vocabulary.slice(base.generator.config.vocabulary.length);
  const news = added.length === 0 ? '' : `, ${added.length} of them new (${added.join(' ')})`;
  const rest = `${duplicates} duplicates, ${tooLong} too long, ${unknownToken} with ${modality === 'dna' ? 'other letters than A, C, G and T' : 'rare tokens'}`;
  return `${kept} of ${lines} lines, ${vocabulary.length} tokens${news}. Omitted: ${rest}.${firstUnknown === null ? '' : ` The first one: ${firstUnknown}`}`;
}

/** The settings that the user gave. */
function given({
  layers,
  width,
  heads,
  context,
  optimizer,
  weightDecay,
  tokens,
  learningRate: share,
  seed: one,
}: Options): Partial<PretrainSettings> {
  const rates =
    share === undefined
      ? {}
      : {
          learningRate: PRETRAIN_DEFAULTS.learningRate * share,
          muonLearningRate: PRETRAIN_DEFAULTS.muonLearningRate * share,
        };
  return {
    ...Object.fromEntries(
      Object.entries({ layers, width, heads, context, optimizer, weightDecay, tokens, seed: one }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...rates,
  };
}

/** @throws InputError if options contradict each other or the base generator */
function chosenSettings(options: Options, base: Model | undefined): PretrainSettings {
  const { tokens, minutes } = options;
  if (tokens !== undefined && minutes !== undefined) throw new InputError('Give --tokens or --minutes, not both.');
  const settled = base && SETTLED.find((name) => options[name] !== undefined);
  if (settled !== undefined)
    throw new InputError(
      `--${settled} cannot be used with --from: an adapted generator keeps the architecture of ${options.from}.`,
    );
  const shape = base === undefined ? {} : shapeOf(base.generator);
  const settings: PretrainSettings = { ...PRETRAIN_DEFAULTS, ...shape, ...given(options) };
  if (settings.width % settings.heads !== 0)
    throw new InputError(`--heads ${settings.heads} does not divide --width ${settings.width}.`);
  return settings;
}

/** Settings of an interrupted training. @throws InputError if there is none, or if settings are given */
function savedSettings(stateFile: string, options: Options): PretrainSettings {
  const given = FIXED.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new InputError(`--${given} cannot be used with --resume: a resumed training keeps its settings.`);
  if (!existsSync(stateFile)) throw new InputError(`Nothing to resume: ${stateFile} does not exist.`);
  try {
    const { origin } = readSafetensors(readFileSync(stateFile)).metadata;
    return (JSON.parse(origin ?? '') as PretrainOrigin).settings;
  } catch (error) {
    if (error instanceof CheckpointError || error instanceof SyntaxError)
      throw new InputError(`Cannot resume from ${stateFile}: ${error.message}`);
    throw error;
  }
}

/** @throws InputError for options of the other modality, or options that contradict the base generator */
function languageOf(options: Options, base: Model | undefined): CorpusLanguage {
  const { kmer, bothStrands, phases, leastCount } = options;
  const modality = base?.generator.config.modality ?? options.modality ?? 'molecule';
  if (base && options.modality !== undefined && options.modality !== modality)
    throw new InputError(
      `--modality ${options.modality} contradicts --from ${options.from}, which writes ${modalityWords[modality].kind}.`,
    );
  const foreign = modality === 'dna' ? { 'least-count': leastCount } : { kmer, 'both-strands': bothStrands, phases };
  const given = Object.entries(foreign).find(([, value]) => value !== undefined);
  if (given !== undefined) throw new InputError(`--${given[0]} cannot be used with --modality ${modality}.`);
  if (modality === 'molecule')
    return base
      ? { modality, leastCount: leastCount ?? 1, base: base.generator.config.vocabulary }
      : { modality, leastCount: leastCount ?? LEAST_COUNT };
  const k = base && kmerSize(base.generator.config.vocabulary);
  if (k !== undefined && kmer !== undefined && k !== kmer)
    throw new InputError(`--kmer ${kmer} does not match --from ${options.from}, whose tokens have ${k} bases.`);
  return { modality, k: k ?? kmer ?? KMER, bothStrands: bothStrands === true, phases: phases ?? 1 };
}

/** SHA-256 of the files' contents in order, hexadecimal. */
async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    if (!existsSync(file)) throw new InputError(`Cannot read ${file}: there is no such file.`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

/** Tokens that this computer can train on in the given time, measured by a few steps. */
async function tokensFor(minutes: number, corpus: Corpus, settings: PretrainSettings, device: Device): Promise<number> {
  const times: number[] = [];
  const enough = new AbortController();
  await pretrain(corpus, { ...settings, tokens: Number.MAX_SAFE_INTEGER }, device, {
    saveEvery: Infinity,
    signal: enough.signal,
    onStep: () => {
      if (times.push(performance.now()) > TIMED_STEPS) enough.abort();
    },
  });
  const secondsAStep = (times.at(-1)! - times[0]) / 1000 / (times.length - 1);
  return Math.max(1, Math.round((minutes * 60) / secondsAStep)) * settings.rows * settings.context;
}

/** Trains to the end or until Ctrl-C; the state on disk is at most a few steps old. */
async function train(
  { corpus, origin, device, start }: Training,
  stateFile: string,
  terminal: Terminal,
): Promise<PretrainState> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const started = performance.now();
  const first = start.saved?.step ?? 0;
  terminal.note(
    `${pretrainSteps(origin.settings)} steps of ${origin.settings.rows * origin.settings.context} tokens on ${device.label}.`,
  );
  try {
    return await pretrain(
      corpus,
      origin.settings,
      device,
      {
        saveEvery: SAVE_EVERY,
        signal: stopping.signal,
        onStep({ step, steps, loss }) {
          const left = secondsAtPace((performance.now() - started) / 1000, step - first, steps - step);
          terminal.progress(
            step / steps,
            `step ${step} of ${steps}, loss ${loss.toFixed(4)} nats per token, ${duration(left)} left`,
          );
        },
        onMeasure: ({ step, train: training, validation }) =>
          terminal.note(
            `Step ${step}: training ${training.toFixed(4)}, validation ${validation.toFixed(4)} nats per token`,
          ),
        onState: (state) => writeWhole(stateFile, writePretrainState(state, origin)),
      },
      start,
    );
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    terminal.endProgress();
  }
}

function paused({ out, from, json }: Options, files: readonly string[], terminal: Terminal): void {
  if (json) terminal.json({ out, finished: null });
  terminal.note(
    `Paused. To continue: amalgam pretrain ${files.join(' ')} --out ${out}${from === undefined ? '' : ` --from ${from}`} --resume`,
  );
}

function finish(
  { tokens, curve, finished, best }: PretrainState,
  memory: MemoryCheck | null,
  { modality }: CorpusLanguage,
  { out, json }: Options,
  terminal: Terminal,
): void {
  const losses = curve.map((point) => point.validation);
  const validation = (best === null ? losses.at(-1) : Math.min(...losses)) ?? null;
  if (json) return terminal.json({ out, tokens, validation, finished, memory });
  terminal.out(
    `${out} was trained on ${tokens} tokens${finished === 'early stop' ? ' (stopped early: the validation loss no longer fell)' : ''}. Validation loss: ${validation?.toFixed(4) ?? 'not measured'} nats per token.`,
  );
  if (memory !== null)
    for (const line of memoryInWords(memory, modalityWords[modality].kind, 'Fewer --tokens')) terminal.out(line);
}
