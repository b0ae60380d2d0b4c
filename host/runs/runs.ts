/**
 * The runs of one host: one at a time trains in a supervised compute process, the others
 * wait. Each finished round is committed whole and then acknowledged. Whatever process
 * dies, the committed rounds remain and the run can be resumed.
 */
import { availableParallelism } from 'node:os';
import { ContractError, type RoundMetrics, roundMetrics, type RunSummary } from '../../contract/api.ts';
import {
  commitRound,
  createRun,
  discardPrewrittenBlobs,
  dropSuperseded,
  extendRun,
  getDesign,
  getRunWithCounts,
  keepEstimate,
  listRuns,
  prewriteBlob,
  type RunState,
  type RunWithCounts,
  type StoredRunState,
  updateRunState,
  type WritableWorkspace,
} from '../../db/index.ts';
import { runSettingsSchema } from '../../engine/soup/settings.ts';
import { errorText } from '../base/errors.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { version } from '../base/paths.ts';
import { translated, translating } from '../base/workspace.ts';
import type { Devices } from '../compute/device-registry.ts';
import type { ComputedRound, ComputeSetup, FromCompute } from '../compute/messages.ts';
import { ComputeProcess } from '../compute/process.ts';
import { scoringRequest } from '../design/resolved.ts';
import { resolvedDesign } from '../design/stored.ts';
import type { Consents } from '../external/consents.ts';
import { openExternalScorers } from '../external/open.ts';
import { loadModel } from '../models/generators.ts';
import { predictorPins } from '../models/pins.ts';
import { adviceOn } from './advice.ts';
import { alarmOn } from './alarm.ts';
import { estimateOf } from './estimate.ts';
import { modalityOf, objectivesOf, setupOf, stateOf, threadsFor, workersFor } from './setup.ts';
import { roundsOf, settingsOf, summaryOf } from './summary.ts';
import type { Trials } from './trials.ts';

interface Active {
  readonly runId: number;
  readonly process: ComputeProcess;
  /** Its committed rounds, first to last: read once, since a long run has thousands. */
  readonly rounds: RoundMetrics[];
}

export interface RunsParts {
  readonly db: WritableWorkspace;
  readonly consents: Consents;
  readonly devices: Pick<Devices, 'choose'>;
  readonly events: Events;
  readonly log: Log;
  readonly trials: Pick<Trials, 'cancel'>;
  /** That a run may use; all of them where left out. */
  readonly cores?: number;
}

/** States from which a run can be resumed. */
const RESUMABLE: readonly RunState[] = ['paused', 'interrupted', 'failed', 'stopped'];

export class Runs {
  readonly #db: WritableWorkspace;
  readonly #consents: Consents;
  readonly #devices: RunsParts['devices'];
  readonly #events: Events;
  readonly #log: Log;
  readonly #trials: RunsParts['trials'];
  readonly #cores: number;
  readonly #queue: number[] = [];
  /** Trouble of external scorers, by run; such runs continue. */
  readonly #troubles = new Map<number, string>();
  #active: Active | null = null;
  #closed = false;

  constructor({ db, consents, devices, events, log, trials, cores = availableParallelism() }: RunsParts) {
    this.#db = db;
    this.#consents = consents;
    this.#devices = devices;
    this.#events = events;
    this.#log = log;
    this.#trials = trials;
    this.#cores = cores;
  }

  /**
   * @throws ContractError if the design, its prior or the device cannot be used; 'consent-needed' if it has an external
   * scorer that is not allowed
   */
  async start(designId: number, seed: number): Promise<RunSummary> {
    const design = translating(() => getDesign(this.#db, designId));
    const resolved = resolvedDesign(design.resolved);
    const { modality, settings, objectives, constraints, prior } = resolved;
    const scoring = scoringRequest({ modality, objectives, constraints });
    this.#consents.require(scoring);
    const model = loadModel(prior);
    const device = await this.#devices.choose();
    const expected = estimateOf(this.#db, resolved);
    const runId = translating(() =>
      createRun(this.#db, {
        designId,
        seed,
        method: settings.method,
        settings,
        objectives,
        constraints,
        aggregate: settings.aggregate,
        prior: model.isNamed ? prior : model.file,
        priorKey: model.key,
        predictors: predictorPins(scoring),
        device,
        threads: threadsFor(settings, this.#cores),
        software: version,
      }),
    );
    if (expected !== null) translating(() => keepEstimate(this.#db, runId, expected.minutes * 60));
    this.#enqueue(runId);
    return this.summary(runId);
  }

  resume(runId: number): RunSummary {
    const { state } = this.#get(runId);
    if (!RESUMABLE.includes(state))
      throw new ContractError(
        'conflict',
        state === 'finished'
          ? `Run ${runId} is finished, so there is nothing to resume. You can extend it by more rounds.`
          : `Run ${runId} is already running.`,
      );
    this.#consents.require(setupOf(this.#db, this.#get(runId)).scoring);
    return this.#goOn(runId);
  }

  /**
   * Adds rounds after the last one, as if the run had that budget from the start: same
   * experts, optimizer, replay memory and seed. What depends on the whole budget (a
   * falling learning rate) follows the new budget from there on.
   * @throws ContractError 'conflict' while it runs, 'bad-input' beyond the most steps a run may have
   */
  extend(runId: number, rounds: number): RunSummary {
    const run = this.#get(runId);
    if (run.state === 'running')
      throw new ContractError('conflict', `Run ${runId} is running. Pause it before you extend it.`);
    const before = settingsOf(run);
    const afterRound = run.round ?? 0;
    const settings = { ...before, steps: (afterRound + rounds) * before.merge_every };
    if (!runSettingsSchema.shape.steps.safeParse(settings.steps).success)
      throw new ContractError(
        'bad-input',
        `Run ${runId} would have ${settings.steps} steps, which is more than the maximum. Add fewer rounds.`,
      );
    this.#consents.require(setupOf(this.#db, run).scoring);
    translating(() => extendRun(this.#db, runId, { afterRound, rounds }, settings));
    return this.#goOn(runId);
  }

  #goOn(runId: number): RunSummary {
    this.#enqueue(runId);
    return this.#changed(runId, 'running');
  }

  async pause(runId: number): Promise<RunSummary> {
    if (this.#get(runId).state !== 'running') throw new ContractError('conflict', `Run ${runId} is not running.`);
    await this.#take(runId);
    return this.#changed(runId, 'paused');
  }

  async stop(runId: number): Promise<RunSummary> {
    const { state } = this.#get(runId);
    if (state === 'finished' || state === 'stopped')
      throw new ContractError('conflict', `Run ${runId} is already ${state}.`);
    await this.#take(runId);
    return this.#changed(runId, 'stopped');
  }

  summary(runId: number): RunSummary {
    return this.#summaryOf(this.#get(runId));
  }

  list(): RunSummary[] {
    return translating(() => listRuns(this.#db)).map((run) => this.#summaryOf(run));
  }

  /** Process id of the compute process that trains; undefined if none does. */
  get computePid(): number | undefined {
    return this.#active?.process.pid;
  }

  /** Pauses all running and waiting runs, so that the next host can resume them. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#queue, ...(this.#active ? [this.#active.runId] : [])];
    for (const runId of open) {
      await this.#take(runId);
      this.#changed(runId, 'paused');
    }
  }

  #get(runId: number): RunWithCounts {
    return translating(() => getRunWithCounts(this.#db, runId));
  }

  #summaryOf(run: RunWithCounts): RunSummary {
    const waits = this.#queue.includes(run.id) && this.#active !== null;
    return summaryOf(
      this.#db,
      run,
      waits ? `Waiting for run ${this.#active?.runId} to finish.` : (run.error ?? this.#troubles.get(run.id) ?? null),
    );
  }

  #enqueue(runId: number): void {
    this.#queue.push(runId);
    this.#next();
  }

  /** Ends the run's process, or removes the run from the queue. */
  async #take(runId: number): Promise<void> {
    const waiting = this.#queue.indexOf(runId);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    if (this.#active?.runId !== runId) return;
    const { process } = this.#active;
    this.#active = null;
    await process.end();
    this.#discardPrewritten();
    this.#next();
  }

  #next(): void {
    if (this.#active !== null || this.#closed) return;
    const runId = this.#queue.shift();
    if (runId === undefined) return;
    try {
      this.#launch(runId);
    } catch (error) {
      this.#changed(runId, 'failed', errorText(translated(error)));
      this.#next();
    }
  }

  /** With workers for the cores that the run may use; no result depends on their number. */
  #setup(run: RunWithCounts): ComputeSetup {
    const setup = setupOf(this.#db, run);
    return { ...setup, workers: workersFor(setup.settings, setup.threads, this.#cores) };
  }

  #launch(runId: number): void {
    const setup = this.#setup(this.#get(runId));
    const state = translating(() => stateOf(this.#db, runId));
    const listener = {
      message: (message: FromCompute) => this.#receive(runId, message),
      lost: (why: string) =>
        this.#end(runId, 'failed', `${why} Everything up to the last round is kept. Resume the run to continue.`),
    };
    // Consent is checked again after waiting: the external scorer may have changed meanwhile.
    const scorers = openExternalScorers(setup.scoring, {
      db: this.#db,
      consents: this.#consents,
      tell: (what) => this.#trouble(runId, what),
    });
    this.#troubles.delete(runId);
    void this.#trials.cancel();
    this.#active = { runId, process: new ComputeProcess(listener, scorers), rounds: roundsOf(this.#db, runId) };
    this.#active.process.send({ type: 'run', setup, state });
  }

  #receive(runId: number, message: FromCompute): void {
    // Messages of a process that has been ended may still arrive.
    if (this.#active?.runId !== runId) return;
    switch (message.type) {
      case 'progress':
        this.#events.tellRun(runId, { type: 'progress', ...message.progress });
        break;
      case 'prewritten':
        this.#storing(runId, () => prewriteBlob(this.#db, message.bytes));
        break;
      case 'round':
        this.#commit(runId, message.round);
        break;
      case 'finished':
        this.#end(runId, 'finished', this.#troubles.get(runId) ?? null);
        break;
      case 'failed':
        this.#end(runId, 'failed', [message.error.message, this.#troubles.get(runId) ?? []].flat().join(' '));
        break;
      default:
        this.#end(runId, 'failed', 'The compute process gave an unexpected answer.');
    }
  }

  #commit(runId: number, { ended, ...round }: ComputedRound): void {
    if (!this.#storing(runId, () => commitRound(this.#db, { runId, ...round }))) return;
    this.#active?.process.send({ type: 'committed', round: round.number });
    this.#log.info({ runId, round: round.number, ms: Date.now() - ended }, 'round committed');
    if (this.#active === null) return;
    this.#active.rounds.push(roundMetrics.parse(round.metrics));
    this.#tellRound(this.#active);
    // After the event, since deleting megabytes takes time.
    this.#storing(runId, () => dropSuperseded(this.#db, runId, ['state', 'expert', 'merged']));
  }

  /** Writes for a run; if that fails, the run fails. @returns whether it was written */
  #storing(runId: number, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#end(runId, 'failed', errorText(translated(error)));
      return false;
    }
  }

  #tellRound({ runId, rounds }: Active): void {
    const run = this.#get(runId);
    const summary = this.#summaryOf(run);
    const modality = modalityOf(this.#db, run);
    this.#events.tellRun(runId, {
      type: 'round',
      summary,
      round: rounds.at(-1)!,
      advice: adviceOn(rounds, objectivesOf(run), settingsOf(run), modality),
      alarm: alarmOn(rounds, settingsOf(run), modality),
    });
    this.#events.tellRuns(summary);
  }

  /**
   * Discards what was prewritten for a round that did not finish. On a full disk even that can fail; the next commit
   * discards it then.
   */
  #discardPrewritten(): void {
    try {
      discardPrewrittenBlobs(this.#db);
    } catch (error) {
      this.#log.info({ error: errorText(translated(error)) }, 'prewritten blobs not discarded');
    }
  }

  /** An external scorer is in trouble; the run continues without its scores. */
  #trouble(runId: number, what: string): void {
    this.#log.info({ runId, what }, 'external scorer in trouble');
    this.#troubles.set(runId, what);
    const summary = this.summary(runId);
    this.#events.tellRun(runId, { type: 'state', summary });
    this.#events.tellRuns(summary);
  }

  /** A run has ended by itself. */
  #end(runId: number, state: StoredRunState, error: string | null): void {
    const process = this.#active?.runId === runId ? this.#active.process : null;
    this.#active = null;
    void process?.end();
    this.#discardPrewritten();
    this.#changed(runId, state, error);
    this.#next();
  }

  /** On a full disk even the state cannot be written: the next start then rightly treats the run as interrupted. */
  #changed(runId: number, state: StoredRunState, error: string | null = null): RunSummary {
    this.#log.info({ runId, state, error }, 'run changed');
    let message = error;
    try {
      updateRunState(this.#db, runId, state, error);
    } catch (failure) {
      message = error ?? errorText(translated(failure));
    }
    const summary: RunSummary = { ...this.summary(runId), state, message: message ?? this.summary(runId).message };
    this.#events.tellRun(runId, { type: 'state', summary });
    this.#events.tellRuns(summary);
    return summary;
  }
}
