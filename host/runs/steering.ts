/**
 * Steering: a warm compute process a run, which merges the newest experts with
 * other weights and samples until enough new molecules are there.
 */
import { type BlendResult, ContractError, type Parsed, type Result } from '../../contract/api.ts';
import {
  type Blend,
  commitBlend,
  countBlends,
  getBlend,
  getRun,
  getRunWithCounts,
  knownSequences,
  type ReadableWorkspace,
  type Run,
  type WritableWorkspace,
} from '../../db/index.ts';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import { usualReach } from '../../engine/soup/merge.ts';
import type { SampleRecord } from '../../engine/soup/types.ts';
import type { Log } from '../base/log.ts';
import { translating } from '../base/workspace.ts';
import { Channel } from '../compute/channel.ts';
import type { SteerAnswer, SteerQuestion } from '../compute/messages.ts';
import { candidatesOf, newSample, samplerOf } from '../compute/round.ts';
import type { Consents } from '../external/consents.ts';
import { openExternalScorers } from '../external/open.ts';
import { IdleTimer } from '../workers/idle-timer.ts';
import { Queue } from '../workers/queue.ts';
import { blendResult } from './blends.ts';
import { checkedWeights } from './check-weights.ts';
import { setupOf, stateOf } from './setup.ts';
import { settingsOf } from './summary.ts';

/** A warm process is given back after this time without a question. */
const IDLE_MS = 10 * 60_000;
/** Workers that sample side by side. */
const MOST_WORKERS = 4;
/** Sequences tried for each molecule that is wanted, before the answer is what there is. */
const MOST_TRIES = 8;
/** Sequences asked for beyond what is missing: some are invalid, known or the same. */
const SURPLUS = 1.25;
const LEAST_BATCH = 32;

interface Warm {
  readonly runId: number;
  readonly round: number;
  readonly channel: Channel;
}

type Question = Pick<SteerQuestion, 'weights' | 'reach' | 'seed'>;

export interface SteeringParts {
  readonly db: WritableWorkspace;
  readonly consents: Consents;
  readonly log: Log;
}

export class SteeringDesk {
  readonly #db: WritableWorkspace;
  readonly #consents: Consents;
  readonly #log: Log;
  #warm: Warm | null = null;
  readonly #queue = new Queue();
  readonly #idle = new IdleTimer(IDLE_MS, () => this.close());

  constructor({ db, consents, log }: SteeringParts) {
    this.#db = db;
    this.#consents = consents;
    this.#log = log;
  }

  /** Gets a run's experts ready. @returns false where it cannot be steered yet, or a program waits to be allowed */
  async open(runId: number): Promise<boolean> {
    try {
      await this.#inTurn(async () => this.#warmUp(steerable(this.#db, runId)));
      return true;
    } catch (error) {
      if (error instanceof ContractError && (error.code === 'conflict' || error.code === 'consent-needed'))
        return false;
      throw error;
    }
  }

  /**
   * As many new molecules as are wanted, if they can be found.
   * @throws ContractError where the run cannot be steered
   */
  sample({ runId, weights, reach, n, seed }: Parsed<'steering.sample'>): Promise<BlendResult> {
    return this.#inTurn(async () => {
      const run = steerable(this.#db, runId, weights);
      const question = {
        weights: normaliseWeights(weights),
        reach: reach ?? usualReach(run.method),
        seed: seed ?? countBlends(this.#db, runId) + 1,
      };
      return this.#blend(run, question, (warm, asked) => this.#collect(warm, asked, n));
    });
  }

  /**
   * Two blends of a run sampled anew, as many sequences with the same seed.
   * @throws ContractError where a blend is not the run's
   */
  compare({ runId, blendIds, n, seed }: Parsed<'steering.compare'>): Promise<Result<'steering.compare'>> {
    return this.#inTurn(async () => {
      const run = steerable(this.#db, runId);
      const again = async (blendId: number) =>
        this.#blend(run, { ...settingOf(ownBlend(this.#db, runId, blendId)), seed }, ({ channel }, question) =>
          ask(channel, { ...question, first: 0, n }),
        );
      const [one, other] = [await again(blendIds[0]), await again(blendIds[1])];
      const sequences = new Set(one.candidates.map(({ sequence }) => sequence));
      return {
        blends: [one, other],
        shared: other.candidates.filter(({ sequence }) => sequences.has(sequence)).length,
      };
    });
  }

  /**
   * Sequences of one setting, to be measured and not kept.
   * @throws ContractError where the run has gone on from `round`
   */
  draw(runId: number, round: number, question: Question & Pick<SteerQuestion, 'n'>): Promise<SteerAnswer> {
    return this.#inTurn(async () => {
      const warm = await this.#warmUp(steerable(this.#db, runId, question.weights));
      if (warm.round !== round)
        throw new ContractError(
          'conflict',
          `Run ${runId} has gone on to round ${warm.round}: what was measured of round ${round} is kept, and can’t be completed. Measure anew.`,
        );
      return ask(warm.channel, { ...question, first: 0 });
    });
  }

  async close(): Promise<void> {
    this.#idle.stop();
    const warm = this.#warm;
    this.#warm = null;
    await warm?.channel.process.end();
  }

  /** Requests wait for each other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(() => this.#idle.during(work));
  }

  /** Samples from the experts merged with these weights, and keeps what came of it. */
  async #blend(
    run: Run,
    question: Question,
    sampling: (warm: Warm, question: Question) => Promise<SteerAnswer>,
  ): Promise<BlendResult> {
    // Before anything is drawn: what can't be kept would be lost.
    const { constraints } = setupOf(this.#db, run);
    const warm = await this.#warmUp(run);
    const started = performance.now();
    const { samples, mergedKey } = await sampling(warm, question);
    const blendId = translating(() =>
      commitBlend(this.#db, {
        runId: run.id,
        round: warm.round,
        ...question,
        mergedKey,
        sampler: samplerOf(settingsOf(run)),
        samples: samples.map(newSample),
        candidates: candidatesOf(samples, constraints),
      }),
    );
    return blendResult(this.#db, blendId, (performance.now() - started) / 1000);
  }

  async #warmUp(run: Run): Promise<Warm> {
    const { round } = getRunWithCounts(this.#db, run.id);
    const warm = this.#warm;
    if (warm?.runId === run.id && warm.round === round && !warm.channel.lost) return warm;
    const state = stateOf(this.#db, run.id);
    if (state === null || state.experts.size === 0)
      throw new ContractError(
        'conflict',
        `Run ${run.id} has no trained experts to steer between yet; the first are there after its first round.`,
      );
    await this.close();
    const setup = setupOf(this.#db, run);
    const channel = new Channel(
      openExternalScorers(setup.scoring, {
        db: this.#db,
        consents: this.#consents,
        tell: (what) => this.#log.info({ runId: run.id, what }, 'program in trouble'),
      }),
    );
    this.#warm = { runId: run.id, round: state.round, channel };
    await channel.ask({
      type: 'open-steering',
      setup: { ...setup, workers: Math.min(MOST_WORKERS, setup.workers) },
      state,
      round: state.round,
    });
    return this.#warm;
  }

  /** Batches until `n` different molecules are there that the run did not have. */
  async #collect({ runId, channel }: Warm, question: Question, n: number): Promise<SteerAnswer> {
    const samples: SampleRecord[] = [];
    const found = new Set<string>();
    let mergedKey = '';
    while (found.size < n && samples.length < MOST_TRIES * n) {
      const wanted = Math.max(LEAST_BATCH, Math.ceil((n - found.size) * SURPLUS));
      const answer: SteerAnswer = await ask(channel, { ...question, first: samples.length, n: wanted });
      const sequences = answer.samples.flatMap(({ canonical }) => canonical ?? []);
      const known = knownSequences(this.#db, runId, sequences);
      for (const sequence of sequences) if (!known.has(sequence)) found.add(sequence);
      samples.push(...answer.samples);
      mergedKey = answer.mergedKey;
    }
    return { samples, mergedKey };
  }
}

async function ask(channel: Channel, question: SteerQuestion): Promise<SteerAnswer> {
  const message = await channel.ask({ type: 'steer', question });
  if (message.type !== 'steered') throw new ContractError('failed', 'The compute process answered out of turn.');
  return message.answer;
}

/** The run, where it has experts to steer between. @param weights checked where they are given @throws ContractError */
function steerable(db: ReadableWorkspace, runId: number, weights?: readonly number[]): Run {
  return translating(() => {
    const run = getRun(db, runId);
    if (run.method === 'morlhf')
      throw new ContractError(
        'conflict',
        `Run ${runId} trained one generator on the weighted sum (method "morlhf"); it has no experts to steer between.`,
      );
    checkedWeights(db, runId, weights);
    return run;
  });
}

const settingOf = ({ weights, reach }: Blend) => ({ weights, reach });

function ownBlend(db: ReadableWorkspace, runId: number, blendId: number): Blend {
  const blend = translating(() => getBlend(db, blendId));
  if (blend.runId !== runId)
    throw new ContractError('not-found', `Run ${runId} has no blend ${blendId}; it belongs to run ${blend.runId}.`);
  return blend;
}
