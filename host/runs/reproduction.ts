/**
 * Reproduces a candidate in a separate compute process: samples its blend again, or
 * trains its run from the start to its round, and compares the sequence in its place.
 * Nothing is stored.
 */
import { ContractError, type ReproductionState, type ReproductionVerdict, type Result } from '../../contract/api.ts';
import {
  type CandidateDetail,
  candidateDetail,
  getBlend,
  getRun,
  getRunWithCounts,
  type NewCandidate,
  type NewRollout,
  type ReadableWorkspace,
  type Run,
  settingsOfRound,
  type WritableWorkspace,
} from '../../db/index.ts';
import { errorText } from '../base/errors.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { version } from '../base/paths.ts';
import { secondsLeft } from '../base/time-left.ts';
import { translated, translating } from '../base/workspace.ts';
import type { ComputeSetup, FromCompute } from '../compute/messages.ts';
import { ComputeProcess } from '../compute/process.ts';
import { candidatesOf } from '../compute/round.ts';
import type { Consents } from '../external/consents.ts';
import { openExternalScorers } from '../external/open.ts';
import { revived } from '../workers/failure.ts';
import { constraintsOf, objectivesOf, setupOf } from './setup.ts';
import type { SteeringDesk } from './steering.ts';
import { roundsOf } from './summary.ts';

export interface ReproductionParts {
  readonly db: WritableWorkspace;
  readonly consents: Consents;
  readonly steering: SteeringDesk;
  readonly events: Events;
  readonly log: Log;
}

/** The sequence in the candidate's place, with its scores if it is valid. */
interface Reproduced {
  readonly text: string;
  readonly canonical: string | null;
  readonly candidate: Pick<NewCandidate, 'raw' | 'scores' | 'constraints'> | undefined;
}

interface Job {
  readonly detail: CandidateDetail;
  readonly started: number;
  process: ComputeProcess | null;
}

export class Reproductions {
  readonly #parts: ReproductionParts;
  #state: ReproductionState = { state: 'none' };
  #job: Job | null = null;

  constructor(parts: ReproductionParts) {
    this.#parts = parts;
  }

  get state(): ReproductionState {
    return this.#state;
  }

  /** @throws ContractError if there is no such candidate */
  cost(candidateId: number): Result<'reproduction.cost'> {
    const { db } = this.#parts;
    const detail = translating(() => candidateDetail(db, candidateId));
    const rounds = detail.blendId === null ? detail.round : 0;
    const seconds = roundsOf(db, detail.runId).reduce(
      (sum, { round, seconds: one }) => (round <= rounds ? sum + one : sum),
      0,
    );
    return { rounds, seconds, impossible: this.#whyNot(detail) };
  }

  /** @throws ContractError if it is impossible or not allowed, or another reproduction is in progress */
  start(candidateId: number): ReproductionState {
    const { db, consents } = this.#parts;
    if (this.#job !== null)
      throw new ContractError(
        'conflict',
        `Candidate ${this.#job.detail.id} is being reproduced. Cancel that, or wait until it is done.`,
      );
    const detail = translating(() => candidateDetail(db, candidateId));
    const impossible = this.#whyNot(detail);
    if (impossible !== null) throw new ContractError('conflict', impossible);
    const run = translating(() => getRun(db, detail.runId));
    const setup = setupAt(db, run, detail.round);
    consents.require(setup.scoring);
    const job: Job = { detail, started: performance.now(), process: null };
    this.#job = job;
    this.#become({ state: 'running', candidateId, share: 0, secondsLeft: null });
    void this.#work(job, run, setup);
    return this.#state;
  }

  async cancel(): Promise<ReproductionState> {
    const job = this.#job;
    this.#job = null;
    if (job !== null) this.#become({ state: 'none' });
    await job?.process?.end();
    return this.#state;
  }

  /** Why it cannot be reproduced; null if it can. */
  #whyNot({ runId, round, blendId }: CandidateDetail): string | null {
    const { db } = this.#parts;
    if (blendId === null) {
      if (!settingsOfRound(db, runId, round).continued) return null;
      return 'The run was extended before this candidate was found. Its falling learning rate depends on the length of the run, so the earlier rounds can’t be reproduced from the start.';
    }
    const newest = getRunWithCounts(db, runId).round;
    return newest === getBlend(db, blendId).round
      ? null
      : 'It was sampled by steering between experts that have since been trained further and are no longer stored.';
  }

  async #work(job: Job, run: Run, setup: ComputeSetup): Promise<void> {
    const { detail } = job;
    try {
      const reproduced =
        detail.blendId === null ? await this.#train(job, setup) : await this.#draw(detail, detail.blendId, setup);
      this.#end(job, { state: 'done', candidateId: detail.id, verdict: verdictOf(detail, reproduced, run) });
    } catch (error) {
      this.#parts.log.error({ err: error, candidateId: detail.id }, 'candidate not reproduced');
      this.#end(job, { state: 'failed', candidateId: detail.id, message: errorText(translated(error)) });
    }
  }

  #end(job: Job, state: ReproductionState): void {
    void job.process?.end();
    if (this.#job !== job) return;
    this.#job = null;
    this.#become(state);
  }

  async #draw(
    { slot, runId }: CandidateDetail,
    blendId: number,
    { constraints }: ComputeSetup,
  ): Promise<Reproduced | null> {
    const { db, steering } = this.#parts;
    const { round, weights, reach, seed } = getBlend(db, blendId);
    const { samples } = await steering.draw(runId, round, { weights, reach, seed, n: slot + 1 });
    const { text, canonical } = samples[slot];
    return { text, canonical, candidate: candidatesOf([samples[slot]], constraints)[0] };
  }

  /** Trains up to the candidate's round. */
  #train(job: Job, setup: ComputeSetup): Promise<Reproduced | null> {
    const { detail } = job;
    const { db, consents, log } = this.#parts;
    return new Promise((resolve, reject) => {
      const message = (news: FromCompute): void => {
        if (news.type === 'progress')
          this.#progress(job, news.progress.step / Math.max(1, detail.round * setup.settings.merge_every));
        else if (news.type === 'failed') reject(revived(news.error));
        else if (news.type === 'prewritten') return;
        else if (news.type === 'round' && news.round.number === detail.round)
          resolve(reproducedFrom(detail, news.round));
        else if (news.type === 'round') job.process?.send({ type: 'committed', round: news.round.number });
        else reject(new Error('The training ended before the round of the candidate.'));
      };
      const external = openExternalScorers(setup.scoring, {
        db,
        consents,
        tell: (what) => log.info({ what }, 'external scorer in trouble'),
      });
      job.process = new ComputeProcess(
        { message, lost: (why) => reject(new ContractError('failed', `${why} Try again.`)) },
        external,
      );
      job.process.send({ type: 'run', setup, state: null });
    });
  }

  #progress(job: Job, done: number): void {
    if (this.#job !== job) return;
    const share = Math.min(1, done);
    const seconds = (performance.now() - job.started) / 1000;
    this.#become({
      state: 'running',
      candidateId: job.detail.id,
      share,
      secondsLeft: secondsLeft(seconds, share),
    });
  }

  #become(state: ReproductionState): void {
    this.#state = state;
    this.#parts.events.tellReproduction(state);
  }
}

/** The setup of the run at the time of this round. */
function setupAt(db: ReadableWorkspace, run: Run, round: number): ComputeSetup {
  const { settings } = settingsOfRound(db, run.id, round);
  return setupOf(db, settings === null ? run : { ...run, settings });
}

/** null if the batch does not exist or has fewer samples. */
function reproducedFrom(
  { step, source, draw, expert, slot }: CandidateDetail,
  { rollouts, candidates }: { readonly rollouts: readonly NewRollout[]; readonly candidates: readonly NewCandidate[] },
): Reproduced | null {
  const batch = rollouts.find(
    (one) =>
      one.step === step &&
      one.expert === expert &&
      (one.draw ?? 0) === draw &&
      (one.source ?? (one.expert === null ? 'merge' : 'expert')) === source,
  );
  const sample = batch?.samples[slot];
  return sample === undefined
    ? null
    : {
        text: sample.text,
        canonical: sample.canonical,
        candidate: candidates.find(({ sequence }) => sequence === sample.canonical),
      };
}

function verdictOf(detail: CandidateDetail, reproduced: Reproduced | null, run: Run): ReproductionVerdict {
  const software = run.software === version ? null : run.software;
  const sequence = reproduced?.canonical ?? null;
  if (reproduced === null || sequence !== detail.sequence || reproduced.candidate === undefined)
    return { same: false, sequence, differences: [], software };
  const differences = differencesOf(detail, reproduced.candidate, run);
  return { same: reproduced.text === detail.text && differences.length === 0, sequence, differences, software };
}

function differencesOf(
  was: CandidateDetail,
  is: NonNullable<Reproduced['candidate']>,
  run: Run,
): ReproductionVerdict['differences'] {
  const [goals, limits] = [objectivesOf(run), constraintsOf(run)];
  const compared = [
    ...goals.flatMap(({ label }, i) => [
      { what: label, was: was.raw[i], is: is.raw[i] },
      { what: `Score of ${label}`, was: was.scores[i], is: is.scores[i] },
    ]),
    ...limits.map(({ label }, i) => ({ what: label, was: was.constraints[i], is: is.constraints[i] })),
  ];
  return compared.filter((one) => one.was !== one.is);
}
