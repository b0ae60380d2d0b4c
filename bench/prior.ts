/**
 * Validity and uniqueness of a generator's samples: 10,000 sequences at
 * temperature 1, judged by RDKit. Usage: npm run bench -- prior [FILE] [N] [SEED]
 */
import { readFileSync } from 'node:fs';
import { readGenerator } from '../engine/generator/checkpoint.ts';
import { judgeMolecules } from './models/molecule-prior.ts';

const [file = 'models/druglike.safetensors', n = '10000', seed = '1'] = process.argv.slice(2);
const { valid, unique, tokens, perSecond } = await judgeMolecules(
  readGenerator(readFileSync(file)),
  Number(n),
  Number(seed),
);
console.log(`${file}, ${n} samples, seed ${seed}`);
console.log(`valid ${valid.toFixed(4)}, unique among the valid ${unique.toFixed(4)}`);
console.log(`${tokens.toFixed(1)} tokens per sequence, ${perSecond.toFixed(0)} sequences per second`);
