/**
 * A job of rewards in context (RiC, Yang et al. 2024, arXiv 2402.10207): draws sequences, offline from the prior and
 * online at desired rewards, and at the end of a stage fine-tunes the generator on sequences after their reward
 * tokens. The result depends on the job alone.
 *
 * A goal's reward is what its expert would get under the other methods: 0 outside a hard limit, lowered for what the
 * run has made before. Invalid sequences and those with a missing score are not learnt.
 *
 * Departures from the paper and its code (github.com/YangRui2015/RiC):
 *  1. The offline data are scored samples of the prior, which count to the budget like all others.
 *  2. Each sequence is learnt once per pass, however often it was found, and the optimizer is kept between stages.
 *  3. One falling schedule of learning rates over the run; the code has a linear one offline and a constant one online.
 */
import type { Weights } from '../generator/parameters.ts';
import { permutation, Purpose, randomStream } from '../generator/random.ts';
import { askedFor, rewardLevel } from '../generator/reward-tokens.ts';
import { desiredRewards, drawDesired, keptByRejection, rangesOf } from './desired-rewards.ts';
import { DiversityMemory } from './diversity.ts';
import { type Experience, experience, type ExpertTools, learningRate, record, stream } from './expert.ts';
import { makeJudge, rewardOf } from './judge.ts';
import type { ContextExample } from './policy.ts';
import { drawRollout } from './redraw.ts';
import { sharedEntry } from './remembered.ts';
import { rollout } from './rollout.ts';
import { relativeDistance, Tally } from './tally.ts';
import type {
  ArchiveEntry,
  ContextJob,
  ExpertJob,
  ExpertResult,
  JobOptions,
  Judgement,
  ObjectiveGoal,
  SampleRecord,
} from './types.ts';

/** Objectives that have reward tokens: those that weigh more than 0. */
export function goalsInContext(objectives: readonly Pick<ObjectiveGoal, 'weight'>[]): number[] {
  return objectives.flatMap(({ weight }, i) => (weight > 0 ? [i] : []));
}

/** What the rewards of an archive depend on. */
interface JudgedBy {
  readonly judgement: Judgement;
  readonly multipliers: readonly number[];
}

/** A sequence's reward of each goal in context; null if one is missing. */
function rewardsOf(entry: Omit<ArchiveEntry, 'stage'>, { judgement, multipliers }: JudgedBy): number[] | null {
  const rewards = goalsInContext(judgement.objectives).flatMap(
    (objective) => rewardOf(entry, judgement, { objective, ownShare: 1 }, multipliers) ?? [],
  );
  return rewards.length < goalsInContext(judgement.objectives).length
    ? null
    : rewards.map((reward) => reward * entry.factor);
}

function archiveRewards(archive: readonly ArchiveEntry[], by: JudgedBy): number[][] {
  if (archive.length === 0)
    throw new Error('None of the sequences so far is valid and has all its scores, so there is nothing to learn from.');
  return archive.flatMap((entry) => [rewardsOf(entry, by) ?? []]);
}

/** A trained generator with its reward tokens and what it learnt from. */
interface Trained extends JudgedBy {
  /** With the prior's start token. */
  readonly plain: Weights;
  readonly tokens: Float32Array;
  readonly archive: readonly ArchiveEntry[];
}

/** The ordinary generator that writes for weights. @param weights one per goal in context, sum to 1 */
export function generatorFor({ plain, tokens, archive, ...by }: Trained, weights: readonly number[]): Weights {
  return askedFor(plain, tokens, desiredRewards(weights, rangesOf(archiveRewards(archive, by))));
}

/** Draws sequences, then learns if the stage ends. @throws the signal's reason when it aborts */
export async function trainInContext(
  job: ExpertJob,
  context: ContextJob,
  tools: ExpertTools,
  options: JobOptions = {},
): Promise<ExpertResult> {
  const { policy } = tools;
  const tally = new Tally(job);
  const drawn = await drawSequences(job, context, tools, tally, options);
  const gathered = withFinds(context, drawn.batch, job);
  policy.start(job.weights, job.moments, job.extra);
  const learnt =
    context.updates > 0 ? await learn(job, context, gathered, tools, tally, drawn.samples.length, options) : null;
  const metrics = tally.metrics(relativeDistance(policy.weights, job.weights));
  return {
    weights: policy.weights.slice(),
    moments: policy.moments,
    extra: learnt === null ? job.extra : policy.extra,
    replay: [],
    shared: null,
    archive: learnt?.archive ?? gathered,
    samples: drawn.samples,
    metrics: { ...metrics, loss: learnt?.loss ?? metrics.loss },
  };
}

async function drawSequences(
  job: ExpertJob,
  { stage, archive, updates }: ContextJob,
  tools: ExpertTools,
  tally: Tally,
  { signal, progress }: JobOptions,
): Promise<{ batch: Experience[]; samples: SampleRecord[] }> {
  const memory = new DiversityMemory(job.memory);
  const judge = makeJudge(job.judgement);
  const ranges = stage === 0 ? null : rangesOf(archiveRewards(archive, job));
  const all: { batch: Experience[]; samples: SampleRecord[] } = { batch: [], samples: [] };
  for (let done = 0; done < job.steps; done++) {
    signal?.throwIfAborted();
    const step = job.firstStep + done + 1;
    const random = stream(job, Purpose.rollout, step);
    const weights =
      ranges === null || job.extra === null
        ? job.weights
        : askedFor(job.weights, job.extra.weights, drawDesired(ranges, stream(job, Purpose.desired, step)(0)));
    const batch = await drawRollout(job.settings, async (from, n) => {
      const request = { ...job.settings, n, weights, random: (index: number) => random(from + index) };
      const rollouts = await rollout(request, tools, tally.seconds);
      return rollouts.map((one) => experience({ ...one, ...judge(one.scored) }, job, memory));
    });
    tally.add(batch, crossEntropy(batch), 0);
    all.batch.push(...batch);
    const from = { source: 'expert', round: job.round, step, objective: null, draw: 0 } as const;
    all.samples.push(...batch.map((one, slot) => record(one, { ...from, slot })));
    progress?.({
      round: job.round,
      objective: null,
      done: done + 1,
      of: job.steps + updates,
      scored: all.samples.length,
    });
  }
  return all;
}

/** Of drawn sequences under the generator that drew them, nats per token. */
function crossEntropy(batch: readonly Experience[]): number {
  const all = batch.flatMap(({ sampled }) => [...sampled.logProbabilities]);
  return -all.reduce((sum, one) => sum + one, 0) / all.length;
}

/** The archive with what was drawn: each sequence once, as it was found first. */
function withFinds({ stage, archive }: ContextJob, batch: readonly Experience[], by: JudgedBy): ArchiveEntry[] {
  const entries = new Map(archive.map((entry) => [entry.canonical, entry]));
  const finds = batch.flatMap(({ sampled: { tokens, forced }, ...one }) =>
    sharedEntry({ ...one, tokens, forced, reward: 0, logPrior: 0 }),
  );
  for (const find of finds)
    if (!entries.has(find.canonical) && rewardsOf(find, by) !== null) entries.set(find.canonical, { ...find, stage });
  return [...entries.values()];
}

/** Share of the offline data among what an online stage has drawn: 10,000 beside 20,000 in the paper's code. */
const REGULARISING = 0.5;

/**
 * Fine-tunes on the archive: offline on everything; online on what rejection keeps of the stage, on everything kept in
 * earlier online stages, and on part of the offline data, which regularises.
 */
async function learn(
  job: ExpertJob,
  { stage, updates }: ContextJob,
  gathered: readonly ArchiveEntry[],
  { policy }: ExpertTools,
  tally: Tally,
  scored: number,
  { signal, progress }: JobOptions,
): Promise<{ archive: readonly ArchiveEntry[]; loss: number }> {
  const started = performance.now();
  const fresh = gathered.filter((entry) => entry.stage === stage);
  const kept = keptByRejection(archiveRewards(fresh, job));
  const best = fresh.filter((_, i) => kept[i]);
  const earlier = gathered.filter((entry) => entry.stage !== stage);
  const data =
    stage === 0 ? fresh : [...regularising(job, earlier, fresh.length), ...earlier.filter((e) => e.stage > 0), ...best];
  const rewards = archiveRewards(data, job);
  const examples = data.map(({ tokens, forced }, i) => ({ tokens, forced, levels: rewards[i].map(rewardLevel) }));
  const next = passes(job, examples);
  const before = (job.firstStep + job.steps) * job.settings.updates - updates;
  let loss = 0;
  for (let done = 0; done < updates; done++) {
    signal?.throwIfAborted();
    const rate = learningRate(job.settings, before + done + 1, job.scheduleSteps * job.settings.updates);
    loss += await policy.contextStep(next(2 * job.settings.batch), rate);
    progress?.({ round: job.round, objective: null, done: job.steps + done + 1, of: job.steps + updates, scored });
  }
  tally.seconds.learning += (performance.now() - started) / 1000;
  return { archive: [...earlier, ...best], loss: loss / updates };
}

function regularising(job: ExpertJob, earlier: readonly ArchiveEntry[], drawn: number): ArchiveEntry[] {
  const offline = earlier.filter(({ stage }) => stage === 0);
  const order = permutation(offline.length, stream(job, Purpose.shuffle, 0)(0));
  return order.slice(0, Math.round(REGULARISING * drawn)).map((i) => offline[i]);
}

/** Takes examples pass after pass, each pass in a random order of its own. */
function passes(job: ExpertJob, examples: readonly ContextExample[]): (n: number) => ContextExample[] {
  let order: number[] = [];
  let pass = 0;
  return (n) => {
    while (order.length < n)
      order = [...order, ...permutation(examples.length, randomStream(job.seed, Purpose.shuffle, job.round, ++pass))];
    const taken = order.slice(0, n);
    order = order.slice(n);
    return taken.map((i) => examples[i]);
  };
}
