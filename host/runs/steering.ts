/**
 * Steering: a compute process stays warm for a run, merges its newest experts with other
 * weights, and samples until there are enough new molecules.
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
import { requireSteerable } from './steerable.ts';
import { firstExpertRound, settingsOf } from './summary.ts';

/** A warm process ends after this time without a question. */
const IDLE_MS = 10 * 60_000;
/** Workers that sample in parallel. */
const MOST_WORKERS = 4;
/** Sequences sampled per requested molecule before giving up. */
const MOST_TRIES = 8;
/** Factor on the number of missing molecules: some samples are invalid, known or duplicates. */
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

  /** Prepares a run's experts. @returns false if it cannot be steered yet, or an external scorer needs consent */
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
   * Samples the requested number of new molecules, if they can be found.
   * @throws ContractError if the run cannot be steered
   */
  sample({ runId, weights, reach, n, seed }: Parsed<'steering.sample'>): Promise<BlendResult> {
    return this.#inTurn(async () => {
      const run = steerable(this.#db, runId, weights);
      requireSteerable(run, reach);
      const question = {
        weights: normaliseWeights(weights),
        reach: reach ?? usualReach(run.method),
        seed: seed ?? countBlends(this.#db, runId) + 1,
      };
      return this.#blend(run, question, (warm, asked) => this.#collect(warm, asked, n));
    });
  }

  /**
   * Samples two blends of a run again, with equal numbers of sequences and the same seed.
   * @throws ContractError if a blend does not belong to the run
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
   * Samples of one setting for a measurement; they are not stored.
   * @throws ContractError if the run has continued beyond `round`
   */
  draw(runId: number, round: number, question: Question & Pick<SteerQuestion, 'n'>): Promise<SteerAnswer> {
    return this.#inTurn(async () => {
      const warm = await this.#warmUp(steerable(this.#db, runId, question.weights));
      if (warm.round !== round)
        throw new ContractError(
          'conflict',
          `Run ${runId} has continued to round ${warm.round}. The measurements of round ${round} are kept but can’t be completed. Start a new measurement.`,
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

  /** Samples from the experts merged with these weights, and stores the result. */
  async #blend(
    run: Run,
    question: Question,
    sampling: (warm: Warm, question: Question) => Promise<SteerAnswer>,
  ): Promise<BlendResult> {
    // Checked before sampling: results that can't be stored would be lost.
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
    if (state === null || !isTrained(this.#db, run, state))
      throw new ContractError(
        'conflict',
        run.method === 'ric'
          ? `Run ${run.id} can’t be steered yet. Its generator learns to write for rewards in round ${firstExpertRound(this.#db, run)}.`
          : `Run ${run.id} has no trained experts to steer between yet. They exist after round ${firstExpertRound(this.#db, run)}.`,
      );
    await this.close();
    const setup = setupOf(this.#db, run);
    const channel = new Channel(
      openExternalScorers(setup.scoring, {
        db: this.#db,
        consents: this.#consents,
        tell: (what) => this.#log.info({ runId: run.id, what }, 'external scorer in trouble'),
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

  /** Samples batches until there are `n` different molecules that are new to the run. */
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
  if (message.type !== 'steered') throw new ContractError('failed', 'The compute process gave an unexpected answer.');
  return message.answer;
}

/** The run. @param weights checked if given @throws ContractError if it has no experts to steer between */
function steerable(db: ReadableWorkspace, runId: number, weights?: readonly number[]): Run {
  return translating(() => {
    const run = getRun(db, runId);
    requireSteerable(run);
    checkedWeights(db, runId, weights);
    return run;
  });
}

function isTrained(
  db: ReadableWorkspace,
  run: Run,
  { experts, round }: NonNullable<ReturnType<typeof stateOf>>,
): boolean {
  return run.method === 'ric' ? round >= firstExpertRound(db, run) : experts.size > 0;
}

const settingOf = ({ weights, reach }: Blend) => ({ weights, reach });

function ownBlend(db: ReadableWorkspace, runId: number, blendId: number): Blend {
  const blend = translating(() => getBlend(db, blendId));
  if (blend.runId !== runId)
    throw new ContractError(
      'not-found',
      `Run ${runId} has no blend ${blendId}. That blend belongs to run ${blend.runId}.`,
    );
  return blend;
}
