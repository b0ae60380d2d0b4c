/**
 * @file Compares a generator of DNA with held-out sequences: k-mer frequencies and GC content of its samples, and the
 * likelihood of the held-out sequences beside Markov models fitted to the same training data. All figures use both
 * strands.
 */
import { readFileSync } from 'node:fs';
import { gcContent } from '../../engine/dna/composition.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { decoderShape, type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import { guideFor, resolveGenerate } from '../../engine/generator/generate.ts';
import { createLikelihood } from '../../engine/generator/likelihood.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { csvRows } from './csv.ts';
import { Card, type Check } from './figures.ts';

const device = ortDevice({ id: 'cpu', threads: 2 });

function refuseScaffold(): never {
  throw new Error('DNA has no scaffold.');
}

async function sample({ config, weights }: Generator, length: number, n: number, seed: number): Promise<string[]> {
  const { generate } = resolveGenerate('dna', { length }, { writes: config, readScaffold: refuseScaffold });
  const sampler = await createSampler(device, decoderShape(config), { slots: 256, weights: 'constant' });
  await sampler.load(weights);
  const sampled = await sampler.sample(
    n,
    { temperature: 1, topP: 1 },
    (i) => randomStream(seed, Purpose.sample, i),
    guideFor(generate, config),
  );
  await sampler.dispose();
  return sampled.map(({ tokens }) => tokenizerFor(config).decode(tokens));
}

/** Codes 0 to 3 of the bases. */
const codes = (sequence: string) => Array.from(sequence, (base) => 'ACGT'.indexOf(base));

/** Counts of the words of k bases. [4^k] */
function wordCounts(sequences: readonly string[], k: number): Float64Array {
  const counts = new Float64Array(4 ** k);
  for (const sequence of sequences) eachWord(sequence, k, (word) => counts[word]++);
  return counts;
}

function eachWord(sequence: string, k: number, take: (word: number) => void): void {
  let word = 0;
  codes(sequence).forEach((code, i) => {
    word = (word * 4 + code) % 4 ** k;
    if (i >= k - 1) take(word);
  });
}

function correlation(a: Float64Array, b: Float64Array): number {
  const centred = (x: Float64Array) => x.map((value) => value - x.reduce((sum, v) => sum + v, 0) / x.length);
  const [u, v] = [centred(a), centred(b)];
  const product = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return product(u, v) / Math.sqrt(product(u, u) * product(v, v));
}

/** Nats per base of a Markov model of this order with one pseudocount each; lower orders for the first bases. */
function markovLoss(training: readonly string[], held: readonly string[], order: number): number {
  const counts = Array.from({ length: order + 1 }, (_, o) => wordCounts(training, o + 1));
  const total = (o: number, context: number) =>
    [0, 1, 2, 3].reduce((sum, base) => sum + counts[o][context * 4 + base] + 1, 0);
  let nats = 0;
  for (const sequence of held) {
    let context = 0;
    codes(sequence).forEach((code, i) => {
      const o = Math.min(i, order);
      const known = context % 4 ** o;
      nats -= Math.log((counts[o][known * 4 + code] + 1) / total(o, known));
      context = (context * 4 + code) % 4 ** order;
    });
  }
  return nats / held.reduce((sum, { length }) => sum + length, 0);
}

/** Nats per base, including the end token. */
async function generatorLoss({ config, weights }: Generator, held: readonly string[]): Promise<number> {
  const likelihood = await createLikelihood(device, decoderShape(config));
  await likelihood.load(weights);
  const { encode } = tokenizerFor(config);
  const values = await likelihood.tokens(held.map(encode));
  await likelihood.dispose();
  return (
    -values.reduce((sum, tokens) => sum + tokens.reduce((s, value) => s + value, 0), 0) /
    held.reduce((sum, { length }) => sum + length, 0)
  );
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly sorted: readonly number[];
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return { mean, deviation, sorted: [...values].sort((a, b) => a - b) };
}

/** Largest distance between the two distribution functions (Kolmogorov and Smirnov). */
export function kolmogorov(a: readonly number[], b: readonly number[]): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Each sequence, then its reverse complement. */
export function bothStrands(sequences: readonly string[]): string[] {
  return sequences.flatMap((sequence) => [sequence, iupacReverseComplement(sequence)]);
}

export interface DnaJudgement {
  readonly samples: number;
  readonly different: number;
  /** Number of samples that are training sequences. */
  readonly copied: number;
  readonly perSecond: number;
  /** Correlations with the held-out sequences by k, for samples and for training sequences. */
  readonly correlations: readonly { readonly k: number; readonly samples: number; readonly training: number }[];
  readonly gc: { readonly samples: Spread; readonly held: Spread; readonly distance: number };
  /** Nats per base of held-out sequences. */
  readonly markov: readonly { readonly order: number; readonly loss: number }[];
  readonly loss: number;
}

/** @param training, held with both strands */
export async function judgeDna(
  generator: Generator,
  training: readonly string[],
  held: readonly string[],
  n: number,
  seed: number,
): Promise<DnaJudgement> {
  const start = performance.now();
  const sampled = await sample(generator, held[0].length, n, seed);
  const seconds = (performance.now() - start) / 1e3;
  const known = new Set(training);
  const [own, theirs] = [spread(sampled.map(gcContent)), spread(held.map(gcContent))];
  return {
    samples: sampled.length,
    different: new Set(sampled).size,
    copied: sampled.filter((one) => known.has(one)).length,
    perSecond: n / seconds,
    correlations: [3, 4, 5, 6].map((k) => ({
      k,
      samples: correlation(wordCounts(sampled, k), wordCounts(held, k)),
      training: correlation(wordCounts(training, k), wordCounts(held, k)),
    })),
    gc: { samples: own, held: theirs, distance: kolmogorov(own.sorted, theirs.sorted) },
    markov: [1, 3, 5, 6, 7, 8].map((order) => ({ order, loss: markovLoss(training, held, order) })),
    loss: await generatorLoss(generator, held),
  };
}

/** Held-out splits; as in models/enhancer/prepare.py. */
const HELD_OUT = new Set(['test', 'legnet_test', 'hashfrag']);

/** The training elements of the shipped generator and the held-out ones, as models/enhancer/prepare.py writes them. */
function elements(folder: string): { readonly training: string[]; readonly held: string[] } {
  const measured = csvRows(`${folder}/lentimpra_hepg2_k562_wtc11.csv.gz`);
  const unmeasured = csvRows(`${folder}/lentimpra_k562_unlabelled_10k.csv.gz`);
  const held = new Set(measured.filter(({ split }) => HELD_OUT.has(split)).map(({ seq200 }) => firstStrand(seq200)));
  const all = new Set([...measured, ...unmeasured].map(({ seq200 }) => firstStrand(seq200)));
  return { training: [...all].filter((one) => !held.has(one)).sort(), held: [...held].sort() };
}

function firstStrand(sequence: string): string {
  const opposite = iupacReverseComplement(sequence);
  return opposite < sequence ? opposite : sequence;
}

/** Figures of random samples have noise; likelihoods have none. */
const NOISE = { correlation: 0.002, gc: 0.003, perplexity: 0.001 };

export const enhancer: Check = {
  model: 'enhancer',
  async figures(data) {
    const card = new Card('models/enhancer.md');
    const { training, held } = elements(`${data}/dna`);
    const { correlations, gc, markov, loss } = await judgeDna(
      readGenerator(readFileSync('models/enhancer.safetensors')),
      bothStrands(training),
      bothStrands(held),
      10_000,
      1,
    );
    const order5 = markov.find(({ order }) => order === 5)!.loss;
    return {
      figures: [
        ...correlations.map(({ k, samples }) => ({
          name: `correlation of ${k}-mer frequencies`,
          stated: card.row(k === 3 ? 'correlation of 3-mer frequencies' : `${k}-mer`)[0],
          measured: samples,
          noise: NOISE.correlation,
        })),
        {
          name: 'GC content',
          stated: card.row('GC content, mean and standard deviation (held out: 0.540, 0.095)')[0],
          measured: gc.samples.mean,
          noise: NOISE.gc,
        },
        {
          name: 'perplexity per base',
          stated: card.row('this generator, end token included')[0],
          measured: Math.exp(loss),
          noise: NOISE.perplexity,
        },
        {
          name: 'perplexity of a Markov model of order 5',
          stated: card.row('Markov model of order 5')[0],
          measured: Math.exp(order5),
          noise: NOISE.perplexity,
        },
      ],
    };
  },
};
