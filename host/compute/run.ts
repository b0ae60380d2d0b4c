/**
 * One run in the compute process: the loop of the engine. Each round goes to the host, and the loop continues when the
 * host has committed it.
 */
import { runMethods } from '../../engine/soup/methods.ts';
import { planOf } from '../../engine/soup/schedule.ts';
import type { MergedRound, RoundCommit, RunObserver, RunProgress, RunRequest } from '../../engine/soup/types.ts';
import type { ExternalScores } from '../external/external-scorers.ts';
import { failureData, isAbort } from '../workers/failure.ts';
import { DiversityMeter, measuredSequences } from './diversity.ts';
import type { ComputeSetup, FromCompute, StoredState } from './messages.ts';
import { openWorkshop } from './parts.ts';
import { computedRound, prewrite, type Prewritten, type RoundContext } from './round.ts';
import { decodeState } from './run-state.ts';

export interface RunControl {
  /** Resolves when the last round is committed. */
  readonly finished: Promise<void>;
  /** The host has committed this round. */
  committed(round: number): void;
}

type Send = (message: FromCompute) => Promise<void>;

/** What the host provides for a run. */
export interface HostLink {
  readonly send: Send;
  readonly external: ExternalScores;
}

export function startRun(setup: ComputeSetup, state: StoredState | null, { send, external }: HostLink): RunControl {
  const acknowledgements = new Map<number, () => void>();
  const acknowledged = (round: number) => new Promise<void>((resolve) => acknowledgements.set(round, resolve));
  return {
    finished: train(setup, state, { send, external }, acknowledged),
    committed: (round) => acknowledgements.get(round)?.(),
  };
}

async function train(
  setup: ComputeSetup,
  state: StoredState | null,
  { send, external }: HostLink,
  acknowledged: (round: number) => Promise<void>,
): Promise<void> {
  const workshop = await openWorkshop(setup, external);
  const { settings, seed, objectives, constraints } = setup;
  const request: RunRequest = { settings, seed, objectives, constraints, prior: workshop.prior.weights };
  const observer = observing(request, { config: workshop.prior.config, settings, constraints }, send, acknowledged);
  try {
    await runMethods[settings.method](request, state && decodeState(state), { runner: workshop.experts, observer });
  } catch (error) {
    // Sent before the workers end, because one in native code may crash the process. The host reads only the first
    // message.
    if (!isAbort(error)) await send({ type: 'failed', error: failureData(error) });
    throw error;
  } finally {
    await workshop.dispose();
  }
}

function observing(
  request: RunRequest,
  context: RoundContext,
  send: Send,
  acknowledged: (round: number) => Promise<void>,
): RunObserver {
  const progress = new Progress(request);
  const meter = new DiversityMeter(context.config.modality);
  let prewritten: Promise<Prewritten>;
  return {
    merged(round: MergedRound) {
      prewritten = prewrite(round, context, (bytes) => send({ type: 'prewritten', bytes }));
      // The commit awaits it and throws its error.
      prewritten.catch(() => undefined);
    },
    async commitRound(commit: RoundCommit) {
      const ended = Date.now();
      const known = acknowledged(commit.state.round);
      const diversity = await meter.of(measuredSequences(commit.samples));
      await send({
        type: 'round',
        round: computedRound(commit, context, { prewritten: await prewritten, diversity, ended }),
      });
      await known;
    },
    progress(one) {
      const step = progress.after(one);
      // If progress cannot be sent, the host is gone, and this process ends.
      if (step !== null)
        void send({ type: 'progress', progress: { step, steps: request.settings.steps, message: one.message } }).catch(
          () => undefined,
        );
    },
  };
}

/** Shortest time between two reports. */
const REPORT_MS = 200;

/** Steps of the run, from the steps that each expert of the round has done. */
class Progress {
  readonly #m: number;
  readonly #experts: number;
  readonly #done = new Map<number | null, number>();
  #round = 0;
  #told = -Infinity;

  constructor(request: RunRequest) {
    const { m, M } = planOf(request);
    this.#m = m;
    this.#experts = M;
  }

  /** @returns steps done, or null if the last report was too recent */
  after({ round, objective, done, of }: RunProgress): number | null {
    if (round !== this.#round) this.#done.clear();
    this.#round = round;
    this.#done.set(objective, done / of);
    if (performance.now() - this.#told < REPORT_MS) return null;
    this.#told = performance.now();
    const shares = [...this.#done.values()].reduce((sum, share) => sum + share, 0);
    // One policy on the total trains alone, whatever the number of experts.
    const learners = objective === null ? 1 : this.#experts;
    return (round - 1 + Math.min(1, shares / learners)) * this.#m;
  }
}
