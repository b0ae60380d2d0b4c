/**
 * Compares a generator of DNA with held-out sequences.
 * Usage: npm run bench -- dna-prior TRAINING HELDOUT [MODEL] [N] [SEED]
 * models/enhancer/prepare.py makes the two files of the shipped generator.
 */
import { readFileSync } from 'node:fs';
import { readGenerator } from '../engine/generator/checkpoint.ts';
import { fileRecords } from '../host/intake/lines.ts';
import { bothStrands, judgeDna } from './models/dna-prior.ts';

const [trainingFile, heldFile, file = 'models/enhancer.safetensors', n = '10000', seed = '1'] = process.argv.slice(2);
if (trainingFile === undefined || heldFile === undefined)
  throw new Error('Usage: npm run bench -- dna-prior TRAINING HELDOUT [MODEL] [N] [SEED]');

async function read(path: string): Promise<string[]> {
  const sequences: string[] = [];
  for await (const { text: line } of fileRecords(path, 'dna')) if (line !== '') sequences.push(line.toUpperCase());
  return bothStrands(sequences);
}

const held = await read(heldFile);
const { samples, different, copied, perSecond, correlations, gc, markov, loss } = await judgeDna(
  readGenerator(readFileSync(file)),
  await read(trainingFile),
  held,
  Number(n),
  Number(seed),
);
console.log(
  `${file}, ${samples} samples of ${held[0].length} bases, seed ${seed}: ${perSecond.toFixed(0)} per second, ${different} different, ${copied} of the training data`,
);
for (const one of correlations)
  console.log(
    `${one.k}-mer frequencies, correlation with the held-out sequences: samples ${one.samples.toFixed(4)}, training sequences ${one.training.toFixed(4)}`,
  );
console.log(
  `GC content: samples ${gc.samples.mean.toFixed(3)} +- ${gc.samples.deviation.toFixed(3)}, held out ${gc.held.mean.toFixed(3)} +- ${gc.held.deviation.toFixed(3)}, Kolmogorov-Smirnov distance ${gc.distance.toFixed(3)}`,
);
const show = (name: string, nats: number) =>
  console.log(`${name}: ${nats.toFixed(4)} nats per base, perplexity ${Math.exp(nats).toFixed(4)}`);
for (const { order, loss: nats } of markov) show(`Markov model of order ${order}`, nats);
show('generator', loss);
