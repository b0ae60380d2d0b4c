/** Runs: started, paused, resumed, stopped, with their results. */
import type { RunConstraint, RunDetail } from '../../contract/api.ts';
import { extensionsOf, getDesign, getRunWithCounts, topCandidates } from '../../db/index.ts';
import { generateTable } from '../../engine/generator/generate.ts';
import { usualReach } from '../../engine/soup/merge.ts';
import { translating } from '../base/workspace.ts';
import { constraintKind, type ResolvedConstraint } from '../design/resolved.ts';
import { generateOf } from '../design/stored.ts';
import { adviceOn } from '../runs/advice.ts';
import { alarmOn } from '../runs/alarm.ts';
import { candidateOf } from '../runs/candidates.ts';
import { checkedWeights } from '../runs/check-weights.ts';
import { constraintsOf, objectivesOf } from '../runs/setup.ts';
import { roundsOf, settingsOf } from '../runs/summary.ts';
import type { HostContext, Service } from './context.ts';

export function runService(context: Pick<HostContext, 'db' | 'runs'>): Service<'run'> {
  const { db, runs } = context;
  return {
    'run.start': ({ designId, seed }) => runs.start(designId, seed),
    'run.pause': ({ runId }) => runs.pause(runId),
    'run.resume': ({ runId }) => runs.resume(runId),
    'run.extend': ({ runId, rounds }) => runs.extend(runId, rounds),
    'run.stop': ({ runId }) => runs.stop(runId),
    'run.list': () => runs.list(),
    'run.get': ({ runId }) => runDetail(context, runId),
    'run.top': ({ runId, weights, ...request }) => {
      const { count, candidates } = translating(() =>
        topCandidates(db, runId, { ...request, weights: checkedWeights(db, runId, weights) }),
      );
      return { count, candidates: candidates.map(candidateOf) };
    },
  };
}

/** Everything that is known of a run. @throws ContractError if there is none */
export function runDetail({ db, runs }: Pick<HostContext, 'db' | 'runs'>, runId: number): RunDetail {
  const run = translating(() => getRunWithCounts(db, runId));
  const design = translating(() => getDesign(db, run.designId));
  const generate = generateOf(design.resolved);
  const objectives = objectivesOf(run);
  const rounds = roundsOf(db, runId);
  return {
    summary: runs.summary(runId),
    modality: design.modality,
    generate: generate === null ? {} : generateTable(generate),
    objectives,
    constraints: constraintsOf(run).map(shownConstraint),
    settings: { ...settingsOf(run) },
    prior: run.prior,
    priorKey: run.priorKey,
    predictors: run.predictors && [...run.predictors],
    extensions: extensionsOf(db, runId),
    usualReach: usualReach(run.method),
    rounds,
    advice: adviceOn(rounds, objectives, settingsOf(run), design.modality),
    alarm: alarmOn(rounds, settingsOf(run), design.modality),
  };
}

function shownConstraint({ tolerance, learned, parameters: _parameters, ...rest }: ResolvedConstraint): RunConstraint {
  return { ...rest, kind: constraintKind({ tolerance, learned }), ...(learned && { allowed: learned.allowed }) };
}
