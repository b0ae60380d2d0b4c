/**
 * Numbers about a set of generated sequences and about a set of experts.
 */
import type { Weights } from '../generator/parameters.ts';
import type { RandomStream } from '../generator/random.ts';
import { meanInterval, meanScores, present } from '../learn/statistics.ts';
import { type Constraint, constraintFactor } from '../objectives/constraints.ts';
import { type Hypervolume, hypervolume } from './hypervolume.ts';
import type { ConstraintFigures, MeanScore, SampleRecord } from './types.ts';

/** What is read of a sequence to measure it. */
export type Measured = Pick<SampleRecord, 'canonical' | 'scaffold' | 'raw' | 'scores' | 'total'>;

/** What is shown of a sample in every round. */
export interface SampleMetrics {
  /** Share of all sequences. */
  readonly valid: number;
  /** Distinct molecules as a share of the valid sequences. */
  readonly unique: number;
  /** Mean total over valid sequences; null where there is none. */
  readonly total: number | null;
  readonly objectives: readonly MeanScore[];
}

export function sampleMetrics(samples: readonly Measured[], objectives: number): SampleMetrics {
  const valid = samples.filter(({ canonical }) => canonical !== null);
  return {
    valid: valid.length / samples.length,
    unique: valid.length === 0 ? 0 : distinct(valid.map(({ canonical }) => canonical)) / valid.length,
    total: meanInterval(present(valid.map(({ total }) => total))).mean,
    objectives: meanScores(valid, objectives),
  };
}

/** @param samples what is measured of each constraint; missing values are left out */
export function constraintFigures(
  samples: readonly Pick<SampleRecord, 'constraints'>[],
  constraints: readonly Constraint[],
): ConstraintFigures[] {
  return constraints.map((constraint, i) => {
    const factors = present(samples.map((sample) => constraintFactor(constraint, sample.constraints[i])));
    const kept = meanInterval(factors).mean;
    return {
      met: kept === null ? null : factors.filter((factor) => factor === 1).length / factors.length,
      violation: kept === null ? null : 1 - kept,
    };
  });
}

/** What methods are compared by. */
export interface Evaluation extends SampleMetrics {
  readonly totalInterval: readonly [number | null, number | null];
  /** Lowest mean score of an objective; null where one has none. */
  readonly worst: number | null;
  /** Distinct molecules not in `known`, as a share of the distinct ones. */
  readonly novel: number;
  /** Distinct scaffolds as a share of the distinct molecules. */
  readonly scaffolds: number;
  /** Of the valid sequences with every score. */
  readonly hypervolume: Hypervolume;
  /** Mean over standard deviation, across the objectives of a sequence, averaged over sequences. */
  readonly icvObjectives: number | null;
  /** The same of the sequences' unweighted mean scores, across sequences. */
  readonly icvSequences: number | null;
}

/**
 * @param known canonical forms to which novelty refers
 * @param random for the Monte Carlo hypervolume of six objectives and more
 */
export function evaluate(
  samples: readonly Measured[],
  objectives: number,
  known: ReadonlySet<string>,
  random: RandomStream,
): Evaluation {
  const basic = sampleMetrics(samples, objectives);
  const scored = samples.flatMap(({ canonical, scores }) =>
    canonical === null || scores.includes(null) ? [] : [scores as number[]],
  );
  const molecules = [...new Set(samples.flatMap(({ canonical }) => canonical ?? []))];
  const scaffolds = distinct(samples.flatMap(({ scaffold }) => scaffold ?? []));
  const { low, high } = meanInterval(present(samples.map(({ total }) => total)));
  return {
    ...basic,
    totalInterval: [low, high],
    worst: basic.objectives.some(({ mean }) => mean === null)
      ? null
      : Math.min(...basic.objectives.map(({ mean }) => mean!)),
    novel: share(molecules.filter((m) => !known.has(m)).length, molecules.length),
    scaffolds: share(scaffolds, molecules.length),
    hypervolume: hypervolume(scored, random),
    icvObjectives: meanInterval(scored.flatMap((scores) => inverseVariation(scores) ?? [])).mean,
    icvSequences: inverseVariation(scored.map((scores) => meanInterval(scores).mean!)),
  };
}

/** Mean over standard deviation (n - 1); null below two values and where nothing varies. */
export function inverseVariation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
  return deviation === 0 ? null : mean / deviation;
}

function distinct(values: readonly (string | null)[]): number {
  return new Set(values).size;
}

function share(part: number, of: number): number {
  return of === 0 ? 0 : part / of;
}

/**
 * How far experts are apart: mean |theta_i - theta_j| over pairs, relative to the
 * mean |theta_i - rho|. Null below two experts and where none left the merge. It shows
 * how unevenly they lie around the merge; with equal weights it is close to
 * sqrt(2M / (M - 1)) however much they agree, which is what `disagreement` tells.
 */
export function expertSpread(experts: readonly Weights[], merged: Weights): number | null {
  if (experts.length < 2) return null;
  const pairs = experts.flatMap((a, i) => experts.slice(i + 1).map((b) => distance(a, b)));
  const fromMerge = experts.reduce((sum, a) => sum + distance(a, merged), 0) / experts.length;
  return fromMerge === 0 ? null : pairs.reduce((sum, d) => sum + d, 0) / pairs.length / fromMerge;
}

/**
 * How little experts agree on where to go: their mean distance from the merge, relative
 * to the mean distance they went since they last had one set of weights. 0 where all
 * went the same way; sqrt(1 - 1/M) where M experts went equally far at right angles.
 * Null below two experts and where none moved.
 */
export function disagreement(experts: readonly Weights[], merged: Weights, start: Weights): number | null {
  if (experts.length < 2) return null;
  const moved = experts.reduce((sum, one) => sum + distance(one, start), 0);
  return moved === 0 ? null : experts.reduce((sum, one) => sum + distance(one, merged), 0) / moved;
}

function distance(a: Weights, b: Weights): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2;
  return Math.sqrt(squares);
}
