/**
 * Steering: a warm compute process a run, which merges the newest experts with
 * other weights and samples until enough new molecules are there.
 */
import { ContractError, type Parsed, type Result } from '../contract/api.ts';
import { candidatesById, commitBlend, getRun, getRunWithCounts, knownSequences, listBlends, type Run, type WritableWorkspace } from '../db/index.ts';
import { meanInterval, meanScores, present } from '../engine/learn/statistics.ts';
import { aggregate, normaliseWeights } from '../engine/objectives/aggregate.ts';
import type { SampleRecord } from '../engine/soup/types.ts';
import { candidateOf } from './candidates.ts';
import type { SteerAnswer, SteerQuestion } from './compute-messages.ts';
import { Channel } from './compute-channel.ts';
import type { Consents } from './consents.ts';
import { openOutside } from './external/open.ts';
import type { Log } from './log.ts';
import { candidatesOf, newSample, samplerOf } from './round.ts';
import { setupOf, stateOf } from './setup.ts';
import { settingsOf } from './summary.ts';
import { translating } from './workspace.ts';

/** A warm process is given back after this time without a question. */
const IDLE_MS = 10 * 60_000;
/** Workers that sample side by side. */
const MOST_WORKERS = 4;
/** Sequences tried for each molecule that is wanted, before the answer is what there is. */
const MOST_TRIES = 8;
/** Sequences asked for beyond what is missing: some are invalid, known or the same. */
const SURPLUS = 1.25;
const LEAST_BATCH = 32;

export type SteerRequest = Parsed<'steer.sample'>;

interface Warm {
  readonly runId: number;
  readonly round: number;
  readonly channel: Channel;
}

interface Collected {
  readonly samples: SampleRecord[];
  readonly mergedKey: string;
}

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
  #tail: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor({ db, consents, log }: SteeringParts) {
    this.#db = db;
    this.#consents = consents;
    this.#log = log;
  }

  /** Requests wait for each other. @throws ContractError where the run cannot be steered */
  sample(request: SteerRequest): Promise<Result<'steer.sample'>> {
    const answer = this.#tail.then(() => this.#sample(request));
    this.#tail = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const warm = this.#warm;
    this.#warm = null;
    await warm?.channel.process.end();
  }

  async #sample({ runId, weights, n, seed }: SteerRequest): Promise<Result<'steer.sample'>> {
    const run = translating(() => getRun(this.#db, runId));
    checkWeights(run, weights);
    const normal = normaliseWeights(weights);
    const warm = await this.#warmUp(run);
    const started = performance.now();
    const blendSeed = seed ?? listBlends(this.#db, runId).length + 1;
    const { samples, mergedKey } = await this.#collect(warm, { weights: normal, seed: blendSeed }, n);
    const constraints = setupOf(this.#db, run).constraints;
    const stored = translating(() =>
      commitBlend(this.#db, { runId, round: warm.round, weights: normal, mergedKey, seed: blendSeed, sampler: samplerOf(settingsOf(run)), samples: samples.map(newSample), candidates: candidatesOf(samples, constraints) }),
    );
    const { blendId, sampled, valid, unique, known, candidateIds } = stored;
    const seconds = (performance.now() - started) / 1000;
    const candidates = candidatesById(this.#db, candidateIds, normal).map(candidateOf).sort((a, b) => (b.total ?? -1) - (a.total ?? -1));
    return { blendId, weights: normal, sampled, valid, unique, known, seconds, ...figures(samples, run, normal), candidates };
  }

  async #warmUp(run: Run): Promise<Warm> {
    this.#restartTimer();
    const { round } = getRunWithCounts(this.#db, run.id);
    const warm = this.#warm;
    if (warm?.runId === run.id && warm.round === round && !warm.channel.lost) return warm;
    const state = stateOf(this.#db, run.id);
    if (state === null || state.experts.size === 0) throw new ContractError('conflict', `Run ${run.id} has no trained experts to steer between yet; the first are there after its first round.`);
    await this.close();
    const setup = setupOf(this.#db, run);
    const channel = new Channel(openOutside(setup.scoring, { db: this.#db, consents: this.#consents, tell: (what) => this.#log.info({ runId: run.id, what }, 'program in trouble') }));
    this.#warm = { runId: run.id, round: state.round, channel };
    await channel.ask({ type: 'open-steering', setup: { ...setup, workers: Math.min(MOST_WORKERS, setup.workers) }, state, round: state.round });
    return this.#warm;
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.close(), IDLE_MS);
    this.#timer.unref();
  }

  /** Batches until `n` different molecules are there that the run did not have. */
  async #collect({ runId, channel }: Warm, question: Pick<SteerQuestion, 'weights' | 'seed'>, n: number): Promise<Collected> {
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

function checkWeights({ id, method, objectives }: Run, weights: readonly number[]): void {
  if (method === 'morlhf') throw new ContractError('conflict', `Run ${id} trained one generator on the weighted sum (method "morlhf"); it has no experts to steer between.`);
  if (weights.length !== objectives.length) throw new ContractError('bad-input', `Run ${id} has ${objectives.length} goals; ${weights.length} weights were given.`);
  if (weights.every((weight) => weight === 0)) throw new ContractError('bad-input', 'The weights sum to 0; give at least one goal a weight above 0.');
}

function figures(samples: readonly SampleRecord[], run: Run, weights: readonly number[]): Pick<Result<'steer.sample'>, 'objectives' | 'total'> {
  const valid = samples.filter(({ canonical }) => canonical !== null);
  const totals = valid.map(({ scores }) => aggregate(run.aggregate, scores, weights));
  return { objectives: meanScores(valid, weights.length), total: meanInterval(present(totals)).mean };
}
