/**
 * What an expert learns again beside its rollouts: its own best sequences, or
 * those of the memory that all experts of a run share.
 *
 * The shared memory is ranked by the total after constraints and the diversity filter, and
 * each expert learns its sequences with the reward of its own goal. Every expert
 * of a round starts from the same snapshot and adds its own finds; the merge
 * keeps the best of them all, in the order of experts. So the memory depends on
 * no worker's speed.
 */
import type { RandomStream } from '../generator/random.ts';
import type { Parents } from './children.ts';
import type { DiversityMemory } from './diversity.ts';
import { type Judged, rewardOf, TOTAL } from './judge.ts';
import type { AugmentedExample } from './policy.ts';
import { Replay } from './replay.ts';
import type { ExpertJob, ExpertResult, Judgement, LearnSettings, ReplayEntry, SharedEntry } from './types.ts';

/** A judged and rewarded sequence as it may be remembered. */
export interface Find extends Omit<AugmentedExample, 'logSampled'>, Judged {
  /** What the diversity filter leaves of the reward. */
  readonly factor: number;
}

/** The memory of one job. */
export interface Finds {
  /** Up to `n` remembered sequences with the expert's reward of each. */
  draw(n: number, random: RandomStream): AugmentedExample[];
  /** Pairs of remembered sequences, the best most often; none while fewer than two are remembered. */
  parents(pairs: number, random: RandomStream): Parents[];
  /** Adds what a step found; invalid sequences are passed over. */
  add(batch: readonly Find[]): void;
  state(): Pick<ExpertResult, 'replay' | 'shared'>;
}

export function openMemory(job: ExpertJob): Finds {
  return job.shared === null ? ownMemory(job) : sharedMemory(job, job.shared);
}

function ownMemory({ settings, replay: entries }: ExpertJob): Finds {
  const replay = new Replay<ReplayEntry>(settings.replay_size, entries, ({ reward }) => reward);
  return {
    draw: (n, random) => replay.draw(n, settings.replay_draw, random).map((entry) => ({ ...entry, logSampled: null })),
    parents: (pairs, random) => replay.pairs(pairs, random).map(canonicalOf),
    add: (batch) =>
      replay.add(
        batch.flatMap(({ canonical, tokens, reward, logPrior, forced }) =>
          canonical === null ? [] : [{ canonical, tokens, reward, logPrior, forced }],
        ),
      ),
    state: () => ({ replay: replay.entries, shared: null }),
  };
}

function canonicalOf([a, b]: readonly { readonly canonical: string }[]): Parents {
  return [a.canonical, b.canonical];
}

function sharedMemory(job: ExpertJob, entries: readonly SharedEntry[]): Finds {
  const { settings, judgement, objective, multipliers } = job;
  const learner = { objective, ownShare: settings.own_share };
  const replay = new Replay(settings.replay_size, entries, (entry) => rankOf(entry, judgement, multipliers));
  return {
    draw: (n, random) =>
      replay.draw(n, settings.replay_draw, random).flatMap((entry) => {
        const reward = rewardOf(entry, judgement, learner, multipliers);
        return reward === null ? [] : [{ ...entry, reward: reward * entry.factor, logSampled: null }];
      }),
    parents: (pairs, random) => replay.pairs(pairs, random).map(canonicalOf),
    add: (batch) => replay.add(batch.flatMap(sharedEntry)),
    state: () => ({ replay: job.replay, shared: replay.entries }),
  };
}

/** The total after constraints and the diversity filter; 0, which is never kept, where it is missing. */
function rankOf(entry: SharedEntry, judgement: Judgement, multipliers: readonly number[]): number {
  return (rewardOf(entry, judgement, TOTAL, multipliers) ?? 0) * entry.factor;
}

export function sharedEntry(find: Find): SharedEntry[] {
  const { canonical, scaffold, tokens, forced, logPrior, scores, constraints, total, factor } = find;
  return canonical === null || scaffold === null
    ? []
    : [{ canonical, scaffold, tokens, forced, logPrior, scores, constraints, total, factor }];
}

/** What the merge of shared memories depends on beside them. */
export interface MergedUnder {
  readonly settings: LearnSettings;
  readonly judgement: Judgement;
  /** Of the next round. */
  readonly multipliers: readonly number[];
  /** What the run has seen, this round included. */
  readonly seen: DiversityMemory;
}

/**
 * The shared memory of the next round: the best of what the experts of this one remember. A
 * scaffold that has become common since a sequence was found lowers its rank.
 * @param memories of the round's experts, in their order
 */
export function mergeShared(
  memories: readonly (readonly SharedEntry[])[],
  { settings, judgement, multipliers, seen }: MergedUnder,
): readonly SharedEntry[] {
  const now = (entry: SharedEntry): SharedEntry =>
    settings.diversity
      ? { ...entry, factor: Math.min(entry.factor, seen.scaffoldFactor(entry, settings.diversity_bucket)) }
      : entry;
  const replay = new Replay(settings.replay_size, [], (entry: SharedEntry) => rankOf(entry, judgement, multipliers));
  replay.add(memories.flat().map(now));
  return replay.entries;
}
