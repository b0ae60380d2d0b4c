/**
 * A generator of DNA against sequences that it has not seen: k-mer frequencies
 * and GC content of its samples, likelihood of the held-out sequences beside
 * Markov models fitted to the same training data. Both strands count everywhere.
 * Usage: npm run bench -- dna-prior TRAINING HELDOUT [MODEL] [N] [SEED]
 * (models/enhancer/prepare.py makes the two files of the shipped generator)
 */
import { readFileSync } from 'node:fs';
import { gcContent } from '../engine/dna/composition.ts';
import { iupacReverseComplement } from '../engine/dna/iupac.ts';
import { decoderShape, readGenerator, type Generator } from '../engine/generator/checkpoint.ts';
import { guideFor, resolveGenerate } from '../engine/generator/generate.ts';
import { createLikelihood } from '../engine/generator/likelihood.ts';
import { Purpose, randomStream } from '../engine/generator/random.ts';
import { createSampler } from '../engine/generator/sampler.ts';
import { tokenizerFor } from '../engine/generator/tokenizer.ts';
import { ortDevice } from '../engine/tensor/ort.ts';
import { dnaLines } from '../host/lines.ts';

const [trainingFile, heldFile, file = 'models/enhancer.safetensors', n = '10000', seed = '1'] = process.argv.slice(2);
if (trainingFile === undefined || heldFile === undefined) throw new Error('Usage: npm run bench -- dna-prior TRAINING HELDOUT [MODEL] [N] [SEED]');
const device = ortDevice({ id: 'cpu', threads: 2 });

async function bothStrands(path: string): Promise<string[]> {
  const sequences: string[] = [];
  for await (const line of dnaLines(path)) if (line !== '') sequences.push(line.toUpperCase(), iupacReverseComplement(line.toUpperCase()));
  return sequences;
}

function refuseScaffold(): never {
  throw new Error('DNA has no scaffold.');
}

async function sample({ config, weights }: Generator, length: number): Promise<string[]> {
  const { generate } = resolveGenerate('dna', { length }, { writes: config, readScaffold: refuseScaffold });
  const sampler = await createSampler(device, decoderShape(config), { slots: 256, weights: 'constant' });
  await sampler.load(weights);
  const sampled = await sampler.sample(Number(n), { temperature: 1, topP: 1 }, (i) => randomStream(Number(seed), Purpose.sample, i), guideFor(generate, config));
  await sampler.dispose();
  return sampled.map(({ tokens }) => tokenizerFor(config).decode(tokens));
}

/** Codes 0 to 3 of the bases. */
const codes = (sequence: string) => Array.from(sequence, (base) => 'ACGT'.indexOf(base));

/** How often each word of k bases occurs. [4^k] */
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

/** Nats a base of a Markov model of this order with one added to each count; the first bases by the lower orders. */
function markovLoss(training: readonly string[], held: readonly string[], order: number): number {
  const counts = Array.from({ length: order + 1 }, (_, o) => wordCounts(training, o + 1));
  const total = (o: number, context: number) => [0, 1, 2, 3].reduce((sum, base) => sum + counts[o][context * 4 + base] + 1, 0);
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

/** Nats a base, the end token's included. */
async function generatorLoss({ config, weights }: Generator, held: readonly string[]): Promise<number> {
  const likelihood = await createLikelihood(device, decoderShape(config));
  await likelihood.load(weights);
  const { encode } = tokenizerFor(config);
  const values = await likelihood.tokens(held.map(encode));
  await likelihood.dispose();
  return -values.reduce((sum, tokens) => sum + tokens.reduce((s, value) => s + value, 0), 0) / held.reduce((sum, { length }) => sum + length, 0);
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

/** Largest distance of the two distribution functions (Kolmogorov and Smirnov). */
function kolmogorov(a: readonly number[], b: readonly number[]): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

const generator = readGenerator(readFileSync(file));
const [training, held] = [await bothStrands(trainingFile), await bothStrands(heldFile)];
const start = performance.now();
const sampled = await sample(generator, held[0].length);
const seconds = (performance.now() - start) / 1e3;
const known = new Set(training);
const copied = sampled.filter((one) => known.has(one)).length;
console.log(`${file}, ${sampled.length} samples of ${held[0].length} bases, seed ${seed}: ${(sampled.length / seconds).toFixed(0)} a second, ${new Set(sampled).size} different, ${copied} of the training data`);
for (const k of [3, 4, 5, 6]) {
  const expected = wordCounts(held, k);
  console.log(`${k}-mer frequencies, correlation with the held-out sequences: samples ${correlation(wordCounts(sampled, k), expected).toFixed(4)}, training sequences ${correlation(wordCounts(training, k), expected).toFixed(4)}`);
}
const [own, theirs] = [spread(sampled.map(gcContent)), spread(held.map(gcContent))];
console.log(`GC content: samples ${own.mean.toFixed(3)} +- ${own.deviation.toFixed(3)}, held out ${theirs.mean.toFixed(3)} +- ${theirs.deviation.toFixed(3)}, Kolmogorov-Smirnov distance ${kolmogorov(own.sorted, theirs.sorted).toFixed(3)}`);
const show = (name: string, nats: number) => console.log(`${name}: ${nats.toFixed(4)} nats a base, perplexity ${Math.exp(nats).toFixed(4)}`);
for (const order of [1, 3, 5, 6, 7, 8]) show(`Markov model of order ${order}`, markovLoss(training, held, order));
show('generator', await generatorLoss(generator, held));
