/**
 * Speed of scoring beside Python RDKit: parsing, drug-likeness, SA score, logP, TPSA and ECFP4 similarity, with two
 * scoring workers and two Python processes that take turns.
 * Usage: npm run bench -- chem [REPEATS] [--out FILE.json]
 * Peer: python3 with rdkit.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ScoringPool } from '../engine/objectives/pool.ts';
import type { ScoringRequest } from '../engine/objectives/types.ts';
import { startScoringPool } from '../host/scoring/pool.ts';
import { record, recordNothing, rounded, words } from './record.ts';

const WORKERS = 2;
/** The batch size of `amalgam score`, which sends two batches at once. */
const BATCH = 512;
const REFERENCE = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';
const repeats = Number(words[0] ?? 5);
let rdkitVersion = '';

const request: ScoringRequest = {
  modality: 'molecule',
  objectives: [
    ...['qed', 'sa', 'logp', 'tpsa'].map((id) => ({ id, parameters: {} })),
    { id: 'similarity', parameters: { reference: REFERENCE } },
  ],
  constraints: [],
};

interface Figure {
  /** Molecules per second by the clock. */
  readonly rate: number;
  /** Molecules per second of processor time, of both workers together. */
  readonly perProcessor: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Every `repeats`-th of 10,000 molecules of ZINC and 5,000 of ChEMBL. */
function molecules(repeat: number): string[] {
  const lines = gunzipSync(readFileSync(path.join(process.cwd(), 'test/fixtures/chem/catalogue-molecules.smi.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  return lines.filter((_, i) => i % repeats === repeat);
}

async function amalgam(all: readonly string[]): Promise<Figure> {
  const pool = await startScoringPool({ request, workers: WORKERS });
  try {
    const half = all.length / 2;
    await pool.score(all.slice(0, half));
    const batches: string[][] = [];
    for (let i = Math.ceil(half); i < all.length; i += BATCH) batches.push(all.slice(i, i + BATCH));
    const start = performance.now();
    const before = process.cpuUsage();
    await Promise.all([scoreAll(pool, batches), scoreAll(pool, batches)]);
    const { user, system } = process.cpuUsage(before);
    return figure(all.length - Math.ceil(half), (performance.now() - start) / 1e3, (user + system) / 1e6);
  } finally {
    await pool.dispose();
  }
}

/** Scores batches until none is left. */
async function scoreAll(pool: ScoringPool, batches: string[][]): Promise<void> {
  for (let batch = batches.pop(); batch; batch = batches.pop()) await pool.score(batch);
}

function figure(count: number, seconds: number, processor: number): Figure {
  return { rate: count / seconds, perProcessor: count / processor };
}

/** @returns nothing if Python has no rdkit */
function python(all: readonly string[]): Figure[] {
  try {
    const output = execFileSync('python3', [path.join(process.cwd(), 'bench/peers/chem.py')], {
      input: all.join('\n'),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const { rdkit, seconds, processor, scored } = JSON.parse(output) as {
      rdkit: string;
      seconds: number;
      processor: number;
      scored: number;
    };
    rdkitVersion = rdkit;
    return [figure(scored, seconds, processor)];
  } catch {
    return [];
  }
}

function medians(figures: readonly Figure[]): [rate: number, perProcessor: number] {
  return [
    Math.round(median(figures.map(({ rate }) => rate))),
    Math.round(median(figures.map(({ perProcessor }) => perProcessor))),
  ];
}

function report(name: string, figures: readonly Figure[]): void {
  const rates = figures.map(({ rate }) => Math.round(rate));
  console.log(
    `${name}: ${Math.round(median(rates))} molecules per second (${rates.join(', ')}); ${Math.round(median(figures.map((one) => one.perProcessor)))} per second of processor time`,
  );
}

const ours: Figure[] = [];
const theirs: Figure[] = [];
for (let repeat = 0; repeat < repeats; repeat++) {
  const all = molecules(repeat);
  const runs = [async () => ours.push(await amalgam(all)), () => Promise.resolve(theirs.push(...python(all)))];
  // The order alternates, so that a machine that gets busier favours neither.
  for (const run of repeat % 2 === 0 ? runs : runs.reverse()) await run();
}
report(`Amalgam, ${WORKERS} workers`, ours);
if (theirs.length === repeats) {
  report('Python RDKit, 2 processes', theirs);
  const ratio = (value: (one: Figure) => number): number =>
    rounded(median(ours.map((one, i) => value(one) / value(theirs[i]))), 2);
  const ratios = [ratio((one) => one.rate), ratio((one) => one.perProcessor)];
  console.log(
    `Ratio: ${ratios[0].toFixed(2)} by the clock, ${ratios[1].toFixed(2)} by processor time (medians of ${repeats} turns)`,
  );
  record('chem', {
    seeds: 'none: the molecules are fixed',
    conditions: `${repeats} turns, two thirds of the molecules from ZINC and one third from ChEMBL; Amalgam and Python (\`bench/peers/chem.py\`) take turns. Medians.`,
    units: 'molecules per second by the clock and per second of processor time; ratios within the same turn',
    figures: { rdkit_version: rdkitVersion },
    tables: {
      speed: {
        columns: [
          { label: '' },
          { label: 'molecules per second' },
          { label: 'molecules per second of processor time' },
        ],
        rows: [
          { label: 'Python RDKit, 2 processes', cells: medians(theirs) },
          { label: `Amalgam, ${WORKERS} workers`, cells: medians(ours) },
          { label: 'Amalgam divided by Python, in the same turn', digits: 2, cells: ratios },
        ],
      },
    },
  });
} else {
  console.log('Python RDKit: omitted, because python3 has no rdkit or failed');
  recordNothing();
}
