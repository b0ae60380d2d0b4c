/**
 * Draws sequences from a generator without training, with or without the conditions of a design, in the compute
 * process.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseDna } from '../../engine/dna/sequence.ts';
import { decoderShape, type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import { type Generate, guideFor } from '../../engine/generator/generate.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';

/** Number of sequences that grow side by side and are drawn at a time. */
const SLOTS = 64;
const CHUNK = 256;
/** Number of attempts per wanted valid sequence, after which fewer sequences must do. */
const MOST_TRIES = 4;
/** Results depend on it, as on the number of slots. */
const THREADS = 2;
const SEED = 1;

export interface Drawing {
  readonly priorFile: string;
  /** Number of wanted valid sequences. */
  readonly count: number;
  /** Conditions on the sequences; null for none. */
  readonly generate: Generate | null;
}

/** Deterministic for a generator and its conditions. @returns up to `count` valid sequences, as generated */
export async function drawValid({ priorFile, count, generate }: Drawing): Promise<string[]> {
  const generator = readGenerator(await readFile(priorFile));
  const isValid = await validity(generator);
  const { decode } = tokenizerFor(generator.config);
  const guide = guideFor(generate, generator.config);
  const sampler = await createSampler(
    openDevice('cpu', { threads: THREADS, load: createRequire(import.meta.url) }),
    decoderShape(generator.config),
    { slots: SLOTS, weights: 'constant' },
  );
  const valid: string[] = [];
  try {
    await sampler.load(generator.weights);
    for (let first = 0; valid.length < count && first < MOST_TRIES * count; first += CHUNK) {
      const drawn = await sampler.sample(
        CHUNK,
        { temperature: 1, topP: 1 },
        (i) => randomStream(SEED, Purpose.sample, first + i),
        guide,
      );
      valid.push(...drawn.flatMap(({ tokens, ended }) => (ended ? [decode(tokens)] : [])).filter(isValid));
    }
  } finally {
    await sampler.dispose();
  }
  return valid.slice(0, count);
}

async function validity({ config }: Generator): Promise<(text: string) => boolean> {
  if (config.modality === 'dna') return (text) => parseDna(text) !== null;
  const rdkit = await loadRdkitFromDisk();
  return (text) => {
    const molecule = rdkit.parse(text);
    molecule?.dispose();
    return molecule !== null;
  };
}
