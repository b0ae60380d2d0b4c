/**
 * Speed of the workspace: candidates in, the best of them out.
 *
 *   npx esbuild bench/db.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench/db.mjs
 *   node dist/bench/db.mjs [candidates for the ranking, default 1000000]
 *
 * Files go to the system's temporary folder and are removed. "Cold" is a new
 * process with a new handle, the file in the operating system's cache; "disk" is
 * the same with the file dropped from that cache (Linux, GNU dd; best effort).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  close,
  commitRound,
  createDesign,
  createRun,
  dropSuperseded,
  type NewRound,
  openForReading,
  openForWriting,
  topCandidates,
  type TopRequest,
} from '../db/index.ts';

const objectives = 5;
const weights = [0.4, 0.2, 0.1, 0.2, 0.1];
const roundCandidates = 1_000;

/** Marsaglia's xorshift32, sufficient for a benchmark. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function syntheticRound(runId: number, number: number, count: number): NewRound {
  const uniform = uniforms(number + 1);
  const candidates = Array.from({ length: count }, (_, i) => {
    const scores = Array.from({ length: objectives }, uniform);
    const sequence = `CC(=O)Nc1ccc(cc1)S(=O)(=O)N2CCOCC2N${number}F${i}`;
    return {
      sequence,
      scaffold: `c1ccccc1.${Math.floor(uniform() * 300)}`,
      raw: scores.map((s) => 10 * s),
      scores,
      constraints: [0],
      feasible: uniform() < 0.9,
    };
  });
  const samples = candidates.map(({ sequence }) => ({
    text: sequence,
    parents: null,
    canonical: sequence,
    logLikelihood: -30,
    priorLogLikelihood: -32,
    reward: 0.5,
  }));
  const rollouts = [{ step: number, expert: 0, sampler: { temperature: 1 }, samples }];
  const merged = new Uint8Array(1_024).fill(number % 251);
  return { runId, number, mergeWeights: weights, merged, experts: [], states: {}, metrics: {}, rollouts, candidates };
}

/** A workspace with one run. Only the commits are timed, not the generation of the data. @returns seconds of commits */
function fill(path: string, count: number, perRound: number): number {
  const db = openForWriting(path);
  const designId = createDesign(db, { name: 'bench', modality: 'molecule', source: '', resolved: {} });
  const goals = weights.map((weight, i) => ({ id: `goal${i}`, label: `Goal ${i}`, weight }));
  const runId = createRun(db, {
    ...{ designId, seed: 0, method: 'iterative', settings: {}, objectives: goals, constraints: [{ id: 'alerts' }] },
    ...{ aggregate: 'arithmetic', prior: 'none', priorKey: '', device: 'none', threads: 1, software: 'bench' },
  });
  let seconds = 0;
  for (let round = 0; round * perRound < count; round++) {
    const data = syntheticRound(runId, round, perRound);
    const start = performance.now();
    commitRound(db, data);
    dropSuperseded(db, runId, ['merged']);
    seconds += (performance.now() - start) / 1_000;
  }
  close(db);
  return seconds;
}

const requests: Record<string, TopRequest> = {
  'one objective': { by: 2, limit: 100 },
  'weighted total': { by: 'total', weights: [0.1, 0.2, 0.3, 0.2, 0.2], limit: 100 },
  'weighted total, geometric': { by: 'total', aggregate: 'geometric', limit: 100 },
  'weighted total, distinct scaffolds': { by: 'total', limit: 100, distinctScaffolds: true },
};

/**
 * Output of a query process in milliseconds: opening, the first query and its processor time, the median of the others.
 */
interface Timing {
  open: number;
  cold: number;
  coldCpu: number;
  warm: number;
}

function timeQuery(path: string, request: TopRequest): Timing {
  const start = performance.now();
  const db = openForReading(path);
  const opened = performance.now();
  const cpu = process.cpuUsage();
  topCandidates(db, 1, request);
  const first = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const rest = Array.from({ length: 15 }, () => elapsed(() => topCandidates(db, 1, request))).sort((a, b) => a - b);
  close(db);
  return { open: opened - start, cold: first - opened, coldCpu: (user + system) / 1_000, warm: rest[7] };
}

function elapsed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function inNewProcess(path: string, name: string): Timing {
  const self = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [self, '--query', path, name], { encoding: 'utf8' })) as Timing;
}

function dropFromCache(path: string): boolean {
  return (
    spawnSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']).status === 0
  );
}

function benchInsert(folder: string): void {
  for (const perRound of [100_000, roundCandidates]) {
    const path = join(folder, `insert-${perRound}.amalgam`);
    const seconds = fill(path, 100_000, perRound);
    console.log(
      `100,000 candidates with 5 scores and a sample each, ${perRound} a round: ${seconds.toFixed(2)} s (${megabytes(path)} MB)`,
    );
    rmSync(path);
  }
}

function benchTop(folder: string, count: number): void {
  const path = join(folder, 'top.amalgam');
  const seconds = fill(path, count, roundCandidates);
  console.log(`${count} candidates: filled in ${seconds.toFixed(0)} s, ${megabytes(path)} MB`);
  for (const name of Object.keys(requests)) {
    const timings = Array.from({ length: 9 }, () => inNewProcess(path, name));
    const disk = dropFromCache(path) ? `, disk ${inNewProcess(path, name).cold.toFixed(1)} ms` : '';
    const parts = (['warm', 'cold', 'coldCpu', 'open'] as const).map(
      (part) => `${part} ${summary(timings.map((timing) => timing[part]))}`,
    );
    console.log(`top 100 by ${name}, median (best) of 9 processes: ${parts.join(', ')}${disk}`);
  }
}

function summary(milliseconds: number[]): string {
  const sorted = milliseconds.sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1].toFixed(1)} (${sorted[0].toFixed(1)}) ms`;
}

const megabytes = (path: string) => (statSync(path).size / 1e6).toFixed(0);

function main(count: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-bench-'));
  try {
    benchInsert(folder);
    benchTop(folder, count);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, path, name] = process.argv.slice(2);
if (first === '--query') console.log(JSON.stringify(timeQuery(path, requests[name])));
else main(Number(first ?? 1_000_000));
