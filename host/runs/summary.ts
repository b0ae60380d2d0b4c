/** Runs as the interface and the command line show them, from stored rows. */
import type { RoundMetrics, RunSummary } from '../../contract/api.ts';
import { roundMetrics } from '../../contract/api.ts';
import {
  type ReadableWorkspace,
  roundMetricsOf,
  roundSecondsOf,
  type Run,
  type RunWithCounts,
  settingsOfRound,
} from '../../db/index.ts';
import { stageOf, warmRoundsOf } from '../../engine/soup/schedule.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import { secondsAtPace } from '../base/time-left.ts';
import { withFormerSettings } from '../design/stored.ts';

/** Rounds from which the time left is estimated. */
const RECENT_ROUNDS = 5;

/** Live numbers of a run's committed rounds, first to last. */
export function roundsOf(db: ReadableWorkspace, runId: number): RoundMetrics[] {
  return roundMetricsOf(db, runId).map((metrics) => roundMetrics.parse(metrics));
}

/** Settings were complete and checked when the run was made. */
export function settingsOf(run: { readonly settings: unknown }): RunSettings {
  return withFormerSettings(run.settings as RunSettings);
}

function plannedRounds({ steps, merge_every: m }: RunSettings): number {
  return steps / m;
}

type Planned = Pick<Run, 'id' | 'settings'>;

/** The first round after which a run can be steered, if its method allows it: it has experts, or learnt to be asked. */
export function firstExpertRound(db: ReadableWorkspace, run: Planned): number {
  const settings = settingsOf(run);
  if (settings.method !== 'ric') return warmRoundsOf(settings) + 1;
  const rounds = Array.from({ length: plannedRounds(settings) }, (_, i) => i + 1);
  return rounds.find((round) => endsStage(db, run, round)) ?? rounds.length;
}

/** By the plan that the run had in that round; extending it changes the plan. */
function endsStage(db: ReadableWorkspace, run: Planned, round: number): boolean {
  const then = settingsOf({ settings: settingsOfRound(db, run.id, round).settings ?? run.settings });
  return stageOf({ rounds: plannedRounds(then) }, then.online_stages, round).rounds > 0;
}

/** @param message shown beside the state; by default the run's error */
export function summaryOf(db: ReadableWorkspace, run: RunWithCounts, message: string | null = run.error): RunSummary {
  // Round 0 measures the prior.
  const seconds = roundSecondsOf(db, run.id);
  const settings = settingsOf(run);
  const rounds = plannedRounds(settings);
  const { id, designId, designName: design, state, method, seed, scored, valid, unique, best, created, updated } = run;
  return {
    id,
    designId,
    design,
    state,
    method,
    seed,
    scored,
    valid,
    unique,
    best,
    created,
    updated,
    message,
    device: deviceText(run),
    round: run.round ?? 0,
    rounds,
    firstExpertRound: firstExpertRound(db, run),
    seconds: sum(seconds),
    secondsLeft: state === 'running' ? secondsOfRest(seconds, rounds) : null,
  };
}

const DEVICES: Readonly<Record<string, string>> = {
  webgpu: 'GPU (WebGPU)',
  cuda: 'GPU (CUDA)',
  tensorflow: 'TensorFlow',
};

/** The device in words; for the CPU with the threads per worker. */
function deviceText({ device, threads }: RunWithCounts): string {
  return DEVICES[device] ?? `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'} per worker`;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** At the pace of the latest rounds, so that the estimate follows a change of pace. */
function secondsOfRest(seconds: readonly number[], rounds: number): number | null {
  const done = seconds.length - 1;
  if (done < 1) return null;
  const recent = seconds.slice(1).slice(-RECENT_ROUNDS);
  return secondsAtPace(sum(recent), recent.length, rounds - done);
}
