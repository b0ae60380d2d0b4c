/**
 * @file The generator `moses` by the measures of MOSES: loss on its test split, and the metrics of its package for
 * 30,000 samples (bench/peers/molsets.py) if a python3 with that package is available.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoderShape, type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import { createLikelihood } from '../../engine/generator/likelihood.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { fileRecords } from '../../host/intake/lines.ts';
import { Card, type Check, type Figure, twoErrors } from './figures.ts';
import { moleculePrior, sampleSmiles } from './molecule-prior.ts';

const SAMPLES = 30_000;
const SEED = 5;
/** Interval between the molecules taken from the test split. */
const STRIDE = 10;

/** Looked up, not imported, because the package first needs what bench/peers/molsets.py restores. */
const HAS_PACKAGE = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("moses") is None)';

/**
 * Rows of the card's table, the package's names, and the allowed difference of a figure; for a share, two standard
 * errors.
 */
const metrics: readonly { readonly row: string; readonly name: string; readonly noise: number | 'share' }[] = [
  { row: 'valid', name: 'valid', noise: 'share' },
  { row: 'unique of 1,000', name: 'unique@1000', noise: 0.001 },
  { row: 'unique of 10,000', name: 'unique@10000', noise: 0.0005 },
  { row: 'pass the filters', name: 'Filters', noise: 'share' },
  { row: 'internal diversity', name: 'IntDiv', noise: 0.0005 },
  { row: 'internal diversity, order 2', name: 'IntDiv2', noise: 0.0005 },
  { row: 'novel', name: 'Novelty', noise: 'share' },
  { row: 'FCD, test', name: 'FCD/Test', noise: 0.015 },
  { row: 'FCD, test scaffolds', name: 'FCD/TestSF', noise: 0.03 },
  { row: 'nearest neighbour similarity, test', name: 'SNN/Test', noise: 0.002 },
  { row: 'nearest neighbour similarity, test scaffolds', name: 'SNN/TestSF', noise: 0.002 },
  { row: 'scaffold similarity, test', name: 'Scaf/Test', noise: 0.02 },
  { row: 'scaffold similarity, test scaffolds', name: 'Scaf/TestSF', noise: 0.02 },
  { row: 'fragment similarity, test', name: 'Frag/Test', noise: 0.0005 },
];

const device = ortDevice({ id: 'cpu', threads: 2 });

/** Nats per token, including the end token, for a part of the molecules of a file. */
async function lossOn({ config, weights }: Generator, file: string): Promise<number> {
  const { encode } = tokenizerFor(config);
  const sequences: Int32Array[] = [];
  let line = 0;
  for await (const { text: smiles } of fileRecords(file, 'molecule'))
    if (line++ % STRIDE === 0) sequences.push(encode(smiles));
  const likelihood = await createLikelihood(device, decoderShape(config));
  await likelihood.load(weights);
  const values = (await likelihood.tokens(sequences)).flatMap((tokens) => Array.from(tokens));
  await likelihood.dispose();
  return -values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One line per sample; an empty one for each unfinished sample. */
async function sampleLines(generator: Generator): Promise<string> {
  const { smiles } = await sampleSmiles(generator, SAMPLES, SEED);
  return smiles.map((one) => `${one}\n`).join('') + '\n'.repeat(SAMPLES - smiles.length);
}

/** @returns the metrics by MOSES's names; null if python3 has no such package */
async function judgedByMoses(generator: Generator): Promise<Record<string, number> | null> {
  if (spawnSync('python3', ['-c', HAS_PACKAGE]).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-moses-'));
  try {
    const file = join(folder, 'samples.smi');
    writeFileSync(file, await sampleLines(generator));
    const { status, stdout, stderr } = spawnSync('python3', ['bench/peers/molsets.py', file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`bench/peers/molsets.py failed: ${stderr.trim().split('\n').at(-1)}`);
    return JSON.parse(stdout) as Record<string, number>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function metricFigures(card: Card, measured: Record<string, number>): Figure[] {
  return metrics.map(({ row, name, noise }) => {
    const [stated] = card.row(row);
    return {
      name: `${row} (MOSES’s ${name})`,
      stated,
      measured: measured[name],
      noise: noise === 'share' ? twoErrors(stated, SAMPLES) : noise,
    };
  });
}

const samples = moleculePrior('moses', [1]);

export const mosesPrior: Check = {
  model: 'moses',
  async figures(data) {
    const card = new Card('models/moses.md');
    const generator = readGenerator(readFileSync('models/moses.safetensors'));
    const loss = {
      name: 'loss on the test split',
      stated: card.row('test loss')[0],
      measured: await lossOn(generator, `${data}/moses/test.csv.gz`),
      noise: 0.0005,
    };
    const judged = await judgedByMoses(generator);
    if (judged === null)
      console.log('left out moses, the metrics of MOSES’s package: bench/peers/molsets.py says what it needs');
    return {
      figures: [
        ...(await samples.figures(data)).figures,
        loss,
        ...(judged === null ? [] : metricFigures(card, judged)),
      ],
    };
  },
};
