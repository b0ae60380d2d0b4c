/**
 * One run of a design in this process, one thread for training, and what it
 * shows at each merge, as a line of JSON per merge.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { decoderShape } from '../../engine/generator/checkpoint.ts';
import { decoderParameters, type ParameterSpec } from '../../engine/generator/decoder.ts';
import { elements } from '../../engine/generator/parameters.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { evaluate } from '../../engine/soup/metrics.ts';
import type { Moments, RoundCommit, SampleRecord } from '../../engine/soup/types.ts';
import { runInProcess } from './in-process.ts';

export type Settings = Readonly<Record<string, string | number | boolean>>;

/** What is run: a design file with settings of its [run] table replaced, and a seed. */
export interface Asked {
  readonly design: string;
  readonly variant: string;
  readonly settings: Settings;
  readonly seed: number;
}

/** What a merge shows of itself, measured on fresh samples. */
export interface MergeLine {
  readonly round: number;
  readonly rounds: number;
  /** Sequences scored in the run so far. */
  readonly scored: number;
  readonly total: number | null;
  readonly objectives: readonly (number | null)[];
  readonly worst: number | null;
  readonly hypervolume: number | null;
  readonly valid: number;
  readonly unique: number;
  /** Distinct molecules or sequences as a share of the valid ones, over the run so far. */
  readonly uniqueOfRun: number;
  /** Mean totals of the best 10 and 100 distinct sequences that the run has found so far. */
  readonly best10: number | null;
  readonly best100: number | null;
  /** Mean over experts, nats per sequence. */
  readonly klPrior: number | null;
  /** Mean over experts: distance from the round's start relative to the weights' length. */
  readonly stepLength: number | null;
  readonly disagreement: number | null;
  readonly expertSpread: number | null;
  /** Share of the gradient's power that is signal, by part of the generator; empty in round 0. */
  readonly signal: Readonly<Record<string, number>>;
  /** Of the round. */
  readonly seconds: number;
  /** Of the experts in the round, by what they did. */
  readonly spent: Readonly<Record<'sampling' | 'scoring' | 'learning', number>>;
}

export function linesOf(out: string, asked: Asked): MergeLine[] | null {
  const file = fileOf(out, asked);
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MergeLine);
  const last = lines.at(-1);
  return last !== undefined && last.round === last.rounds ? lines : null;
}

function fileOf(out: string, { design, variant, seed }: Asked): string {
  const name = variant.replace(/[^\w.=-]+/g, '_');
  return path.join(out, path.basename(design, '.toml'), `${name}-seed${seed}.jsonl`);
}

/** Runs to the end. A run that was interrupted starts again from the beginning. */
export async function runOnce(out: string, asked: Asked): Promise<MergeLine[]> {
  const file = fileOf(out, asked);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const given = parse(readFileSync(asked.design, 'utf8')) as { run?: Settings };
  const design = { ...given, run: { ...given.run, ...asked.settings } };
  const lines: MergeLine[] = [];
  const found = new Map<string, number>();
  await runInProcess(design, file.replace(/\.jsonl$/, '.toml'), asked.seed, (round) => {
    const { steps, merge_every } = round.resolved.settings;
    for (const { canonical, total } of round.samples) if (canonical !== null) found.set(canonical, total ?? 0);
    const line = {
      ...lineOf(round, steps / merge_every, decoderParameters(decoderShape(round.prior.config))),
      ...bestOf([...found.values()]),
    };
    lines.push(line);
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  });
  return lines;
}

function bestOf(totals: readonly number[]): Pick<MergeLine, 'best10' | 'best100'> {
  const sorted = totals.toSorted((a, b) => b - a);
  return { best10: meanOf(sorted.slice(0, 10)), best100: meanOf(sorted.slice(0, 100)) };
}

function lineOf(
  { state, samples, metrics }: RoundCommit,
  rounds: number,
  specs: readonly ParameterSpec[],
): Omit<MergeLine, 'best10' | 'best100'> {
  const measured = samples.filter(({ source }) => source === 'merge' || source === 'prior');
  const { scored, unique, valid } = state.counters;
  return {
    round: metrics.round,
    rounds,
    scored,
    ...measuredFigures(measured, metrics.objectives.length),
    uniqueOfRun: unique / valid,
    klPrior: meanOf(metrics.experts.map(({ klPrior }) => klPrior)),
    stepLength: meanOf(metrics.experts.map(({ drift }) => drift)),
    disagreement: metrics.disagreement,
    expertSpread: metrics.expertSpread,
    signal: signalShares(
      state.experts.flatMap(({ moments }) => moments ?? []),
      specs,
    ),
    seconds: metrics.seconds,
    spent: {
      sampling: sumOf(metrics.experts.map(({ secondsSampling }) => secondsSampling)),
      scoring: sumOf(metrics.experts.map(({ secondsScoring }) => secondsScoring)),
      learning: sumOf(metrics.experts.map(({ secondsLearning }) => secondsLearning)),
    },
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0);
}

function measuredFigures(measured: readonly SampleRecord[], objectives: number) {
  const figures = evaluate(measured, objectives, new Set(), randomStream(0, Purpose.sample));
  return {
    total: figures.total,
    objectives: figures.objectives.map(({ mean }) => mean),
    worst: figures.worst,
    hypervolume: figures.hypervolume.value,
    valid: figures.valid,
    unique: figures.unique,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumOf(values) / values.length;
}

/** Adam's decay of the first moment: for pure noise m^2 is this share of v in the mean. */
const NOISE_SHARE = (1 - 0.9) / (1 + 0.9);

/**
 * Share of signal in the gradients by Adam's running means, (|m|^2 / |v| - c) / (1 - c) with
 * c = (1 - beta1) / (1 + beta1): 0 for pure noise, 1 for one gradient again and again.
 */
function signalShares(moments: readonly Moments[], specs: readonly ParameterSpec[]): Record<string, number> {
  const power = new Map<string, { first: number; second: number }>();
  for (const { first, second, steps } of moments) {
    const [a, b] = [1 - 0.9 ** steps, 1 - 0.999 ** steps];
    let at = 0;
    for (const { name, shape } of specs) {
      const part = name.startsWith('block.') ? name.split('.').slice(0, 2).join('.') : name;
      const sums = power.get(part) ?? { first: 0, second: 0 };
      for (const end = at + elements(shape); at < end; at++) {
        sums.first += (first[at] / a) ** 2;
        sums.second += second[at] / b;
      }
      power.set(part, sums);
    }
  }
  return Object.fromEntries(
    [...power].map(([part, { first, second }]) => [part, (first / second - NOISE_SHARE) / (1 - NOISE_SHARE)]),
  );
}
