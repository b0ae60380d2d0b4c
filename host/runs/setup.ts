/** Prepares a stored run for the compute process: settings, goals, prior, and the state to continue from. */
import { availableParallelism } from 'node:os';
import { ContractError } from '../../contract/api.ts';
import { getDesign, latestExperts, loadResumePoint, type ReadableWorkspace, type Run } from '../../db/index.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import { type ChoosableDevice, deviceIds } from '../../engine/tensor/devices.ts';
import type { ComputeSetup, StoredState } from '../compute/messages.ts';
import {
  engineConstraint,
  type ResolvedConstraint,
  resolvedConstraints,
  type ResolvedDesign,
  type ResolvedObjective,
  resolvedObjectives,
  scoringRequest,
} from '../design/resolved.ts';
import { generateOf } from '../design/stored.ts';
import { loadModel, type Model } from '../models/generators.ts';
import { requirePinned } from '../models/pins.ts';
import { settingsOf } from './summary.ts';

/** More threads do not speed up batches of this size. */
const MOST_THREADS = 4;

const trainsOne = (method: RunSettings['method']): boolean => method === 'morlhf' || method === 'ric';

/**
 * Threads of each worker. Experts that train in parallel have one thread each, so that
 * results do not depend on their number; a single policy uses all cores.
 * @param cores that the run may use
 */
export function threadsFor({ method, experts_a_round: M }: RunSettings, cores = availableParallelism()): number {
  return trainsOne(method) || M === 1 ? Math.min(MOST_THREADS, cores) : 1;
}

export function workersFor(
  { method, experts_a_round: M }: RunSettings,
  threads: number,
  cores = availableParallelism(),
): number {
  const wanted = trainsOne(method) ? 1 : M;
  return Math.max(1, Math.min(wanted, Math.floor(cores / threads)));
}

export function objectivesOf(run: Run): ResolvedObjective[] {
  return resolvedObjectives.parse(run.objectives);
}

export function constraintsOf(run: Run): ResolvedConstraint[] {
  return resolvedConstraints.parse(run.constraints);
}

/** The modality of a run's design. */
export function modalityOf(db: ReadableWorkspace, { designId }: Pick<Run, 'designId'>): Modality {
  return getDesign(db, designId).modality;
}

/** @throws ContractError if the prior or a predictor is missing or has changed */
export function setupOf(db: ReadableWorkspace, run: Run): ComputeSetup {
  const settings = settingsOf(run);
  const model = loadModel(run.prior);
  if (model.key !== run.priorKey)
    throw new ContractError(
      'conflict',
      `The generator "${run.prior}" (${model.file}) has changed since run ${run.id} began, so the run cannot continue. Restore the original file, or start a new run. Everything that run ${run.id} has found is kept.`,
    );
  requirePinned(run);
  const { seed, threads, predictors } = run;
  const generate = generateOf(getDesign(db, run.designId).resolved);
  return setupFrom({ settings, objectives: objectivesOf(run), constraints: constraintsOf(run), generate }, model, {
    seed,
    threads,
    device: deviceOf(run),
    pins: predictors ?? [],
  });
}

/** The setup of a trial, which is not stored. @throws InputError if the prior cannot be used */
export function trialSetup(design: ResolvedDesign, device: ChoosableDevice, seed: number): ComputeSetup {
  return setupFrom(design, loadModel(design.prior), { seed, threads: threadsFor(design.settings), device, pins: [] });
}

type Asked = Pick<ResolvedDesign, 'settings' | 'objectives' | 'constraints' | 'generate'>;

function setupFrom(
  { settings, objectives, constraints, generate }: Asked,
  { file: priorFile, generator }: Model,
  given: Pick<ComputeSetup, 'seed' | 'threads' | 'device' | 'pins'>,
): ComputeSetup {
  const weights = normaliseWeights(objectives.map(({ weight }) => weight));
  return {
    ...given,
    settings,
    objectives: objectives.map(({ goal }, i) => ({ goal, weight: weights[i] })),
    constraints: constraints.map(engineConstraint),
    scoring: scoringRequest({ modality: generator.config.modality, objectives, constraints }),
    generate,
    priorFile,
    workers: workersFor(settings, given.threads),
  };
}

function deviceOf({ id, device }: Run): ChoosableDevice {
  const known = deviceIds.find((one) => one === device);
  if (known === undefined)
    throw new ContractError(
      'failed',
      `Run ${id} was computed on the device "${device}", which this version does not support.`,
    );
  return known;
}

/** The state to continue from; null before the first committed round. */
export function stateOf(db: ReadableWorkspace, runId: number): (StoredState & { readonly round: number }) | null {
  const point = loadResumePoint(db, runId);
  if (point === null) return null;
  const experts = new Map([...latestExperts(db, runId)].map(([objective, { weights }]) => [objective, weights]));
  return { merged: point.merged, states: point.states, experts, round: point.number };
}
