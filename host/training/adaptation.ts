/**
 * A generator adapted to the user's own sequences: settings that suit few data,
 * and the check afterwards that it writes in their manner and not by heart.
 */
import { decoderShape, type Generator } from '../../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { type Corpus, corpusSequence, splitCorpus } from '../../engine/learn/corpus.ts';
import type { PretrainSettings } from '../../engine/learn/pretrain.ts';
import type { Device } from '../../engine/tensor/device.ts';
import type { Canonical } from '../chemistry/canonical.ts';

/** Updates an epoch of small data is divided into. */
const UPDATES = 10;
/**
 * Times that small data are read, and the share of the usual learning rates: on 793 molecules of one target, 8 times
 * at a quarter gave the lowest held-out loss (0.389 nats a token; 0.390 and 0.432 at a half and a tenth, and 40 times
 * at the full rate 0.410 and fewer valid samples).
 */
const EPOCHS = 8;
const GENTLE = 0.25;
const FEWEST_ROWS = 4;
/** Below this many tokens the data are small: they are read many times. */
const SMALL = 2_000_000;
const HELD_OUT = 0.1;
/** Measurements without a better loss, after which a training on few data ends. */
const PATIENCE = 3;

/**
 * Settings for going on from another generator. Small data get small updates, a
 * tenth held out and a measurement each epoch; the best measurement is kept.
 * @param given what the user asked for; it goes before
 */
export function adaptationSettings(
  usual: PretrainSettings,
  corpus: Corpus,
  given: Partial<PretrainSettings>,
): PretrainSettings {
  const settings = { ...usual, keepBest: true };
  const total = tokensOf(corpus);
  if (total >= SMALL) return { ...settings, ...given };
  const rows = Math.max(FEWEST_ROWS, Math.min(usual.rows, powerOfTwo(total / (UPDATES * usual.context))));
  const epoch = Math.max(1, Math.round(total / (rows * usual.context)));
  return {
    ...settings,
    learningRate: usual.learningRate * GENTLE,
    muonLearningRate: usual.muonLearningRate * GENTLE,
    rows,
    microRows: Math.min(usual.microRows, rows),
    tokens: EPOCHS * epoch * rows * usual.context,
    warmupSteps: Math.min(usual.warmupSteps, 2 * epoch),
    evaluateEvery: epoch,
    validationShare: HELD_OUT,
    patience: PATIENCE,
    ...given,
  };
}

/** What an adapted generator has from the one that it goes on from. */
export function shapeOf({
  config,
}: Pick<Generator, 'config'>): Pick<PretrainSettings, 'layers' | 'width' | 'heads' | 'keyValueHeads' | 'context'> {
  const { layers, width, heads, keyValueHeads, context } = config;
  return { layers, width, heads, keyValueHeads, context };
}

/** How many times data are read where the user says nothing: fewer times where they are many. */
export function usualPasses(corpus: Corpus, { tokens }: Pick<PretrainSettings, 'tokens'>): number {
  return Math.max(1, Math.min(EPOCHS, Math.round(tokens / tokensOf(corpus))));
}

/** Tokens of a corpus with the boundaries between its sequences: those of one pass. */
export const tokensOf = ({ tokens, offsets }: Corpus): number => tokens.length + offsets.length - 1;

const powerOfTwo = (value: number): number => 2 ** Math.max(0, Math.floor(Math.log2(value)));

/** What samples of a generator share with the data it was adapted to. All in [0, 1]. */
export interface MemoryCheck {
  readonly sampled: number;
  readonly valid: number;
  /** Of the valid samples, those that differ. */
  readonly unique: number;
  /** Of the different valid samples, those that it was trained on. */
  readonly trained: number;
  /** Of them, those that were held out: what is this common is no sign of learning by heart. */
  readonly heldOut: number;
  /** Valid samples that it was not trained on. */
  readonly examples: readonly string[];
}

/** Samples that are kept to look at. */
const EXAMPLES = 6;

/** Samples `n` sequences and compares them with both sides of the corpus's split. */
export async function checkMemory(
  generator: Generator,
  corpus: Corpus,
  { validationShare, seed }: PretrainSettings,
  device: Device,
  canonicalOf: Canonical,
  n: number,
): Promise<MemoryCheck> {
  const { decode } = tokenizerFor(generator.config);
  const split = splitCorpus(corpus, validationShare, seed);
  const setOf = async (indices: readonly number[]) =>
    new Set(await canonicalOf(indices.map((i) => decode(corpusSequence(corpus, i)))));
  const [training, heldOut] = [await setOf(split.training), await setOf(split.validation)];
  const texts = await sampleTexts(generator, device, seed, n);
  const valid = (await canonicalOf(texts)).filter((one) => one !== null);
  const different = new Set(valid);
  const shared = (set: ReadonlySet<string | null>) =>
    share([...different].filter((one) => set.has(one)).length, different.size);
  return {
    sampled: n,
    valid: share(valid.length, n),
    unique: share(different.size, valid.length),
    trained: shared(training),
    heldOut: shared(heldOut),
    examples: [...different].filter((one) => !training.has(one)).slice(0, EXAMPLES),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** '' for a sample that did not come to its end. */
async function sampleTexts({ config, weights }: Generator, device: Device, seed: number, n: number): Promise<string[]> {
  const { decode } = tokenizerFor(config);
  const sampler = await createSampler(device, decoderShape(config), { slots: 64, weights: 'constant' });
  try {
    await sampler.load(weights);
    const samples = await sampler.sample(n, { temperature: 1, topP: 1 }, (i) => randomStream(seed, Purpose.sample, i));
    return samples.map(({ tokens, ended }) => (ended ? decode(tokens) : ''));
  } finally {
    await sampler.dispose();
  }
}

/** Share of the samples above which a user is warned. */
const BY_HEART = 0.3;

export const isByHeart = ({ trained }: MemoryCheck): boolean => trained > BY_HEART;

/**
 * The check in plain words.
 * @param kind of the sequences, as "molecules"
 * @param less what makes a training shorter, as "Fewer --tokens"
 */
export function memoryInWords(check: MemoryCheck, kind: string, less: string): string[] {
  const { sampled, valid, unique, trained, heldOut } = check;
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
  const lines = [
    `Of ${sampled} samples ${percent(valid)} are valid and ${percent(unique)} of those different; ${percent(trained)} of them are ${kind} it was trained on, ${percent(heldOut)} are among those held out.`,
  ];
  if (isByHeart(check))
    lines.push(
      `It has learnt much of the data by heart: expect known ${kind} among its samples. ${less} or more data help.`,
    );
  return lines;
}
