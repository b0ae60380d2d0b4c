/**
 * Estimates how long a design takes on this computer, from the latest comparable run in
 * the workspace or from a short trial stored in its settings; and reports how accurate
 * earlier estimates were.
 */
import { z } from 'zod';
import type { Estimate } from '../../contract/api.ts';
import {
  estimatedRuns,
  listRuns,
  type ReadableWorkspace,
  readSetting,
  type RunWithCounts,
  type WritableWorkspace,
  writeSetting,
} from '../../db/index.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import { machine } from '../compute/devices.ts';
import type { ResolvedDesign } from '../design/resolved.ts';
import { loadModel } from '../models/generators.ts';
import { type Pace, paceOf, paceSchema, secondsARound, secondsOf } from './pace.ts';
import { objectivesOf, threadsFor } from './setup.ts';
import { roundsOf, settingsOf } from './summary.ts';

const KEY = 'pace';
/** Trials that are kept. */
const KEPT = 20;
/** Finished runs by which estimates are judged. */
const JUDGED = 5;

const trialSchema = z.object({ like: z.string(), goals: z.string(), measured: z.string(), pace: paceSchema });
const trialsSchema = z.object({ machine: z.string(), trials: z.array(trialSchema) });
type Trial = z.infer<typeof trialSchema>;

/** Where a pace comes from. */
export interface Known {
  readonly pace: Pace;
  /** Whether the same goals and limits were scored there. */
  readonly sameGoals: boolean;
  /** In words, after "Estimated from". */
  readonly source: string;
}

/** What determines the pace of a design, apart from its goals. */
export function likeOf({ settings, prior }: Pick<ResolvedDesign, 'settings' | 'prior'>): string {
  return [loadModel(prior).key, learningOf(settings), threadsFor(settings)].join(' | ');
}

function learningOf({ method, loss }: RunSettings): string {
  return method === 'ric' ? method : loss;
}

function goalsOf({
  objectives,
  constraints,
}: {
  readonly objectives: readonly { id: string }[];
  readonly constraints: readonly { id: string }[];
}): string {
  return [...objectives, ...constraints]
    .map(({ id }) => id)
    .sort()
    .join(' | ');
}

function readTrials(db: ReadableWorkspace): readonly Trial[] {
  const stored = trialsSchema.safeParse(readSetting(db, KEY));
  return stored.success && stored.data.machine === machine() ? stored.data.trials : [];
}

/** Stores the result of a trial, replacing the last comparable one. */
export function keepTrial(db: WritableWorkspace, design: ResolvedDesign, pace: Pace): void {
  const [like, goals] = [likeOf(design), goalsOf(design)];
  const others = readTrials(db).filter((one) => one.like !== like || one.goals !== goals);
  writeSetting(db, KEY, {
    machine: machine(),
    trials: [{ like, goals, measured: new Date().toISOString(), pace }, ...others].slice(0, KEPT),
  });
}

/**
 * A run with the same goals takes precedence over a trial with the same goals, and both over those with other goals;
 * null if nothing comparable was timed.
 */
function knownPace(db: ReadableWorkspace, design: ResolvedDesign): Known | null {
  const like = likeOf(design);
  const goals = goalsOf(design);
  const ofRuns = listRuns(db)
    .filter((run) => (run.round ?? 0) > 1 && isLike(run, like))
    .map((run) => ofRun(db, run, goals));
  const ofTrials = readTrials(db)
    .filter((one) => one.like === like)
    .map((one) => ofTrial(one, goals));
  const known = [...ofRuns, ...ofTrials].filter((one) => one !== null);
  return known.find(({ sameGoals }) => sameGoals) ?? known[0] ?? null;
}

function isLike({ settings, priorKey, threads }: RunWithCounts, like: string): boolean {
  return [priorKey, learningOf(settingsOf({ settings })), threads].join(' | ') === like;
}

function ofRun(db: ReadableWorkspace, run: RunWithCounts, goals: string): Known | null {
  const pace = paceOf(roundsOf(db, run.id), { settings: settingsOf(run), objectives: objectivesOf(run) });
  const sameGoals = goalsOf(run) === goals;
  return pace && { pace, sameGoals, source: `run ${run.id}, which had ${sameGoals ? 'the same' : 'different'} goals` };
}

function ofTrial({ pace, goals: tried, measured }: Trial, goals: string): Known {
  const sameGoals = tried === goals;
  return {
    pace,
    sameGoals,
    source: `a short trial on this computer (${measured.slice(0, 10)}), with ${sameGoals ? 'these' : 'different'} goals`,
  };
}

/** Null if nothing comparable was timed on this computer yet. */
export function estimateOf(db: ReadableWorkspace, design: ResolvedDesign): Estimate | null {
  const known = knownPace(db, design);
  return known && estimateBy(known, design, pastOf(db));
}

/** @param past how accurate earlier estimates were, in words */
export function estimateBy({ pace, sameGoals, source }: Known, design: ResolvedDesign, past: string): Estimate {
  const { steps, merge_every } = design.settings;
  const [minutes, minutesARound] = [secondsOf(design, pace) / 60, secondsARound(design, pace) / 60];
  return {
    minutes,
    minutesOnce: minutes - (steps / merge_every) * minutesARound,
    minutesARound,
    sameGoals,
    basis: `Estimated from ${source}. ${past}`.trim(),
  };
}

/** Empty until a run with an estimate has finished. */
function pastOf(db: ReadableWorkspace): string {
  const ratios = estimatedRuns(db, JUDGED).map(
    ({ runId, expected }) => roundsOf(db, runId).reduce((sum, { seconds }) => sum + seconds, 0) / expected,
  );
  if (ratios.length === 0) return '';
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(1));
  const times = low === high ? low : `${low} to ${high}`;
  return ratios.length === 1
    ? `The last estimated run took ${times} times as long as expected.`
    : `The last ${ratios.length} estimated runs took ${times} times as long as expected.`;
}
