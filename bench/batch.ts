/**
 * @file Batches at scale, with invented runs: how long the state of many runs takes to read, and what merging millions
 * of candidates takes in time and memory.
 *
 *   npm run bench -- batch [runs, default 10000] [candidates, default 10000000]
 *
 * Files go to the system's temporary folder and are removed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CandidateMerge } from '../db/index.ts';
import { version } from '../host/base/paths.ts';
import { BatchFolder, type BatchRunState } from '../host/batch/folder.ts';

const [runs, candidates] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 10_000_000)];
const folder = mkdtempSync(join(tmpdir(), 'amalgam-batch-'));

const state: BatchRunState = {
  ...{ state: 'finished', error: null, round: 24, rounds: 24, seconds: 300, secondsLeft: null, amalgam: version },
  result: {
    ...{ modality: 'molecule', scored: 12_000, candidates: 9_000, valid: 0.95, unique: 0.99, total: 0.6 },
    goals: Array.from({ length: 4 }, (_, i) => ({ name: `goal${i}`, label: `Goal ${i}`, mean: 0.5, raw: 1.5 })),
    totals: Array.from({ length: 25 }, (_, i) => 0.3 + i / 100),
    hypervolume: 0.2,
    best: { sequence: 'CC(=O)Nc1ccc(cc1)S(=O)(=O)N2CCOCC2', total: 0.9 },
    generator: { name: 'druglike', key: 'ab'.repeat(32) },
    predictors: '',
  },
};

/** Three of four runs are finished. */
function inventRuns(): void {
  const listed = Array.from({ length: runs }, (_, i) => ({
    ...{ id: i.toString(16).padStart(12, '0'), design: `Design ${i % 20}`, seed: i, sequences: 12_000 },
    varied: { 'run.merge_every': i % 5 },
  }));
  writeFileSync(join(folder, 'batch.json'), JSON.stringify({ amalgam: version, runs: listed }));
  for (const { id } of listed.slice(0, Math.round(0.75 * runs))) {
    mkdirSync(join(folder, 'runs', id), { recursive: true });
    writeFileSync(join(folder, 'runs', id, 'state.json'), JSON.stringify(state));
  }
}

interface Timed {
  readonly seconds: number;
  /** Of the processor, which other programs do not lengthen. */
  readonly cpuSeconds: number;
}

function timed(work: () => void): Timed {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

const text = ({ seconds, cpuSeconds }: Timed) =>
  `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of the processor)`;
const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

const PER_RUN = 100_000;

function merge(count: number): void {
  const scratch = new CandidateMerge(join(folder, 'scratch'));
  let most = 0;
  const values = JSON.stringify({ raw: { qed: 0.71, similarity: 0.32, sa: 2.9 }, feasible: true });
  const insert = timed(() => {
    for (let done = 0; done < count; done += 1000) {
      const run = `run${Math.floor(done / PER_RUN)}`;
      // Every other candidate was found before.
      const rows = Array.from({ length: 1000 }, (_, i) => {
        const key = Math.imul(((done + i) * 7919) % (count / 2), 2654435761) >>> 0;
        return {
          key: `KEY${key}-UHFFFAOYSA-N`,
          run,
          sequence: `CC(=O)Nc1ccc(cc1)S(=O)(=O)N2CCOCC2${key}`,
          total: key / 2 ** 32,
          values,
        };
      });
      scratch.add(rows);
      most = Math.max(most, megabytes());
    }
  });
  let different = 0;
  const read = timed(() => {
    const rows = scratch.merged();
    while (rows.next().done !== true) if (++different % 100_000 === 0) most = Math.max(most, megabytes());
  });
  scratch.dispose();
  console.log(
    `${count} candidates, ${different} different: in ${text(insert)}, merged ${text(read)}, ${most} MB of memory.`,
  );
}

try {
  inventRuns();
  const batch = new BatchFolder(folder);
  console.log(
    `State of ${runs} runs: ${text(timed(() => void batch.status()))}, again ${text(timed(() => void batch.status()))}.`,
  );
  for (const count of [candidates / 10, candidates]) merge(count);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
