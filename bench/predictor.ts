/**
 * Speed of the shipped predictors in sequences or molecules per second: all networks on one thread and on two, for DNA
 * with the word model and both strands, for molecules without parsing. Then the same as an objective, with two scoring
 * workers of one thread each. A generator writes the molecules.
 * Usage: npm run bench -- predictor [COUNT] [--out FILE.json]
 */
import { readFileSync } from 'node:fs';
import type { Molecule } from '../engine/chem/molecule.ts';
import { readGenerator } from '../engine/generator/checkpoint.ts';
import { Purpose, randomStream } from '../engine/generator/random.ts';
import { ChempropEnsemble, readChemprop } from '../engine/predictor/chemprop.ts';
import { readJointPredictor } from '../engine/predictor/joint/checkpoint.ts';
import { JointEnsemble } from '../engine/predictor/joint/predictor.ts';
import { readPredictor } from '../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../engine/predictor/sequence/ensemble.ts';
import type { Device } from '../engine/tensor/device.ts';
import { ortDevice } from '../engine/tensor/ort.ts';
import { loadRdkitFromDisk, readResource } from '../host/chemistry/chemistry.ts';
import { startScoringPool } from '../host/scoring/pool.ts';
import { sampleSmiles } from './models/molecule-prior.ts';
import { record, rounded, words } from './record.ts';

const count = Number(words[0] ?? 4096);
const THREADS = [1, 2];
const device = (threads: number) => ortDevice({ id: 'cpu', threads });
/** Number of predictions before the timing starts. */
const WARM = 64;

interface Timed<Input> {
  predict(inputs: readonly Input[]): Promise<unknown>;
  dispose(): Promise<void>;
}

async function timed<Input>(
  name: string,
  what: string,
  inputs: readonly Input[],
  ensemble: Timed<Input>,
): Promise<number> {
  await ensemble.predict(inputs.slice(0, WARM));
  const rest = inputs.slice(WARM);
  const [start, before] = [performance.now(), process.cpuUsage()];
  await ensemble.predict(rest);
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${name}: ${(rest.length / seconds).toFixed(0)} ${what} per second, ${(rest.length / ((user + system) / 1e6)).toFixed(0)} per second of processor time`,
  );
  await ensemble.dispose();
  return rounded(rest.length / seconds, 0);
}

/** As a design's objective: with the messages to and from the workers, and for molecules with parsing. */
async function asObjective(modality: 'molecule' | 'dna', id: string, inputs: readonly string[]): Promise<number> {
  const pool = await startScoringPool({
    request: { modality, objectives: [{ id, parameters: {} }], constraints: [] },
    workers: 2,
  });
  await pool.score(inputs.slice(0, WARM));
  const start = performance.now();
  await pool.score(inputs.slice(WARM));
  const rate = rounded((inputs.length - WARM) / ((performance.now() - start) / 1e3), 0);
  console.log(`${id}, two scoring workers: ${rate} per second`);
  await pool.dispose();
  return rate;
}

interface Asked<Input> {
  readonly name: string;
  readonly what: string;
  readonly inputs: readonly Input[];
  readonly ensemble: (device: Device) => Timed<Input> | Promise<Timed<Input>>;
  readonly modality: 'molecule' | 'dna';
  readonly objective: string;
  readonly texts: readonly string[];
}

/** Predictions per second with each number of threads, then as an objective. */
async function speedsOf<Input>(asked: Asked<Input>): Promise<number[]> {
  const { name, what, inputs, ensemble, modality, objective, texts } = asked;
  const cells: number[] = [];
  for (const threads of THREADS)
    cells.push(await timed(`${name}, threads: ${threads}`, what, inputs, await ensemble(device(threads))));
  return [...cells, await asObjective(modality, objective, texts)];
}

const speeds: { label: string; cells: number[] }[] = [];
for (const [name, objective, networks] of [
  ['lentimpra', 'dna-hepg2', 'six networks, both strands, 200 bases, words'],
  ['yeast-promoter', 'dna-yeast-ypd', 'six networks, 80 bases, words'],
]) {
  const predictor = readPredictor(readResource(`${name}/${name}.safetensors`));
  const random = randomStream(1, Purpose.sample);
  const sequences = Array.from({ length: count + WARM }, () =>
    Array.from({ length: predictor.network.length }, () => 'ACGT'[random.below(4)]).join(''),
  );
  const cells = await speedsOf({
    name,
    what: `sequences of ${predictor.network.length} bases`,
    inputs: sequences,
    ensemble: (one) => Ensemble.create(one, predictor),
    modality: 'dna',
    objective,
    texts: sequences,
  });
  speeds.push({ label: `${name}: ${networks} (\`${objective}\`)`, cells });
}

const rdkit = await loadRdkitFromDisk();

/** Distinct molecules with their graphs, as predictors receive them. */
async function moleculesOf(generator: string): Promise<Molecule[]> {
  const { smiles } = await sampleSmiles(readGenerator(readFileSync(`models/${generator}.safetensors`)), 2 * count, 1);
  const valid = [...new Set(smiles)].flatMap((one) =>
    rdkit.withMolecule<Molecule[]>(
      one,
      (molecule) => (molecule.graph, [molecule]),
      () => [],
    ),
  );
  return valid.slice(0, count + WARM);
}

const [small, druglike] = [await moleculesOf('qm9'), await moleculesOf('druglike')];
const quantum = readJointPredictor(readResource('qm9-properties/qm9-properties.safetensors'));
const ofQuantum = await speedsOf({
  name: 'qm9-properties',
  what: 'molecules of qm9',
  inputs: small,
  ensemble: (one) => new JointEnsemble(quantum, one),
  modality: 'molecule',
  objective: 'qm9-alpha',
  texts: small.map(({ input }) => input),
});
speeds.push({ label: 'qm9-properties: three networks (`qm9-alpha`)', cells: ofQuantum });
const admet = [0, 1, 2, 3, 4].map((i) => readChemprop(readResource(`admet-ai/regression_${i}.safetensors`)));
const ofAdmet = await speedsOf({
  name: 'admet-ai, regression',
  what: 'molecules of druglike',
  inputs: druglike,
  ensemble: (one) => new ChempropEnsemble(admet, one),
  modality: 'molecule',
  objective: 'admet-caco2-wang',
  texts: druglike.map(({ input }) => input),
});
speeds.push({
  label: 'admet-ai, regression: five networks of width 300, drug-like molecules (`admet-caco2-wang`)',
  cells: ofAdmet,
});
record('predictor', {
  seeds: '1',
  conditions: `${count.toLocaleString('en-US')} sequences or molecules.`,
  units: 'sequences or molecules per second',
  tables: {
    speed: {
      columns: [
        { label: 'per second' },
        { label: 'one thread' },
        { label: 'two threads' },
        { label: 'as an objective, two workers' },
      ],
      rows: speeds,
    },
  },
});
