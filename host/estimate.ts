/** How long a design will take, from what runs on this workspace took. */
import { listRuns, roundHistory, type ReadableWorkspace } from '../db/index.ts';
import type { RoundMetrics } from '../contract/api.ts';
import { normaliseWeights } from '../engine/objectives/aggregate.ts';
import { plannedSequences } from '../engine/soup/schedule.ts';
import type { ResolvedDesign } from './design/resolved.ts';
import { settingsOf } from './summary.ts';

/** Sequences of a design over the whole run. */
export function sequencesOf({ settings, objectives }: Pick<ResolvedDesign, 'settings' | 'objectives'>): number {
  const weights = normaliseWeights(objectives.map(({ weight }) => weight));
  const goals = objectives.map(({ goal }, i) => ({ goal, weight: weights[i] }));
  const { trained, measured, searched } = plannedSequences({ settings, seed: 0, objectives: goals, constraints: [], prior: new Float32Array() });
  return trained + measured + searched;
}

/** Minutes, or null where no run with the same loss has been timed yet. */
export function expectedMinutes(db: ReadableWorkspace, design: ResolvedDesign): number | null {
  const like = listRuns(db).find((run) => (run.round ?? 0) > 0 && settingsOf(run).loss === design.settings.loss);
  if (like === undefined) return null;
  const rounds = roundHistory(db, like.id).map(({ metrics }) => metrics as RoundMetrics);
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  return ((sequencesOf(design) / like.scored) * seconds) / 60;
}
