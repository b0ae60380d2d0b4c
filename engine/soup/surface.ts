/**
 * The surface that a run's experts span: mean scores over merge weights. Which
 * weights are measured, what one setting's sequences say of it, and what the
 * settings dominate together, with its error.
 */
import { hashPath, Purpose, randomStream } from '../generator/random.ts';
import { type MeanInterval, meanInterval, meanScores, present } from '../learn/statistics.ts';
import { type Aggregate, aggregate } from '../objectives/aggregate.ts';
import { type Hypervolume, hypervolume, nondominated } from './hypervolume.ts';
import { simplexDraw } from './search.ts';
import type { MeanScore, SampleRecord } from './types.ts';

/** Finer lattices put settings closer together than they can be told apart. */
const MOST_DIVISIONS = 10;
/** Parts into which a setting's sequences are divided for the jackknife. */
export const GROUPS = 10;

/** Settings measured where nothing else is asked for: a lattice of three goals in fifths, of four in thirds. */
export function usualSettings(goals: number): number {
  return goals === 2 ? 12 : Math.max(22, goals + 1);
}

/** Every vector of multiples of 1/divisions that sums to 1 (Das and Dennis 1998), by the first weight downwards. */
export function simplexLattice(goals: number, divisions: number): number[][] {
  const parts = (goals: number, left: number): number[][] =>
    goals === 1
      ? [[left]]
      : Array.from({ length: left + 1 }, (_, i) => left - i).flatMap((first) =>
          parts(goals - 1, left - first).map((rest) => [first, ...rest]),
        );
  return parts(goals, divisions).map((whole) => whole.map((part) => part / divisions));
}

/**
 * The weights to measure: the run's own, the finest whole lattice that fits, corners
 * included, and draws from the simplex for the rest.
 * @param own sum to 1
 * @param seed of the draws
 * @throws RangeError where `count` has no room for the corners and the run's own weights
 */
export function surfaceWeights(own: readonly number[], count: number, seed: number): number[][] {
  const goals = own.length;
  if (count < goals + 1)
    throw new RangeError(
      `${goals} goals take at least ${goals + 1} settings: each goal alone, and the run's own weights.`,
    );
  const lattice = finestLattice(goals, count - 1).filter((weights) => !same(weights, own));
  const draws = Array.from({ length: count - 1 - lattice.length }, (_, i) =>
    simplexDraw(goals, randomStream(seed, Purpose.surface, i)),
  );
  return [[...own], ...lattice, ...draws];
}

function finestLattice(goals: number, most: number): number[][] {
  const fitting = Array.from({ length: MOST_DIVISIONS }, (_, i) => i + 1).filter(
    (divisions) => latticeSize(goals, divisions) <= most,
  );
  return simplexLattice(goals, fitting.at(-1)!);
}

/** (divisions + goals - 1) over (goals - 1). */
function latticeSize(goals: number, divisions: number): number {
  return Array.from({ length: goals - 1 }, (_, i) => i + 1).reduce((size, i) => (size * (divisions + i)) / i, 1);
}

const same = (a: readonly number[], b: readonly number[]) => a.every((x, i) => Math.abs(x - b[i]) < 1e-9);

/** Seed of one setting's sequences, so that settings err independently of each other. */
export function settingSeed(seed: number, setting: number): number {
  return hashPath(seed, Purpose.surface, setting) >>> 1;
}

/** What the sequences of one setting say. Scores are transformed, 0 to 1. */
export interface SettingFigures {
  readonly sampled: number;
  /** Share of all sequences. */
  readonly valid: number;
  /** Distinct ones as a share of the valid sequences. */
  readonly unique: number;
  /** Mean total by the run's own weights, so that settings can be compared, with its 95% interval. */
  readonly total: MeanInterval;
  readonly objectives: readonly MeanScore[];
  /** For each of GROUPS parts: means of the objectives without that part. */
  readonly without: readonly (readonly (number | null)[])[];
}

type Sampled = Pick<SampleRecord, 'canonical' | 'raw' | 'scores'>;

/** @param own the run's weights, which sum to 1 */
export function settingFigures(samples: readonly Sampled[], own: readonly number[], kind: Aggregate): SettingFigures {
  const isValid = ({ canonical }: Sampled) => canonical !== null;
  const valid = samples.filter(isValid);
  const without = Array.from({ length: GROUPS }, (_, group) => {
    const rest = samples.filter((one, i) => isValid(one) && Math.floor((i * GROUPS) / samples.length) !== group);
    return meanScores(rest, own.length).map(({ mean }) => mean);
  });
  return {
    sampled: samples.length,
    valid: valid.length / samples.length,
    unique: valid.length === 0 ? 0 : new Set(valid.map(({ canonical }) => canonical)).size / valid.length,
    total: meanInterval(present(valid.map(({ scores }) => aggregate(kind, scores, own)))),
    objectives: meanScores(valid, own.length),
    without,
  };
}

/** Means of a setting; null where an objective has none. */
type Means = readonly (number | null)[];

export interface Surface {
  /** Of the settings' mean scores, against the reference point 0. */
  readonly hypervolume: Hypervolume;
  /** Whether each setting's means are dominated by no other's; false where one is missing. */
  readonly front: readonly boolean[];
}

/**
 * The error is a delete-a-group jackknife's (Efron and Tibshirani 1993, chapter 11):
 * the hypervolume anew without each tenth of every setting's sequences; with the
 * error of Monte Carlo where the hypervolume itself is estimated.
 * @param seed of Monte Carlo
 */
export function surfaceOf(settings: readonly Pick<SettingFigures, 'objectives' | 'without'>[], seed: number): Surface {
  const means = settings.map(({ objectives }) => objectives.map(({ mean }) => mean));
  const volume = (rows: readonly Means[]) => hypervolume(rows.filter(complete), randomStream(seed, Purpose.surface));
  const whole = volume(means);
  const parts = Array.from(
    { length: GROUPS },
    (_, group) => volume(settings.map(({ without }) => without[group])).value,
  );
  const front = new Set(nondominated(means.filter(complete)));
  return {
    hypervolume: { value: whole.value, error: Math.hypot(jackknifeError(parts), whole.error) },
    front: means.map((row) => complete(row) && front.has(row)),
  };
}

const complete = (row: Means): row is number[] => row.every((mean) => mean !== null);

function jackknifeError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(((values.length - 1) / values.length) * values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}
