/** @file One run of one method: the fresh sequences of its last merge, kept in a file. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import type { Judgement, SampleRecord } from '../../engine/soup/types.ts';
import { writeWhole } from '../../host/base/write-whole.ts';
import type { ResolvedDesign } from '../../host/design/resolved.ts';
import { runInProcess } from '../learner/in-process.ts';
import type { Settings } from '../learner/run.ts';

export interface Asked {
  readonly design: string;
  readonly method: string;
  readonly settings: Settings;
  readonly seed: number;
}

type FinalSample = Pick<SampleRecord, 'canonical' | 'scaffold' | 'raw' | 'scores' | 'total' | 'constraints'>;

/** What a run came to. */
export interface Final {
  readonly goals: readonly string[];
  readonly judgement: Judgement;
  /** Fresh sequences of the last merge. */
  readonly samples: readonly FinalSample[];
  /** Sequences scored. */
  readonly scored: number;
  readonly seconds: number;
}

/** Runs to the end, or reads what a former run left. A run that was interrupted starts again. */
export async function finalOf(out: string, asked: Asked): Promise<Final> {
  const { design, method, settings, seed } = asked;
  const name = `${path.basename(design, '.toml')}-${method.replace(/[^\w.=-]+/g, '_')}-seed${seed}`;
  const file = path.join(out, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Final;
  mkdirSync(out, { recursive: true });
  console.error(`${design}, ${method}, seed ${seed} ...`);
  const given = parse(readFileSync(design, 'utf8')) as { run?: Settings };
  const final = await run({ ...given, run: { ...given.run, ...settings } }, path.join(out, `${name}.toml`), seed);
  writeWhole(file, Buffer.from(JSON.stringify(final)));
  return final;
}

async function run(design: Readonly<Record<string, unknown>>, file: string, seed: number): Promise<Final> {
  const started = performance.now();
  let final: Omit<Final, 'seconds'> | null = null;
  await runInProcess(design, file, seed, ({ state, samples, last, resolved }) => {
    if (!last) return;
    final = {
      goals: resolved.objectives.map(({ label }) => label),
      judgement: judgementOf(resolved),
      samples: samples.filter(({ source }) => source === 'merge').map(kept),
      scored: state.counters.scored,
    };
  });
  if (final === null) throw new Error(`${file} ended before its last round.`);
  return { ...(final as Omit<Final, 'seconds'>), seconds: (performance.now() - started) / 1000 };
}

/** Without the constraints: they shape the rewards, and the methods are compared by their goals. */
function judgementOf({ objectives, settings }: ResolvedDesign): Judgement {
  const weights = normaliseWeights(objectives.map(({ weight }) => weight));
  return {
    objectives: objectives.map(({ goal }, i) => ({ goal, weight: weights[i] })),
    constraints: [],
    aggregate: settings.aggregate,
  };
}

function kept({ canonical, scaffold, raw, scores, total, constraints }: SampleRecord): FinalSample {
  return { canonical, scaffold, raw, scores, total, constraints };
}
