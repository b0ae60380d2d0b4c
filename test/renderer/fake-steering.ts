/**
 * @file Steering with hand-made data: blends that are sampled, stored and compared, and a surface whose measurement the
 * test controls.
 */
import type { BlendResult, Candidate, KeptBlend, Parsed, SurfaceState } from '../../contract/api.ts';
import * as data from './fake-data.ts';

const own = [0.4, 0.2, 0.15, 0.25];

/** A setting of four goals. A goal's score increases with its weight. */
function setting(number: number, weights: number[]): NonNullable<SurfaceState['surface']>['measured'][number] {
  const objectives = weights.map((weight, i) => ({
    mean: 0.4 + 0.4 * weight - 0.02 * i,
    low: 0.38 + 0.4 * weight - 0.02 * i,
    high: 0.42 + 0.4 * weight - 0.02 * i,
    raw: 1 + weight,
  }));
  const mean = objectives.reduce((sum, one, i) => sum + own[i] * one.mean, 0);
  return {
    number,
    weights,
    sampled: 256,
    valid: 0.97,
    unique: 0.95,
    total: { mean, low: mean - 0.01, high: mean + 0.01 },
    objectives,
    front: number !== 1,
  };
}

export const measuredSurface: SurfaceState = {
  surface: {
    round: 30,
    outdated: false,
    settings: 5,
    samples: 256,
    seed: 1,
    reach: 4,
    created: '2026-05-12T09:40:00Z',
    hypervolume: { value: 0.0712, error: 0.0009 },
    measured: [own, [0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]].map((weights, number) =>
      setting(number, weights),
    ),
  },
  job: null,
  problem: null,
};

export class FakeSteering {
  surface: SurfaceState = { surface: null, job: null, problem: null };
  #made: BlendResult[] = [];
  readonly #candidates: (offset: number, limit: number) => Candidate[];

  constructor(candidates: (offset: number, limit: number) => Candidate[]) {
    this.#candidates = candidates;
  }

  sample({ weights, reach = 4, n, seed }: Omit<Parsed<'steering.sample'>, 'runId'>): BlendResult {
    const blendId = this.#made.length + 1;
    const objectives = data
      .round(40)
      .objectives.map((mean, i) => ({ ...mean, mean: (mean.mean ?? 0) + 0.12 * (weights[i] - 0.25) }));
    const candidates = this.#candidates(200 * blendId, n).map((candidate) => ({
      ...candidate,
      id: candidate.id + 100_000,
    }));
    const blend = {
      blendId,
      name: null,
      weights,
      reach,
      seed: seed ?? blendId,
      sampled: 108,
      valid: 104,
      unique: n,
      known: 3,
      seconds: 1.12,
      objectives,
      total: 0.79,
      designTotal: { mean: 0.77, low: 0.75, high: 0.79 },
      candidates,
    };
    this.#made.push(blend);
    return blend;
  }

  kept(): KeptBlend[] {
    return this.#made
      .flatMap(({ blendId, name, weights, reach, seed, unique }) =>
        name === null
          ? []
          : [{ blendId, name, weights, reach, seed, unique, round: 30, created: '2026-05-12T09:30:00Z' }],
      )
      .reverse();
  }

  open(blendId: number): BlendResult {
    return { ...this.#made[blendId - 1], seconds: null };
  }

  keep({ blendId, name }: Parsed<'blend.keep'>): KeptBlend[] {
    this.#made = this.#made.map((blend) => (blend.blendId === blendId ? { ...blend, name } : blend));
    return this.kept();
  }
}
