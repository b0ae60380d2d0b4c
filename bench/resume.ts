/**
 * Tests the exact resume. A run is killed with SIGKILL at random moments (the host's process, the compute process and
 * both in turn), resumed until it ends, and compared with one that was never killed: every row and every byte of the
 * weights.
 * Usage: npm run bench -- resume [DESIGN.toml] [MOMENTS] [SEED]
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { close, dumpForComparison, listRuns, openForReading, type RunDump } from '../db/index.ts';
import { randomStream } from '../engine/generator/random.ts';

const [file = 'bench/resume.toml', moments = '20', seed = '1'] = process.argv.slice(2);
const folder = path.resolve('cache/bench');
const wholeWorkspace = path.join(folder, 'resume-whole.amalgam');
const killedWorkspace = path.join(folder, 'resume-killed.amalgam');

function fresh(workspace: string): void {
  for (const ending of ['', '-wal', '-shm', '-lock']) rmSync(workspace + ending, { force: true });
}

const command = (workspace: string, ...more: string[]) => [
  'dist/host/cli.js',
  'design',
  ...more,
  '--workspace',
  workspace,
  '--device',
  'cpu',
];

function read<T>(workspace: string, look: (db: ReturnType<typeof openForReading>) => T): T {
  const db = openForReading(workspace);
  try {
    return look(db);
  } finally {
    close(db);
  }
}

/** The compute process is the host's only child. */
function computeOf(host: number): number | undefined {
  const children = readFileSync(`/proc/${host}/task/${host}/children`, 'utf8').trim();
  return children === '' ? undefined : Number(children.split(' ')[0]);
}

const victims = ['host', 'compute', 'everything'] as const;
type Victim = (typeof victims)[number];

/** Lets a process run for `ms`, then kills it, its child or both. @returns whether it was still running */
async function killAfter(args: readonly string[], ms: number, victim: Victim): Promise<boolean> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const first = await Promise.race([ended, wait(ms)]);
  if (first !== undefined) return false;
  const compute = victim === 'host' ? undefined : computeOf(child.pid!);
  if (compute !== undefined) process.kill(compute, 'SIGKILL');
  if (victim !== 'compute' || compute === undefined) child.kill('SIGKILL');
  await ended;
  return true;
}

/** A kill may come before the workspace or the run exists. */
function stateOf(workspace: string): string | null {
  if (!existsSync(workspace)) return null;
  return read(workspace, (db) => listRuns(db)[0]?.state ?? null);
}

mkdirSync(folder, { recursive: true });
[wholeWorkspace, killedWorkspace].forEach(fresh);
const started = performance.now();
execFileSync(process.execPath, command(wholeWorkspace, file, '--seed', seed), {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const seconds = (performance.now() - started) / 1000;
const random = randomStream(Number(seed), 20);
let kills = 0;
while (kills < Number(moments)) {
  const state = stateOf(killedWorkspace);
  if (state === 'finished') {
    compare();
    fresh(killedWorkspace);
    continue;
  }
  const args =
    state !== null ? command(killedWorkspace, '--resume', '1') : command(killedWorkspace, file, '--seed', seed);
  const victim = victims[kills % victims.length];
  const ms = 300 + random.uniform() * seconds * 900;
  if (await killAfter(args, ms, victim)) {
    kills++;
    console.log(`kill ${kills}: ${victim} after ${(ms / 1000).toFixed(1)} s`);
  }
}
if (stateOf(killedWorkspace) !== 'finished')
  execFileSync(process.execPath, command(killedWorkspace, '--resume', '1'), { stdio: ['ignore', 'ignore', 'inherit'] });
compare();

function compare(): void {
  const [whole, killed] = [wholeWorkspace, killedWorkspace].map((workspace) =>
    read(workspace, (db) => dumpForComparison(db, 1)),
  ) as [RunDump, RunDump];
  const different = Object.keys(whole.tables).filter(
    (table) => whole.tables[table].digest !== killed.tables[table].digest,
  );
  console.log(
    different.length === 0
      ? `After ${kills} kills: the same ${whole.tables.sample.rows} samples, ${whole.tables.candidate.rows} molecules and ${whole.tables.blob.rows} stored states, ${whole.digest}`
      : `After ${kills} kills, different: ${different.join(', ')}`,
  );
  if (different.length > 0) process.exitCode = 1;
}
