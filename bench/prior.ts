/**
 * Validity and uniqueness of a generator's samples: 10,000 sequences at
 * temperature 1, judged by RDKit. Usage: npm run bench -- prior [FILE] [N] [SEED]
 */
import { readFileSync } from 'node:fs';
import { decoderShape, readGenerator } from '../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../engine/generator/random.ts';
import { createSampler } from '../engine/generator/sampler.ts';
import { tokenizerFor } from '../engine/generator/tokenizer.ts';
import { ortDevice } from '../engine/tensor/ort.ts';
import { loadRdkitFromDisk } from '../host/chemistry.ts';

const [file = 'models/druglike.safetensors', n = '10000', seed = '1'] = process.argv.slice(2);
const generator = readGenerator(readFileSync(file));
const sampler = await createSampler(ortDevice({ id: 'cpu', threads: 2 }), decoderShape(generator.config), { slots: 256, weights: 'constant' });
await sampler.load(generator.weights);
const start = performance.now();
const sampled = await sampler.sample(Number(n), { temperature: 1, topP: 1 }, (i) => randomStream(Number(seed), Purpose.sample, i));
const seconds = (performance.now() - start) / 1e3;
await sampler.dispose();

const rdkit = await loadRdkitFromDisk();
const tokenizer = tokenizerFor(generator.config);
const canonical = sampled.flatMap(({ tokens, ended }) => {
  const molecule = ended ? rdkit.parse(tokenizer.decode(tokens)) : null;
  if (molecule === null) return [];
  try {
    return [molecule.canonical];
  } finally {
    molecule.dispose();
  }
});
const tokens = sampled.reduce((sum, one) => sum + one.tokens.length - 1, 0) / sampled.length;
console.log(`${file}, ${n} samples, seed ${seed}`);
console.log(`valid ${(canonical.length / sampled.length).toFixed(4)}, unique among the valid ${(new Set(canonical).size / canonical.length).toFixed(4)}`);
console.log(`${tokens.toFixed(1)} tokens a sequence, ${(sampled.length / seconds).toFixed(0)} sequences a second`);
