/**
 * The training of one expert between two merges: m times rollout, scores,
 * rewards, update. Nothing is kept between jobs: the result depends on the job
 * alone, so experts may train side by side in any number of workers.
 *
 * Rewards lie in [0, 1]: 0 for what is invalid or outside a constraint, lowered
 * for what the run has made before; missing scores teach nothing. Likelihoods
 * are the plain model's: with another temperature than 1, or top_p below 1,
 * rollouts explore beside the policy that learns from them.
 */
import { spreadUnforced, unforced } from '../generator/guide.ts';
import { Purpose, type RandomStream, randomStream } from '../generator/random.ts';
import { generalizedAdvantages, type Trajectory, whiten } from './advantage.ts';
import { DiversityMemory } from './diversity.ts';
import { drawEdits, type EditedSequence } from './edits.ts';
import { type Judged, makeJudge, rewardOf } from './judge.ts';
import type { AugmentedExample, Evaluation, Policy, PpoExample } from './policy.ts';
import { drawRollout } from './redraw.ts';
import { type Find, type Finds, openMemory } from './remembered.ts';
import { type Rollout, rollout, type RolloutTools, timed } from './rollout.ts';
import { relativeDistance, Tally } from './tally.ts';
import type { ExpertJob, ExpertResult, JobOptions, LearnSettings, SampleJob, SampleRecord } from './types.ts';

export interface ExpertTools extends RolloutTools {
  readonly policy: Policy;
}

/** What the run makes of a judged sequence. */
interface Rewarded extends Judged {
  /** Before diversity lowers it; null where missing. */
  readonly plainReward: number | null;
  readonly reward: number | null;
  /** What the diversity filter leaves of the reward. */
  readonly factor: number;
  readonly novel: boolean;
  readonly repeated: boolean;
}

/** A judged sequence of a rollout. */
export type Experience = Rollout & Rewarded;
type Learnt = Experience & { readonly reward: number };

/** A judged child of remembered sequences. It is learnt through the memory alone. */
type Edited = EditedSequence & Rewarded;

/** m steps of one expert. @throws the signal's reason when it aborts */
export async function trainExpert(job: ExpertJob, tools: ExpertTools, options: JobOptions = {}): Promise<ExpertResult> {
  const { policy } = tools;
  const memory = new DiversityMemory(job.memory);
  const finds = openMemory(job);
  const tally = new Tally(job);
  const judge = makeJudge(job.judgement);
  const samples: SampleRecord[] = [];
  policy.start(job.weights, job.moments, job.extra);
  for (let done = 0; done < job.steps; done++) {
    options.signal?.throwIfAborted();
    const step = job.firstStep + done + 1;
    const random = stream(job, Purpose.rollout, step);
    const path = streamPath(job, Purpose.edit, step);
    const drawn = await drawEdits(job, path, { finds, seen: memory }, tools, tally.seconds);
    const edited = drawn.map((one) => experience({ ...one, ...judge(one.scored) }, job, memory));
    finds.add(edited.flatMap(remembered));
    const rolled = { ...job.settings, batch: job.settings.batch - edited.length };
    const batch = await drawRollout(rolled, async (from, n) => {
      const request = { ...job.settings, n, weights: policy.weights, random: (index: number) => random(from + index) };
      const rollouts = await rollout(request, tools, tally.seconds);
      return rollouts.map((one) => experience({ ...one, ...judge(one.scored) }, job, memory));
    });
    const { value: loss, seconds } = await timed(() => update(policy, batch, finds, job, step));
    tally.add(batch, loss, seconds);
    const from = { source: 'expert', round: job.round, step, objective: job.objective, draw: 0 } as const;
    samples.push(
      ...batch.map((one, slot) => record(one, { ...from, slot })),
      ...edited.map((one, i) => recordEdited(one, { ...from, slot: batch.length + i })),
    );
    options.progress?.({
      round: job.round,
      objective: job.objective,
      done: done + 1,
      of: job.steps,
      scored: samples.length,
    });
  }
  const metrics = tally.metrics(relativeDistance(policy.weights, job.weights));
  return {
    weights: policy.weights.slice(),
    moments: policy.moments,
    extra: policy.extra,
    ...finds.state(),
    archive: null,
    samples,
    metrics,
  };
}

/** Paths of the random streams of one step, by the sequence's index. */
function streamPath(job: ExpertJob, purpose: number, step: number): (index: number) => readonly number[] {
  const expert = job.objective === null ? 0 : job.objective + 1;
  return (index) => [job.seed, purpose, job.round, step, expert, index];
}

export function stream(job: ExpertJob, purpose: number, step: number): (index: number) => RandomStream {
  const path = streamPath(job, purpose, step);
  return (index) => randomStream(...path(index));
}

/** Rewards one sequence, lowered by what the memory says, and remembers it. */
export function experience<One extends Judged>(one: One, job: ExpertJob, memory: DiversityMemory): One & Rewarded {
  const { settings, judgement, objective, multipliers } = job;
  const plainReward = rewardOf(one, judgement, { objective, ownShare: settings.own_share }, multipliers);
  const factor = settings.diversity ? memory.factor(one, settings.diversity_bucket) : 1;
  const reward = plainReward === null ? null : plainReward * factor;
  return { ...one, plainReward, reward, factor, repeated: factor <= 0.5, novel: memory.add(one) };
}

/** A child as the memory of an expert holds it; nothing where its reward is missing. */
function remembered({ reward, prior, ...one }: Edited): Find[] {
  return reward === null ? [] : [{ ...one, reward, logPrior: sum(unforced(prior, one.forced)) }];
}

/** One update from one rollout. @returns the loss */
function update(
  policy: Policy,
  batch: readonly Experience[],
  finds: Finds,
  job: ExpertJob,
  step: number,
): Promise<number> {
  const learnt = batch.filter((one): one is Learnt => one.reward !== null);
  const valid = batch.filter(({ canonical }) => canonical !== null);
  if (2 * valid.length >= batch.length && valid.every(({ reward }) => reward === null))
    throw new Error(
      `None of the ${valid.length} valid sequences of step ${step} has a score to learn from: the objective or a constraint failed on all of them.`,
    );
  const rate = learningRate(job.settings, step, job.scheduleSteps);
  if (job.settings.loss === 'ppo') return updatePpo(policy, learnt, job.settings, rate);
  return updateAugmented(policy, learnt, finds, job, step, rate);
}

/** The rollout and a draw of remembered sequences, towards the prior raised by their rewards. */
async function updateAugmented(
  policy: Policy,
  batch: readonly Learnt[],
  finds: Finds,
  job: ExpertJob,
  step: number,
  rate: number,
): Promise<number> {
  const examples = batch.map((one): Learnt & AugmentedExample => {
    const { tokens, forced } = one.sampled;
    return {
      ...one,
      tokens,
      forced,
      logPrior: sum(unforced(one.prior, forced)),
      logSampled: sum(unforced(one.sampled.logProbabilities, forced)),
    };
  });
  const random = stream(job, Purpose.replay, step);
  const { updates, replay_sample } = job.settings;
  let loss = 0;
  for (let done = 0; done < updates; done++) {
    const remembered = finds.draw(replay_sample, random(done));
    loss += await policy.augmentedStep([...examples, ...remembered], rate);
    if (done === 0) finds.add(examples);
  }
  return loss / updates;
}

/** Advantages by the critic of before, then `epochs` steps on the same rollout. @returns the mean loss */
async function updatePpo(
  policy: Policy,
  batch: readonly Learnt[],
  settings: LearnSettings,
  rate: number,
): Promise<number> {
  const before = await policy.evaluate(batch.map(({ sampled }) => sampled));
  const estimates = before.map((old, i) => generalizedAdvantages(ownChoices(old, batch[i]), settings.kl));
  const white = whiten(estimates.map(({ advantages }) => advantages));
  const examples: PpoExample[] = before.map((old, i) => {
    const { tokens, forced } = batch[i].sampled;
    return {
      tokens,
      forced,
      oldLogProbabilities: old.logProbabilities,
      oldValues: old.values,
      advantages: spreadUnforced(white[i], forced),
      returns: spreadUnforced(estimates[i].returns, forced),
    };
  });
  let loss = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch++) loss += await policy.ppoStep(examples, rate);
  return loss / settings.epochs;
}

/** A sequence as the policy decided it: without the tokens that its guide forced, the reward at the last choice. */
function ownChoices(old: Evaluation, { prior, reward, sampled: { forced } }: Learnt): Trajectory {
  return {
    logProbabilities: unforced(old.logProbabilities, forced),
    values: unforced(old.values, forced),
    prior: unforced(prior, forced),
    reward,
  };
}

/** Share of the learning rate that is left at the last step. */
const LAST_RATE = 0.1;

/** Steps over which the rate rises: Adam's first steps, whose variance rests on few gradients, are the wildest. */
const WARM_UP = 8;

/** One schedule for the whole run: merges do not restart it. @param step from 1 */
export function learningRate({ learning_rate, schedule }: LearnSettings, step: number, steps: number): number {
  const done = steps > 1 ? (step - 1) / (steps - 1) : 0;
  const warm = Math.min(1, step / WARM_UP);
  return learning_rate * warm * (schedule === 'constant' ? 1 : 1 - (1 - LAST_RATE) * done);
}

/** Fresh sequences of given weights, scored and not learnt. */
export async function sampleScored(
  job: SampleJob,
  tools: RolloutTools,
  options: JobOptions = {},
): Promise<SampleRecord[]> {
  options.signal?.throwIfAborted();
  const random = (index: number) =>
    randomStream(job.seed, samplePurpose(job), job.round, job.step, job.draw, job.first + index);
  const rollouts = await rollout({ ...job, random }, tools, { sampling: 0, scoring: 0, learning: 0 });
  const judge = makeJudge(job.judgement);
  return rollouts.map((one, i) =>
    record({ ...one, ...judge(one.scored), reward: null }, { ...job, objective: null, slot: job.first + i }),
  );
}

function samplePurpose({ source }: SampleJob): number {
  if (source === 'search') return Purpose.search;
  return source === 'steer' ? Purpose.steer : Purpose.sample;
}

type Provenance = Pick<SampleRecord, 'source' | 'round' | 'step' | 'objective' | 'draw' | 'slot'>;

export function record(one: Rollout & Judged & { readonly reward: number | null }, from: Provenance): SampleRecord {
  return {
    ...judgedRecord(one, from),
    parents: null,
    logPolicy: sum(one.sampled.logProbabilities),
    logPrior: sum(one.prior),
  };
}

function recordEdited(one: Edited, from: Provenance): SampleRecord {
  return { ...judgedRecord(one, from), parents: one.parents, logPolicy: null, logPrior: sum(one.prior) };
}

function judgedRecord(
  one: Judged & { readonly text: string; readonly reward: number | null },
  { source, round, step, objective, draw, slot }: Provenance,
): Omit<SampleRecord, 'parents' | 'logPolicy' | 'logPrior'> {
  const { text, canonical, scaffold, raw, constraints, scores, total, reward } = one;
  return {
    source,
    round,
    step,
    objective,
    draw,
    slot,
    text,
    canonical,
    scaffold,
    raw,
    constraints,
    scores,
    total,
    reward,
  };
}

function sum(values: Float32Array): number {
  return values.reduce((total, v) => total + v, 0);
}
