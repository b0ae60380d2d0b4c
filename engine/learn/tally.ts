/** @file Sums up a round's rollouts of one expert. */
import type { RawScores } from '../objectives/types.ts';
import type { RolloutSeconds } from './rollout.ts';
import { meanScores } from './statistics.ts';
import type { ExpertJob, ExpertMetrics } from './types.ts';

/** What is counted of one sequence. */
export interface Counted {
  readonly canonical: string | null;
  readonly raw: RawScores;
  readonly scores: RawScores;
  readonly plainReward: number | null;
  readonly novel: boolean;
  readonly repeated: boolean;
  readonly sampled: { readonly logProbabilities: Float32Array; readonly forced: Uint8Array | null };
  readonly prior: Float32Array;
}

export class Tally {
  readonly seconds: RolloutSeconds = { sampling: 0, scoring: 0, learning: 0 };
  readonly #job: ExpertJob;
  readonly #all: Counted[] = [];
  readonly #losses: number[] = [];

  constructor(job: ExpertJob) {
    this.#job = job;
  }

  /** @param seconds duration of the update */
  add(batch: readonly Counted[], loss: number, seconds: number): void {
    this.#all.push(...batch);
    this.#losses.push(loss);
    this.seconds.learning += seconds;
  }

  metrics(drift: number): ExpertMetrics {
    const valid = this.#all.filter(({ canonical }) => canonical !== null);
    const share = (holds: (one: Counted) => boolean) =>
      valid.length === 0 ? 0 : valid.filter(holds).length / valid.length;
    const rewards = this.#all.flatMap(({ plainReward }) => (plainReward === null ? [] : [plainReward]));
    return {
      objective: this.#job.objective ?? -1,
      reward: mean(rewards),
      valid: valid.length / this.#all.length,
      unique: valid.length === 0 ? 0 : new Set(valid.map(({ canonical }) => canonical)).size / valid.length,
      novel: share(({ novel }) => novel),
      repeated: share(({ repeated }) => repeated),
      klPrior: mean(this.#all.map(logRatio)),
      loss: mean(this.#losses),
      drift,
      secondsSampling: this.seconds.sampling,
      secondsScoring: this.seconds.scoring,
      secondsLearning: this.seconds.learning,
      scores: meanScores(valid, this.#job.judgement.objectives.length),
    };
  }
}

/** log P_policy - log P_prior of a sequence's unforced tokens, nats: the k1 estimator of the KL divergence. */
function logRatio({ sampled: { logProbabilities, forced }, prior }: Counted): number {
  return logProbabilities.reduce((sum, l, t) => (forced?.[t] === 1 ? sum : sum + l - prior[t]), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** |a - b| / |b| */
export function relativeDistance(a: Float32Array, b: Float32Array): number {
  let [squares, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    squares += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return size === 0 ? 0 : Math.sqrt(squares / size);
}
