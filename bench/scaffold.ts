/**
 * How well the shipped generator keeps scaffolds. It prints the shares of N samples (default 2,000) that are valid
 * molecules, and that also contain the scaffold with a substituent at each attachment point. The first row is the
 * generator without a scaffold.
 * Usage: npm run bench -- scaffold [N] [--out FILE.json]
 */
import { createRequire } from 'node:module';
import { scaffoldTemplate } from '../engine/chem/scaffold-template.ts';
import { decoderShape } from '../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../engine/generator/random.ts';
import { createSampler } from '../engine/generator/sampler.ts';
import { scaffoldGuide } from '../engine/generator/scaffold-guide.ts';
import { tokenizerFor } from '../engine/generator/tokenizer.ts';
import { scaffoldSmarts } from '../engine/objectives/families/scaffold-match.ts';
import { openDevice } from '../engine/tensor/devices.ts';
import { loadRdkitFromDisk } from '../host/chemistry/chemistry.ts';
import { loadModel } from '../host/models/generators.ts';
import { record, rounded, words } from './record.ts';

const SCAFFOLDS = [
  'c1ccc([*:1])cc1NC(=O)[*:2]',
  'O=C1N([*:1])CCN1[*:2]',
  '[*:1]c1ccc(S(=O)(=O)N[*:2])cc1',
  '[*:1]N1CCN(c2ncnc3cc([*:2])c([*:3])cc23)CC1',
  '[*:1]c1nc2ccccc2n1[*:2]',
  'c1ccc(-c2ccncc2)cc1',
];

const count = Number(words[0] ?? 2000);
const { config, weights } = loadModel('druglike').generator;
const { decode } = tokenizerFor(config);
const rdkit = await loadRdkitFromDisk();
const sampler = await createSampler(
  openDevice('cpu', { threads: 2, load: createRequire(import.meta.url) }),
  decoderShape(config),
  { slots: 64, weights: 'constant' },
);
await sampler.load(weights);

/** Canonical SMILES of the valid samples, and whether they keep the scaffold. */
function judge(texts: readonly string[], scaffold: string | null): { canonical: string; keeps: boolean }[] {
  const pattern = scaffold === null ? null : rdkit.pattern(scaffoldSmarts(canonicalOf(scaffold)));
  const judged = texts.flatMap((text) => {
    const molecule = rdkit.parse(text);
    if (!molecule) return [];
    const one = { canonical: molecule.canonical, keeps: pattern === null || molecule.has(pattern) };
    molecule.dispose();
    return [one];
  });
  pattern?.dispose();
  return judged;
}

function canonicalOf(smiles: string): string {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  const { canonical } = molecule;
  molecule.dispose();
  return canonical;
}

const kept: { label: string; cells: [kept: number, unique: number] }[] = [];
let validWithout = NaN;
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)}%`.padStart(7);

console.log('  valid   keeps  unique  seconds  scaffold');
for (const scaffold of [null, ...SCAFFOLDS]) {
  const guide = scaffold === null ? null : scaffoldGuide(scaffoldTemplate(scaffold, rdkit), config);
  const started = performance.now();
  const samples = await sampler.sample(
    count,
    { temperature: 1, topP: 1 },
    (i) => randomStream(1, Purpose.sample, i),
    guide,
  );
  const seconds = (performance.now() - started) / 1000;
  const judged = judge(
    samples.flatMap(({ tokens, ended }) => (ended ? [decode(tokens)] : [])),
    scaffold,
  );
  const unique = new Set(judged.map(({ canonical }) => canonical)).size;
  const keeping = judged.filter(({ keeps }) => keeps).length;
  if (scaffold === null) validWithout = rounded((100 * judged.length) / count, 1);
  else
    kept.push({
      label: `\`${scaffold}\`${scaffold.includes('[*:') ? '' : ', open at every hydrogen'}`,
      cells: [rounded((100 * keeping) / count, 1), rounded((100 * unique) / judged.length, 1)],
    });
  console.log(
    `${percent(judged.length, count)} ${percent(keeping, count)} ${percent(unique, judged.length)}  ${seconds.toFixed(1).padStart(7)}  ${scaffold ?? '(none)'}`,
  );
}
await sampler.dispose();
record('scaffold', {
  seeds: '1',
  conditions: `\`druglike\`; ${count.toLocaleString('en-US')} samples for each scaffold.`,
  units: 'percent of the samples; different: percent of the valid ones',
  figures: { samples: count, valid_without: { value: validWithout, digits: 1, unit: '%' } },
  tables: {
    kept: {
      columns: [
        { label: 'scaffold' },
        { label: 'kept', digits: 1, unit: '%' },
        { label: 'different', digits: 1, unit: '%' },
      ],
      rows: kept,
    },
  },
});
