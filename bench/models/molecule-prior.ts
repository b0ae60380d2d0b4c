/** @file Judges samples of a generator of molecules with RDKit, and counts the molecules that it can express. */
import { readFileSync } from 'node:fs';
import { decoderShape, type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { loadRdkitFromDisk } from '../../host/chemistry/chemistry.ts';
import { fileRecords } from '../../host/intake/lines.ts';
import { Card, type Check, type Figure, twoErrors } from './figures.ts';

export interface Judgement {
  readonly valid: number;
  /** Share among the valid samples. */
  readonly unique: number;
  /** Mean length. */
  readonly tokens: number;
  readonly perSecond: number;
}

/** Texts of the finished samples among n at temperature 1, with their mean length and the elapsed time. */
export async function sampleSmiles(
  generator: Generator,
  n: number,
  seed: number,
): Promise<{ readonly smiles: string[]; readonly tokens: number; readonly seconds: number }> {
  const sampler = await createSampler(ortDevice({ id: 'cpu', threads: 2 }), decoderShape(generator.config), {
    slots: 256,
    weights: 'constant',
  });
  await sampler.load(generator.weights);
  const start = performance.now();
  const sampled = await sampler.sample(n, { temperature: 1, topP: 1 }, (i) => randomStream(seed, Purpose.sample, i));
  const seconds = (performance.now() - start) / 1e3;
  await sampler.dispose();
  const tokenizer = tokenizerFor(generator.config);
  return {
    smiles: sampled.filter(({ ended }) => ended).map(({ tokens }) => tokenizer.decode(tokens)),
    tokens: sampled.reduce((sum, one) => sum + one.tokens.length - 1, 0) / n,
    seconds,
  };
}

/** @param n samples at temperature 1 */
export async function judgeMolecules(generator: Generator, n: number, seed: number): Promise<Judgement> {
  const { smiles, tokens, seconds } = await sampleSmiles(generator, n, seed);
  const canonical = await canonicalOf(smiles);
  return {
    valid: canonical.length / n,
    unique: new Set(canonical).size / canonical.length,
    tokens,
    perSecond: n / seconds,
  };
}

/** Canonical SMILES of the valid ones. */
async function canonicalOf(smiles: readonly string[]): Promise<string[]> {
  const rdkit = await loadRdkitFromDisk();
  return smiles.flatMap((one) => {
    const molecule = rdkit.parse(one);
    if (molecule === null) return [];
    try {
      return [molecule.canonical];
    } finally {
      molecule.dispose();
    }
  });
}

/** How many molecules of a file a generator can express. */
async function expressed(generator: Generator, file: string): Promise<number> {
  const { encode } = tokenizerFor(generator.config);
  let count = 0;
  for await (const { text: smiles } of fileRecords(file, 'molecule'))
    if (canEncode(encode, smiles, generator.config.context)) count++;
  return count;
}

function canEncode(encode: (text: string) => { readonly length: number }, smiles: string, context: number): boolean {
  try {
    return encode(smiles).length <= context;
  } catch {
    return false;
  }
}

/** Number of samples for the figures of a card. */
const DRAWS = 10_000;

/**
 * Generators of molecules: the shares of valid and of unique samples for each seed in a card, and the share of
 * molecules that it can express.
 */
export function moleculePrior(
  model: string,
  seeds: readonly number[],
  written?: { readonly file: string; readonly pattern: RegExp },
): Check {
  return {
    model,
    async figures(data) {
      const card = new Card(`models/${model}.md`);
      const generator = readGenerator(readFileSync(`models/${model}.safetensors`));
      const figures: Figure[] = [];
      for (const seed of seeds) {
        const { valid, unique } = await judgeMolecules(generator, DRAWS, seed);
        const stated = card.number(new RegExp(String.raw`valid of 10,000 \|.*?([\d.]+) \(seed ${seed}\)`));
        figures.push({ name: `valid, seed ${seed}`, stated, measured: valid, noise: twoErrors(stated, DRAWS) });
        figures.push({
          name: `unique among the valid, seed ${seed}`,
          stated: card.row('unique among the valid')[0],
          measured: unique,
          noise: 0.001,
        });
      }
      if (written !== undefined)
        figures.push({
          name: `expressed of ${written.file}`,
          stated: card.number(written.pattern),
          measured: await expressed(generator, `${data}/${written.file}`),
          noise: 0,
        });
      return { figures };
    },
  };
}
