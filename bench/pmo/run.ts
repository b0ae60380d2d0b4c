/**
 * One task of the PMO benchmark in this process, one thread for training, by its counting rules (Gao et al. 2022,
 * mol_opt main/optimizer.py): a valid molecule that the run has not scored before costs one call; repeated and invalid
 * molecules cost nothing; the run ends when its calls are used up.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleRecord } from '../../engine/soup/types.ts';
import { writeWhole } from '../../host/base/write-whole.ts';
import { runInProcess } from '../learner/in-process.ts';
import type { Settings } from '../learner/run.ts';
import { diversityOf } from './diversity.ts';

/** A goal of a design file, as its [[objective]] table. */
type Goal = Readonly<Record<string, unknown>>;

export interface Task {
  readonly name: string;
  /** What is optimised, all together as the run's total. */
  readonly goals: readonly Goal[];
}

export interface Asked {
  readonly task: Task;
  readonly seed: number;
  readonly calls: number;
  readonly settings: Settings;
}

/** What a run of a task came to. */
export interface Outcome {
  readonly task: string;
  readonly seed: number;
  readonly settings: Settings;
  /** Calls used; fewer than allowed where the run ended before. */
  readonly calls: number;
  readonly sampled: number;
  /** Area under the mean of the best 10 over the calls allowed, in [0, 1]. */
  readonly auc: number;
  readonly top1: number;
  readonly top10: number;
  readonly top100: number;
  /** Mean of the best 10 after every 100 calls. */
  readonly curve: readonly number[];
  /** Of the best 100: share without a structural alert and with an SA score below 4.5, and mean pairwise distance. */
  readonly makeable: number;
  readonly diversity: number;
  readonly best: readonly (readonly [smiles: string, score: number])[];
  readonly seconds: number;
}

/** Measured beside the task and not learnt. */
const MEASURED: readonly Goal[] = [
  { id: 'alerts', weight: 0 },
  { id: 'sa', weight: 0 },
];
const MOST_SA = 4.5;

const PLAIN: Settings = {
  method: 'morlhf',
  aggregate: 'geometric',
  schedule: 'constant',
  measure_samples: 8,
  final_samples: 8,
};

/** Calls between two notes of the mean of the best. */
const EVERY = 100;

interface Call {
  readonly smiles: string;
  readonly score: number;
  readonly makeable: boolean;
}

class Spent extends Error {}

/** Runs to the end, or reads what a former run left. */
export async function outcomeOf(out: string, asked: Asked): Promise<Outcome> {
  const file = path.join(out, `${asked.task.name}-seed${asked.seed}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  mkdirSync(out, { recursive: true });
  const outcome = await run(file, asked);
  writeWhole(file, Buffer.from(JSON.stringify(outcome)));
  return outcome;
}

async function run(file: string, { task, seed, calls, settings }: Asked): Promise<Outcome> {
  const started = performance.now();
  const ledger = new Ledger(calls);
  try {
    await runInProcess(designOf(task, settings), file.replace(/\.json$/, '.toml'), seed, ({ samples }) => {
      ledger.add(samples);
      if (ledger.full) throw new Spent();
    });
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
  }
  return {
    task: task.name,
    seed,
    settings,
    ...(await ledger.figures()),
    seconds: (performance.now() - started) / 1000,
  };
}

function designOf({ name, goals }: Task, settings: Settings) {
  return {
    name: `PMO: ${name}`,
    modality: 'molecule',
    prior: 'druglike',
    run: { ...PLAIN, ...settings },
    objective: [...goals, ...MEASURED],
  };
}

/** The calls of a run in their order. */
class Ledger {
  readonly #allowed: number;
  readonly #calls = new Map<string, Call>();
  #sampled = 0;

  constructor(allowed: number) {
    this.#allowed = allowed;
  }

  get full(): boolean {
    return this.#calls.size >= this.#allowed;
  }

  add(samples: readonly SampleRecord[]): void {
    for (const { canonical, total, raw } of samples) {
      if (this.full) return;
      this.#sampled++;
      if (canonical === null || this.#calls.has(canonical)) continue;
      const [alerts, sa] = raw.slice(-MEASURED.length);
      const makeable = alerts === 0 && sa !== null && sa < MOST_SA;
      this.#calls.set(canonical, { smiles: canonical, score: total ?? 0, makeable });
    }
  }

  async figures(): Promise<Omit<Outcome, 'task' | 'seed' | 'settings' | 'seconds'>> {
    const calls = [...this.#calls.values()];
    const curve = curveOf(calls.map(({ score }) => score));
    const best = calls.toSorted((a, b) => b.score - a.score).slice(0, 100);
    const top = (n: number) => best.slice(0, n).reduce((sum, { score }) => sum + score, 0) / n;
    return {
      calls: calls.length,
      sampled: this.#sampled,
      auc: areaUnder(curve, calls.length, this.#allowed),
      top1: top(1),
      top10: top(10),
      top100: top(100),
      curve,
      makeable: best.filter(({ makeable }) => makeable).length / best.length,
      diversity: await diversityOf(best.map(({ smiles }) => smiles)),
      best: best.map(({ smiles, score }) => [smiles, score]),
    };
  }
}

/** Mean of the best 10 after each 100 calls, and after the last. */
function curveOf(scores: readonly number[]): number[] {
  const best: number[] = [];
  const curve: number[] = [];
  scores.forEach((score, i) => {
    best.push(score);
    best.sort((a, b) => b - a);
    best.length = Math.min(best.length, 10);
    if ((i + 1) % EVERY === 0 || i === scores.length - 1) curve.push(best.reduce((sum, x) => sum + x, 0) / best.length);
  });
  return curve;
}

/** Trapezoids over the calls; the last value counts for the calls that were not used. As mol_opt's top_auc. */
function areaUnder(curve: readonly number[], calls: number, allowed: number): number {
  let [area, before] = [0, 0];
  curve.forEach((now, i) => {
    const width = Math.min((i + 1) * EVERY, calls) - i * EVERY;
    area += (width * (now + before)) / 2;
    before = now;
  });
  return (area + (allowed - calls) * before) / allowed;
}
