/**
 * What the methods share: how jobs are made, how the prior is measured,
 * and how a round is closed (measure the merge, remember, count, commit).
 */
import type { Weights } from '../generator/parameters.ts';
import { DiversityMemory, emptyMemory } from '../learn/diversity.ts';
import { type MergedUnder, mergeShared } from '../learn/remembered.ts';
import { firstMultipliers, nextMultiplier } from '../objectives/constraints.ts';
import { constraintFigures, disagreement, expertSpread, sampleMetrics } from './metrics.ts';
import { morlhfSteps, type Plan, planOf } from './schedule.ts';
import type {
  ArchiveEntry,
  ContextJob,
  ExpertJob,
  ExpertResult,
  ExpertState,
  JobProgress,
  Judgement,
  Moments,
  RoundMetrics,
  RunCounters,
  RunParts,
  RunRequest,
  RunState,
  SampleJob,
  SampleRecord,
  SharedEntry,
} from './types.ts';

/** A request with what follows from it. */
export interface Run {
  readonly request: RunRequest;
  readonly parts: RunParts;
  readonly plan: Plan;
  readonly judgement: Judgement;
}

export function openRun(request: RunRequest, parts: RunParts): Run {
  const { objectives, constraints, settings } = request;
  return {
    request,
    parts,
    plan: planOf(request),
    judgement: { objectives, constraints, aggregate: settings.aggregate },
  };
}

/** What a method says about one expert's turn. */
export interface Turn {
  readonly expert: ExpertState;
  readonly firstStep: number;
  readonly steps: number;
  readonly scheduleSteps: number;
  readonly weights: Weights;
  readonly moments: Moments | null;
  /** For rewards in context alone. */
  readonly context?: ContextJob;
}

/** One expert's turn that is over. */
export interface Trained {
  readonly turn: Turn;
  readonly result: ExpertResult;
}

/** Trains experts side by side; when one fails or the run is stopped, the others end too. */
export async function trainSideBySide(
  run: Run,
  round: number,
  turns: readonly Turn[],
  state: RunState,
): Promise<Trained[]> {
  const failed = new AbortController();
  const signal = run.parts.signal ? AbortSignal.any([run.parts.signal, failed.signal]) : failed.signal;
  const progress = reporter(run, `Round ${round} of ${run.plan.rounds}: training`);
  const train = async (turn: Turn) => ({
    turn,
    result: await run.parts.runner.train(expertJob(run, round, turn, state), { signal, progress }),
  });
  try {
    return await Promise.all(turns.map(train));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

function expertJob(run: Run, round: number, { expert, ...turn }: Turn, state: RunState): ExpertJob {
  const { settings, seed } = run.request;
  return {
    context: null,
    ...turn,
    kind: 'train',
    objective: expert.objective,
    seed,
    round,
    settings,
    judgement: run.judgement,
    multipliers: state.multipliers,
    extra: expert.extra,
    replay: expert.replay,
    shared: settings.replay_memory === 'shared' ? state.shared : null,
    memory: state.memory,
  };
}

function reporter(run: Run, message: string): (progress: JobProgress) => void {
  return (progress) => run.parts.observer.progress?.({ ...progress, rounds: run.plan.rounds, message });
}

/** Sequences of one sampling job; longer requests are dealt to several workers. */
const SAMPLES_A_JOB = 64;

type Fresh = Pick<SampleJob, 'source' | 'round' | 'step' | 'draw' | 'weights' | 'n'>;

/** Fresh scored sequences, in the order of their index whatever the number of workers. */
export async function sampleFresh(run: Run, fresh: Fresh): Promise<SampleRecord[]> {
  const {
    seed,
    settings: { temperature, top_p },
  } = run.request;
  const starts = Array.from({ length: Math.ceil(fresh.n / SAMPLES_A_JOB) }, (_, i) => i * SAMPLES_A_JOB);
  const job = (first: number): SampleJob => ({
    ...fresh,
    kind: 'sample',
    seed,
    first,
    n: Math.min(SAMPLES_A_JOB, fresh.n - first),
    temperature,
    top_p,
    judgement: run.judgement,
  });
  const parts = await Promise.all(
    starts.map((first) => run.parts.runner.sample(job(first), { signal: run.parts.signal })),
  );
  return parts.flat();
}

/** An expert before its first step; null stands for a policy on the total. */
export function untrained(objective: number | null): ExpertState {
  return { objective, weights: null, moments: null, extra: null, replay: [], steps: 0 };
}

/** Round 0: the prior as it is, committed like any other round. */
export async function measurePrior(run: Run, objectives: readonly (number | null)[]): Promise<RunState> {
  const experts = objectives.map(untrained);
  const counters = { scored: 0, valid: 0, unique: 0, trained: 0, searched: 0, measured: 0 };
  const blank: RunState = {
    round: 0,
    step: 0,
    merged: run.request.prior,
    mergedMoments: null,
    experts,
    shared: [],
    archive: [],
    memory: emptyMemory(),
    multipliers: firstMultipliers(run.request.constraints),
    counters,
  };
  return closeRound(run, blank, {
    round: 0,
    started: performance.now(),
    trained: [],
    merged: run.request.prior,
    mergedMoments: null,
    lambda: run.request.objectives.map(() => 0),
    searched: [],
  });
}

/** What a round came to before its merge is measured. */
export interface RoundWork {
  readonly round: number;
  /** performance.now() at its start. */
  readonly started: number;
  readonly trained: readonly Trained[];
  readonly merged: Weights;
  readonly mergedMoments: Moments | null;
  /** One an objective. */
  readonly lambda: readonly number[];
  readonly searched: readonly SampleRecord[];
  /** What rewards in context keeps; left out by every other method. */
  readonly archive?: readonly ArchiveEntry[];
}

/** Measures the merge with fresh sequences, adds everything to the state and commits. */
export async function closeRound(run: Run, state: RunState, work: RoundWork): Promise<RunState> {
  const {
    plan,
    parts,
    request: { settings, constraints },
  } = run;
  const { round, trained, merged, mergedMoments, searched } = work;
  const last = round === plan.rounds;
  const source = round === 0 ? 'prior' : 'merge';
  const step = round * plan.m;
  const experts = state.experts.map((expert) => updated(expert, trained));
  const sampling = sampleFresh(run, {
    source,
    round,
    step,
    draw: 0,
    weights: merged,
    n: last || round === 0 ? settings.final_samples : settings.measure_samples,
  });
  parts.observer.merged({
    merged,
    mergedMoments,
    experts,
    trained: trained.flatMap(({ turn }) => turn.expert.objective ?? []),
  });
  const measured = await sampling;
  const learnt = trained.flatMap(({ result }) => result.samples);
  const samples = [...learnt, ...searched, ...measured];
  const memory = new DiversityMemory(state.memory);
  for (const sample of samples) memory.add(sample);
  const counters = count(
    state.counters,
    { learnt: learnt.length, searched: searched.length, measured: measured.length },
    samples,
    memory.molecules,
  );
  const kept = constraintFigures(measured, constraints);
  const multipliers = constraints.map((one, i) => nextMultiplier(one, state.multipliers[i], kept[i].violation));
  const next: RunState = {
    round,
    step,
    merged,
    mergedMoments,
    experts,
    archive: work.archive ?? state.archive,
    shared: sharedAfter(run, state, trained, { multipliers, seen: memory }),
    memory: memory.state(),
    multipliers,
    counters,
  };
  const metrics = {
    ...roundMetrics(run, next, { ...work, start: commonStart(run, state) }, measured, memory.scaffolds),
    constraints: constraints.map(({ learned }, i) => ({ ...kept[i], multiplier: learned ? multipliers[i] : null })),
  };
  parts.signal?.throwIfAborted();
  await parts.observer.commitRound({ state: next, samples, metrics, last });
  return next;
}

/**
 * One round of one policy on the total, with the steps of all experts of a round.
 * @param policy goes on from the merge. Its optimizer's moments are kept with the merge unless the state has it as an
 *   expert.
 */
export async function totalRound(run: Run, state: RunState, round: number, policy: ExpertState): Promise<RunState> {
  const started = performance.now();
  const { total, aRound } = morlhfSteps(run.plan);
  const turn = {
    expert: policy,
    weights: state.merged,
    moments: policy.moments,
    firstStep: policy.steps,
    steps: aRound,
    scheduleSteps: total,
  };
  const trained = await trainSideBySide(run, round, [turn], state);
  const [{ result }] = trained;
  return closeRound(run, state, {
    round,
    started,
    trained,
    merged: result.weights,
    mergedMoments: state.experts.includes(policy) ? null : result.moments,
    lambda: run.request.objectives.map(({ weight }) => weight),
    searched: [],
  });
}

function updated(expert: ExpertState, trained: readonly Trained[]): ExpertState {
  const own = trained.find(({ turn }) => turn.expert.objective === expert.objective);
  if (!own) return expert;
  const { weights, moments, extra, replay } = own.result;
  return {
    objective: expert.objective,
    weights,
    moments,
    extra,
    replay,
    steps: own.turn.firstStep + own.turn.steps,
  };
}

/** The shared memory once the round's experts have added their finds. */
function sharedAfter(
  { judgement, request: { settings } }: Run,
  state: RunState,
  trained: readonly Trained[],
  now: Pick<MergedUnder, 'multipliers' | 'seen'>,
): readonly SharedEntry[] {
  const memories = trained.flatMap(({ result: { shared } }) => (shared === null ? [] : [shared]));
  return memories.length === 0 ? state.shared : mergeShared(memories, { settings, judgement, ...now });
}

function count(
  before: RunCounters,
  added: { learnt: number; searched: number; measured: number },
  samples: readonly SampleRecord[],
  unique: number,
): RunCounters {
  return {
    scored: before.scored + samples.length,
    valid: before.valid + samples.filter(({ canonical }) => canonical !== null).length,
    unique,
    trained: before.trained + added.learnt,
    searched: before.searched + added.searched,
    measured: before.measured + added.measured,
  };
}

/** Where the round's experts last had one set of weights: Rewarded Soups never merges in between. */
function commonStart({ request }: Run, before: RunState): Weights {
  return request.settings.method === 'soups' ? request.prior : before.merged;
}

function roundMetrics(
  run: Run,
  state: RunState,
  work: RoundWork & { readonly start: Weights },
  measured: readonly SampleRecord[],
  scaffolds: number,
): Omit<RoundMetrics, 'constraints'> {
  const theta = work.trained.map(({ result }) => result.weights);
  return {
    round: state.round,
    step: state.step,
    scored: state.counters.scored,
    mergeWeights: work.lambda,
    expertSpread: expertSpread(theta, work.merged),
    disagreement: disagreement(theta, work.merged, work.start),
    ...sampleMetrics(measured, run.request.objectives.length),
    experts: work.trained.map(({ result }) => result.metrics),
    scaffolds,
    seconds: (performance.now() - work.started) / 1000,
  };
}
