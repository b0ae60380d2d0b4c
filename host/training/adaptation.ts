/**
 * Adaptation of a generator to a user's sequences: settings that suit few data, and the
 * check afterwards that it generalises rather than memorises.
 */
import { decoderShape, type Generator } from '../../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { type Corpus, corpusSequence, splitCorpus } from '../../engine/learn/corpus.ts';
import type { PretrainSettings } from '../../engine/learn/pretrain.ts';
import type { Device } from '../../engine/tensor/device.ts';
import type { Canonical } from '../chemistry/canonical.ts';

/** Updates per epoch of small data. */
const UPDATES = 10;
/**
 * Passes over small data, and the factor on the default learning rates. On 793 molecules of one target, 8 passes at a
 * factor of 0.25 gave the lowest held-out loss: 0.389 nats per token. Factors of 0.5 and 0.1 gave 0.390 and 0.432; 40
 * passes at the full rates gave 0.410 and fewer valid samples.
 */
const EPOCHS = 8;
const GENTLE = 0.25;
const FEWEST_ROWS = 4;
/** Data with fewer tokens are small and take several passes. */
const SMALL = 2_000_000;
const HELD_OUT = 0.1;
/** Early stopping of small data: validation measurements without a better loss. */
const PATIENCE = 3;

/**
 * Settings for adapting a generator. Small data get small updates, a tenth held out and
 * a validation each epoch; the best state is kept.
 * @param given what the user set; it takes precedence
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

/** What an adapted generator inherits from its base. */
export function shapeOf({
  config,
}: Pick<Generator, 'config'>): Pick<PretrainSettings, 'layers' | 'width' | 'heads' | 'keyValueHeads' | 'context'> {
  const { layers, width, heads, keyValueHeads, context } = config;
  return { layers, width, heads, keyValueHeads, context };
}

/** Default number of passes over the data; large data take fewer. */
export function usualPasses(corpus: Corpus, { tokens }: Pick<PretrainSettings, 'tokens'>): number {
  return Math.max(1, Math.min(EPOCHS, Math.round(tokens / tokensOf(corpus))));
}

/** Tokens of one pass over a corpus, including the boundaries between sequences. */
export const tokensOf = ({ tokens, offsets }: Corpus): number => tokens.length + offsets.length - 1;

const powerOfTwo = (value: number): number => 2 ** Math.max(0, Math.floor(Math.log2(value)));

/** What samples of a generator have in common with the data it was adapted to. All in [0, 1]. */
export interface MemoryCheck {
  readonly sampled: number;
  readonly valid: number;
  /** Unique samples among the valid ones. */
  readonly unique: number;
  /** Training sequences among the unique valid samples. */
  readonly trained: number;
  /** Held-out sequences among them: a generator that finds these finds common sequences, which is not memorisation. */
  readonly heldOut: number;
  /** Valid samples that are not training sequences. */
  readonly examples: readonly string[];
}

/** Samples that are kept as examples. */
const EXAMPLES = 6;

/** Samples `n` sequences and compares them with the training and the held-out sequences. */
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

/** '' for an unfinished sample. */
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

/** Share of known sequences among the samples above which the user is warned. */
const BY_HEART = 0.3;

export const isByHeart = ({ trained }: MemoryCheck): boolean => trained > BY_HEART;

/**
 * The result of the check in words.
 * @param kind of the sequences, as "molecules"
 * @param less what makes a training shorter, as "Fewer --tokens"
 */
export function memoryInWords(check: MemoryCheck, kind: string, less: string): string[] {
  const { sampled, valid, unique, trained, heldOut } = check;
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
  const lines = [
    `Of ${sampled} samples, ${percent(valid)} are valid, and ${percent(unique)} of those are unique. ${percent(trained)} of the unique ones are training ${kind}, ${percent(heldOut)} are held-out ${kind}.`,
  ];
  if (isByHeart(check))
    lines.push(`It has memorised much of the data: expect known ${kind} among its samples. ${less} or more data help.`);
  return lines;
}
