/**
 * Measures the surface of a run in the background, one setting after another. Each is
 * stored as soon as it is measured, so that a measurement that was stopped continues
 * where it ended. Steering requests may come in between two settings.
 */
import { z } from 'zod';
import { ContractError, type Parsed, type Surface, surfaceSetting, type SurfaceState } from '../../contract/api.ts';
import {
  addSurfaceSetting,
  getRunWithCounts,
  latestSurface,
  type NewSurfaceSetting,
  openSurface,
  type RunWithCounts,
  type StoredSurface,
  type WritableWorkspace,
} from '../../db/index.ts';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import { usualReach } from '../../engine/soup/merge.ts';
import { settingFigures, settingSeed, surfaceOf, surfaceWeights, usualSettings } from '../../engine/soup/surface.ts';
import { errorText } from '../base/errors.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { secondsLeft } from '../base/time-left.ts';
import { translating } from '../base/workspace.ts';
import type { Consents } from '../external/consents.ts';
import { setupOf } from './setup.ts';
import { requireSteerable } from './steerable.ts';
import type { SteeringDesk } from './steering.ts';
import { firstExpertRound } from './summary.ts';

export interface SurfacesParts {
  readonly db: WritableWorkspace;
  readonly consents: Consents;
  readonly steering: SteeringDesk;
  readonly events: Events;
  readonly log: Log;
}

interface Job {
  readonly runId: number;
  readonly surface: StoredSurface;
  readonly started: number;
  /** Settings measured by this job, and the number that it had to measure. */
  done: number;
  readonly missing: number;
  cancelled: boolean;
  /** Resolves when it has ended, successfully or not. */
  ended: Promise<void>;
}

/** As it is stored; written by `settingFigures`. */
const storedFigures = surfaceSetting
  .pick({ sampled: true, valid: true, unique: true, total: true, objectives: true })
  .extend({ without: z.array(z.array(z.number().nullable())) });

export class Surfaces {
  readonly #parts: SurfacesParts;
  readonly #problems = new Map<number, string>();
  #job: Job | null = null;

  constructor(parts: SurfacesParts) {
    this.#parts = parts;
  }

  /** @throws ContractError if there is no such run */
  state(runId: number): SurfaceState {
    const { round } = this.#run(runId);
    const surface = latestSurface(this.#parts.db, runId);
    return {
      surface: surface && surfaceInfo(surface, round ?? 0),
      job: this.#progress(runId),
      problem: this.#problems.get(runId) ?? null,
    };
  }

  /**
   * Begins a measurement and returns at once; `surface` events report its progress.
   * @throws ContractError if the run cannot be measured now
   */
  measure({ runId, settings, samples, seed, reach }: Parsed<'surface.measure'>): SurfaceState {
    const run = this.#measurable(runId, reach);
    const weights = weightsToMeasure(run, settings, seed);
    const surface = translating(() =>
      openSurface(this.#parts.db, {
        runId,
        round: run.round!,
        settings: weights.length,
        samples,
        seed,
        reach: reach ?? usualReach(run.method),
      }),
    );
    const done = new Set(surface.measured.map(({ number }) => number));
    const missing = weights.flatMap((one, number) => (done.has(number) ? [] : [{ number, weights: one }]));
    this.#problems.delete(runId);
    const job: Job = {
      runId,
      surface,
      started: performance.now(),
      done: 0,
      missing: missing.length,
      cancelled: false,
      ended: Promise.resolve(),
    };
    this.#job = job;
    job.ended = this.#work(job, run, missing);
    return this.state(runId);
  }

  /** Resolves when the current setting is measured and the measurement has ended. */
  async cancel(runId: number): Promise<SurfaceState> {
    const job = this.#job?.runId === runId ? this.#job : null;
    if (job !== null) {
      job.cancelled = true;
      await job.ended;
    }
    return this.state(runId);
  }

  /** Resolves with the state when no measurement of the run is in progress. */
  async ended(runId: number): Promise<SurfaceState> {
    if (this.#job?.runId === runId) await this.#job.ended;
    return this.state(runId);
  }

  close(): void {
    if (this.#job !== null) this.#job.cancelled = true;
  }

  #run(runId: number): RunWithCounts {
    return translating(() => getRunWithCounts(this.#parts.db, runId));
  }

  #measurable(runId: number, reach?: number): RunWithCounts {
    const run = this.#run(runId);
    if (this.#job !== null)
      throw new ContractError(
        'conflict',
        `The surface of run ${this.#job.runId} is being measured. Cancel that, or wait until it is done.`,
      );
    if (run.state === 'running')
      throw new ContractError(
        'conflict',
        `Run ${runId} is still training, so its experts change. Pause it, or wait until it is done, before you measure.`,
      );
    requireSteerable(run, reach);
    if (run.objectives.length < 2)
      throw new ContractError('conflict', `Run ${runId} has only one goal, so there are no weights to vary.`);
    const first = firstExpertRound(this.#parts.db, run);
    if ((run.round ?? 0) < first)
      throw new ContractError(
        'conflict',
        `Run ${runId} has not trained enough to be steered yet. It can be measured after round ${first}.`,
      );
    this.#parts.consents.require(setupOf(this.#parts.db, run).scoring);
    return run;
  }

  #progress(runId: number): SurfaceState['job'] {
    if (this.#job === null || this.#job.runId !== runId) return null;
    const { surface, started, done, missing } = this.#job;
    const seconds = (performance.now() - started) / 1000;
    return {
      done: surface.settings - missing + done,
      settings: surface.settings,
      secondsLeft: secondsLeft(seconds, done / missing),
    };
  }

  async #work(
    job: Job,
    run: RunWithCounts,
    missing: readonly Pick<NewSurfaceSetting, 'number' | 'weights'>[],
  ): Promise<void> {
    try {
      for (const one of missing) {
        if (job.cancelled) break;
        await this.#measure(job, run, one);
        job.done++;
        if (job.done < job.missing) this.#tell(job.runId);
      }
    } catch (error) {
      this.#parts.log.error({ err: error, runId: job.runId }, 'surface not measured');
      this.#problems.set(job.runId, errorText(error));
    }
    this.#job = null;
    this.#tell(job.runId);
  }

  async #measure(
    { runId, surface }: Job,
    run: RunWithCounts,
    { number, weights }: Pick<NewSurfaceSetting, 'number' | 'weights'>,
  ): Promise<void> {
    const { samples, mergedKey } = await this.#parts.steering.draw(runId, surface.round, {
      weights,
      reach: surface.reach,
      seed: settingSeed(surface.seed, number),
      n: surface.samples,
    });
    const figures = settingFigures(samples, ownWeights(run), run.aggregate);
    translating(() => addSurfaceSetting(this.#parts.db, surface.id, { number, weights, mergedKey, figures }));
  }

  #tell(runId: number): void {
    this.#parts.events.tellSurface(runId, this.state(runId));
  }
}

const ownWeights = ({ objectives }: RunWithCounts): number[] =>
  normaliseWeights(objectives.map(({ weight }) => weight));

/** @throws ContractError for too few settings */
function weightsToMeasure(run: RunWithCounts, settings: number | undefined, seed: number): number[][] {
  try {
    return surfaceWeights(ownWeights(run), settings ?? usualSettings(run.objectives.length), seed);
  } catch (error) {
    if (error instanceof RangeError) throw new ContractError('bad-input', error.message);
    throw error;
  }
}

function surfaceInfo(
  { round, settings, samples, seed, reach, created, measured }: StoredSurface,
  newest: number,
): Surface {
  const rows = measured.map(({ number, weights, figures }) => ({
    number,
    weights: [...weights],
    ...storedFigures.parse(figures),
  }));
  const { hypervolume, front } = surfaceOf(rows, seed);
  const shown = rows.map(({ without: _without, ...figures }, i) => ({ ...figures, front: front[i] }));
  return {
    round,
    outdated: round !== newest,
    settings,
    samples,
    seed,
    reach,
    created,
    hypervolume: { ...hypervolume },
    measured: shown,
  };
}
