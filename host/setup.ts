/** A stored run as the compute process gets it: settings, goals, prior, and the state to go on from. */
import { availableParallelism } from 'node:os';
import { ContractError } from '../contract/api.ts';
import { getDesign, latestExperts, loadResumePoint, type ReadableWorkspace, type Run } from '../db/index.ts';
import { normaliseWeights } from '../engine/objectives/aggregate.ts';
import type { Domain } from '../engine/objectives/types.ts';
import type { RunSettings } from '../engine/soup/settings.ts';
import { deviceIds, type ChoosableDevice } from '../engine/tensor/devices.ts';
import type { ComputeSetup, StoredState } from './compute-messages.ts';
import { engineConstraint, resolvedConstraints, resolvedObjectives, scoringRequest, type ResolvedConstraint, type ResolvedObjective } from './design/resolved.ts';
import { generateOf } from './design/stored.ts';
import { loadModel } from './models.ts';
import { requirePinned } from './pins.ts';
import { settingsOf } from './summary.ts';

/** More threads than this gain nothing on batches of this size. */
const MOST_THREADS = 4;

/**
 * Threads of each worker. Experts that train side by side have one each, so
 * that their number decides nothing; a single policy uses the cores itself.
 */
export function threadsFor({ method, experts_a_round: M }: RunSettings): number {
  return method === 'morlhf' || M === 1 ? Math.min(MOST_THREADS, availableParallelism()) : 1;
}

function workersFor({ method, experts_a_round: M }: RunSettings, threads: number): number {
  const wanted = method === 'morlhf' ? 1 : M;
  return Math.max(1, Math.min(wanted, Math.floor(availableParallelism() / threads)));
}

export function objectivesOf(run: Run): ResolvedObjective[] {
  return resolvedObjectives.parse(run.objectives);
}

export function constraintsOf(run: Run): ResolvedConstraint[] {
  return resolvedConstraints.parse(run.constraints);
}

/** What a run's design is for. */
export function domainOf(db: ReadableWorkspace, { designId }: Pick<Run, 'designId'>): Domain {
  return getDesign(db, designId).domain;
}

/** @throws ContractError where the prior or a predictor is gone or another one now */
export function setupOf(db: ReadableWorkspace, run: Run): ComputeSetup {
  const settings = settingsOf(run);
  const model = loadModel(run.prior);
  if (model.key !== run.priorKey) throw new ContractError('conflict', `The generator "${run.prior}" (${model.file}) is not the one that run ${run.id} began with, so it cannot go on. Put the former file back, or start a new run. All that run ${run.id} has found is kept.`);
  requirePinned(run);
  const objectives = objectivesOf(run);
  const constraints = constraintsOf(run);
  const weights = normaliseWeights(objectives.map(({ weight }) => weight));
  return {
    settings,
    seed: run.seed,
    objectives: objectives.map(({ goal }, i) => ({ goal, weight: weights[i] })),
    constraints: constraints.map(engineConstraint),
    scoring: scoringRequest({ domain: model.generator.config.domain, objectives, constraints }),
    pins: run.predictors ?? [],
    generate: generateOf(getDesign(db, run.designId).resolved),
    priorFile: model.file,
    device: deviceOf(run),
    threads: run.threads,
    workers: workersFor(settings, run.threads),
  };
}

function deviceOf({ id, device }: Run): ChoosableDevice {
  const known = deviceIds.find((one) => one === device);
  if (known === undefined) throw new ContractError('failed', `Run ${id} was made on "${device}", which this version does not know.`);
  return known;
}

/** What the run goes on from; null before its first committed round. */
export function stateOf(db: ReadableWorkspace, runId: number): (StoredState & { readonly round: number }) | null {
  const point = loadResumePoint(db, runId);
  if (point === null) return null;
  const experts = new Map([...latestExperts(db, runId)].map(([objective, { weights }]) => [objective, weights]));
  return { merged: point.merged, states: point.states, experts, round: point.number };
}
