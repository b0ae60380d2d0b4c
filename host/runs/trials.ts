/**
 * Short trials: a few steps of a design are trained and discarded to measure the speed of
 * this computer. One trial runs at a time; a run that starts ends it, since they would
 * slow each other down.
 */
import { ContractError, type Estimate, type RoundMetrics } from '../../contract/api.ts';
import type { WritableWorkspace } from '../../db/index.ts';
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import type { Devices } from '../compute/device-registry.ts';
import type { FromCompute } from '../compute/messages.ts';
import { ComputeProcess } from '../compute/process.ts';
import { type ResolvedDesign, scoringRequest } from '../design/resolved.ts';
import { externalRequests } from '../external/external-scorers.ts';
import { revived } from '../workers/failure.ts';
import { Queue } from '../workers/queue.ts';
import { estimateOf, keepTrial } from './estimate.ts';
import { type Pace, paceOf } from './pace.ts';
import { trialSetup } from './setup.ts';

/** The first round compiles, the others are timed. */
const ROUNDS = 3;
/** Fewest rounds for an estimate: round 0, the round that compiles, and one more. */
const LEAST = 3;
const SAMPLES = 64;
const SEED = 1;
const LONGEST_MS = 90_000;

export class Trials {
  readonly #db: WritableWorkspace;
  readonly #devices: Devices;
  #current: AbortController | null = null;
  readonly #queue = new Queue();

  constructor({ db, devices }: { readonly db: WritableWorkspace; readonly devices: Devices }) {
    this.#db = db;
    this.#devices = devices;
  }

  /**
   * Runs a trial of a design and stores the result.
   * @throws ContractError 'conflict' if a run starts meanwhile; see tryDesign
   */
  measure(design: ResolvedDesign): Promise<Estimate> {
    return this.#queue.run(() => this.#measure(design));
  }

  /** Resolves when the process of the trial has ended. */
  async cancel(): Promise<void> {
    this.#current?.abort();
    await this.#queue.idle();
  }

  async #measure(design: ResolvedDesign): Promise<Estimate> {
    const own = (this.#current = new AbortController());
    try {
      const device = await this.#devices.choose();
      keepTrial(this.#db, design, await tryDesign(design, device, own.signal));
    } finally {
      this.#current = null;
    }
    return estimateOf(this.#db, design)!;
  }
}

/**
 * Trains a few steps of a design, as a run would.
 * @throws InputError for a design with an external scorer, which is not started for trials; ContractError if the
 * trial was interrupted or timed out
 */
export async function tryDesign(design: ResolvedDesign, device: ChoosableDevice, signal?: AbortSignal): Promise<Pace> {
  if (externalRequests(scoringRequest(design)).length > 0)
    throw new InputError(
      'This design uses an external scorer, which is not started for a trial. The time is known once a run has a few rounds.',
    );
  const short: ResolvedDesign = {
    ...design,
    settings: {
      ...design.settings,
      steps: ROUNDS,
      merge_every: 1,
      measure_samples: SAMPLES,
      final_samples: SAMPLES,
      merge_weights: 'given',
    },
  };
  const rounds = await roundsOfTrial(
    short,
    device,
    AbortSignal.any([AbortSignal.timeout(LONGEST_MS), ...(signal ? [signal] : [])]),
  );
  const pace = rounds.length < LEAST ? null : paceOf(rounds, short);
  if (pace === null) throw new ContractError('conflict', 'The trial timed out or was interrupted by a run.');
  return pace;
}

/** The rounds computed before it ended or was interrupted. @throws Error if the design fails */
async function roundsOfTrial(
  design: ResolvedDesign,
  device: ChoosableDevice,
  signal: AbortSignal,
): Promise<RoundMetrics[]> {
  const rounds: RoundMetrics[] = [];
  if (signal.aborted) return rounds;
  let settle: { resolve: () => void; reject: (error: Error) => void } = {
    resolve: () => undefined,
    reject: () => undefined,
  };
  const ended = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  const child = new ComputeProcess({
    message(message: FromCompute) {
      if (message.type === 'round') {
        rounds.push(message.round.metrics as RoundMetrics);
        child.send({ type: 'committed', round: message.round.number });
      } else if (message.type === 'finished') settle.resolve();
      else if (message.type === 'failed') settle.reject(revived(message.error));
    },
    lost: (why) => settle.reject(new ContractError('failed', why)),
  });
  signal.addEventListener('abort', () => settle.resolve(), { once: true });
  child.send({ type: 'run', setup: trialSetup(design, device, SEED), state: null });
  try {
    await ended;
    return rounds;
  } finally {
    await child.end();
  }
}
