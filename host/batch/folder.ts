/**
 * @file The folder of a batch: what it is to run (batch.json), and for each run a folder with its workspace and its
 * state. Every file is written whole, so that a batch that is killed anywhere continues from what the files say.
 *
 *   batch.json            the runs of the batch
 *   runs/ID/run.amalgam   workspace of one run
 *   runs/ID/state.json    how far the run is, and its result
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { acquireWriterLock, type WriterLock, writerLockIsHeld } from '../../db/index.ts';
import { errorText, InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { writeWhole } from '../base/write-whole.ts';
import type { BatchPlan, PlannedRun } from './batch-plan.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const listedRun = z.object({
  id: z.string(),
  design: z.string(),
  seed: z.number(),
  varied: z.record(z.string(), z.union([scalar, z.array(scalar)])),
  /** Sequences that it generates and scores. */
  sequences: z.number(),
});
const listing = z.object({ amalgam: z.string(), runs: z.array(listedRun) });

const score = z.number().nullable();
const resultSchema = z.object({
  modality: z.enum(['molecule', 'dna']),
  /** Sequences generated and scored, and distinct candidates among them. */
  scored: z.number(),
  candidates: z.number(),
  /** Of fresh samples of the last merge: shares, mean total, goals in the design's order. */
  valid: score,
  unique: score,
  total: score,
  goals: z.array(z.object({ name: z.string(), label: z.string(), mean: score, raw: score })),
  hypervolume: score,
  /** Mean total of each round, from round 0. */
  totals: z.array(score),
  best: z.object({ sequence: z.string(), total: score }).nullable(),
  generator: z.object({ name: z.string(), key: z.string() }),
  predictors: z.string(),
});

const runState = z.object({
  state: z.enum(['running', 'paused', 'finished', 'failed']),
  error: z.string().nullable(),
  round: z.number(),
  rounds: z.number(),
  /** Of computing, in all rounds. */
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  /** That computed it. */
  amalgam: z.string(),
  result: resultSchema.nullable(),
});

/** A run as batch.json lists it. */
export type ListedRun = z.infer<typeof listedRun>;
export type RunResult = z.infer<typeof resultSchema>;
export type BatchRunState = z.infer<typeof runState>;

/** What a user sees of a run: its state, or why there is none. */
export interface RunStatus extends Omit<BatchRunState, 'state'> {
  readonly run: ListedRun;
  /** 'waiting' before its first round, 'interrupted' where its process was killed. */
  readonly state: BatchRunState['state'] | 'waiting' | 'interrupted';
}

export class BatchFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Makes the folder of a run. */
  make(id: string): void {
    mkdirSync(this.#runFolder(id), { recursive: true });
  }

  workspace(id: string): string {
    return join(this.#runFolder(id), 'run.amalgam');
  }

  /** @returns null before the run's first round @throws InputError for a damaged file */
  state(id: string): BatchRunState | null {
    return readJson(join(this.#runFolder(id), 'state.json'), runState);
  }

  keepState(id: string, state: BatchRunState): void {
    writeWhole(join(this.#runFolder(id), 'state.json'), Buffer.from(JSON.stringify(state)));
  }

  /** The runs of the batch, in order. @throws InputError where this is no folder of a batch */
  runs(): ListedRun[] {
    const read = this.#listing();
    if (read === null)
      throw new InputError(
        `${this.path} is not the folder of a batch: it has no batch.json. Give the folder that --out named.`,
      );
    return read.runs;
  }

  status(): RunStatus[] {
    return this.runs().map((run) => this.#statusOf(run));
  }

  /**
   * Makes the folder, or checks that it belongs to these runs. A plan that keeps all runs of the folder and has further
   * ones extends the batch.
   * @throws InputError for a folder of another plan or version, or with other files
   */
  claim({ runs }: Pick<BatchPlan, 'runs'>, sequencesOf: (run: PlannedRun) => number): void {
    if (existsSync(this.path) && !statSync(this.path).isDirectory())
      throw new InputError(`${this.path} is a file. Give a folder with --out.`);
    mkdirSync(this.path, { recursive: true });
    const before = this.#listing();
    if (before !== null) this.#refuseOther(before, runs);
    const listed = runs.map((run) => ({
      id: run.id,
      design: run.variant.name,
      seed: run.seed,
      varied: run.variant.varied,
      sequences: sequencesOf(run),
    }));
    const text = JSON.stringify({ amalgam: version, runs: listed });
    // Tasks of an array begin at once and would all write the same.
    if (before === null || JSON.stringify(before) !== text) writeWhole(this.file('batch.json'), Buffer.from(text));
  }

  /** @throws InputError where another process runs a batch in the folder */
  lock(): WriterLock {
    const lock = acquireWriterLock(this.file('batch'));
    if (lock === null)
      throw new InputError(
        `Another process runs a batch in ${this.path}. Wait until it ends, or give another folder with --out.`,
      );
    return lock;
  }

  #refuseOther(before: z.infer<typeof listing>, runs: readonly PlannedRun[]): void {
    if (before.amalgam !== version)
      throw new InputError(
        `${this.path} holds a batch of Amalgam ${before.amalgam}, and this is ${version}: their results would not be comparable. Give another folder with --out.`,
      );
    const ids = new Set(runs.map(({ id }) => id));
    const gone = before.runs.filter(({ id }) => !ids.has(id));
    if (gone.length > 0)
      throw new InputError(
        `${this.path} holds a batch of another plan: ${gone.length} of its ${before.runs.length} runs are not in this one, such as ${gone[0].id} (${gone[0].design}, seed ${gone[0].seed}). A design, a model or a seed has changed. Give another folder with --out.`,
      );
  }

  #listing(): z.infer<typeof listing> | null {
    return readJson(this.file('batch.json'), listing);
  }

  #statusOf(run: ListedRun): RunStatus {
    const state = this.state(run.id);
    if (state === null) return { ...WAITING, run, state: 'waiting', amalgam: version };
    const isDead = state.state === 'running' && !writerLockIsHeld(this.workspace(run.id));
    return { ...state, run, state: isDead ? 'interrupted' : state.state };
  }

  #runFolder(id: string): string {
    return join(this.path, 'runs', id);
  }
}

const WAITING = { error: null, round: 0, rounds: 0, seconds: 0, secondsLeft: null, result: null } as const;

/** @returns null where there is no such file */
function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new InputError(`Cannot read ${file}: ${errorText(error)}.`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${file} is damaged: ${errorText(error)}`);
  }
}
