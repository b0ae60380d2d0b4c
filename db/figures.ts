/** @file Figures of a run, computed from the stored rows alone and not from what the training reported. */
import { normalisedWeights, totalOf } from './aggregate.ts';
import type { ReadableWorkspace } from './handle.ts';
import type { Aggregate } from './records.ts';
import { runWeights } from './run-weights.ts';
import { type SampleFilter, whereSamples } from './samples.ts';
import { all, each, get, type Sql, sql } from './sql.ts';
import { readTogether } from './workspace.ts';

/** Mean over valid samples that have the score. A sample counts as often as it was drawn. */
interface MeanFigure {
  readonly mean: number | null;
  /** Standard deviation over samples; null for fewer than two. */
  readonly deviation: number | null;
  readonly count: number;
}

export interface Figures {
  readonly sampled: number;
  readonly valid: number;
  /** Distinct candidates among the valid samples. */
  readonly unique: number;
  /** valid / sampled; null if nothing was sampled. */
  readonly validity: number | null;
  /** unique / valid; null if nothing was valid. */
  readonly uniqueness: number | null;
}

export interface ScoreFigures extends Figures {
  /** Weighted total of transformed scores. */
  readonly total: MeanFigure;
  /** Transformed and raw score of each objective. */
  readonly objectives: readonly { readonly transformed: MeanFigure; readonly raw: MeanFigure }[];
}

export interface FinalFigures {
  /** All training samples. */
  readonly run: Figures;
  /** Round 0; null if the prior was not sampled. */
  readonly prior: ScoreFigures | null;
  /** Samples of the last round's experts; null before round 1. */
  readonly lastExperts: ScoreFigures | null;
  /** Samples of the last round's merged weights; null if it has none. */
  readonly lastMerged: ScoreFigures | null;
}

/** Counts of the samples that match the filter. */
export function countFigures(db: ReadableWorkspace, runId: number, filter: SampleFilter): Figures {
  return countWhere(db, whereSamples(runId, filter));
}

/** Counts and mean scores, with the run's own weights by default. */
export function scoreFigures(
  db: ReadableWorkspace,
  runId: number,
  filter: SampleFilter,
  weights?: readonly number[],
): ScoreFigures {
  return readTogether(db, () => {
    const own = runWeights(db, runId);
    return scoreWhere(
      db,
      whereSamples(runId, filter),
      normalisedWeights(weights ?? own.weights, own.weights.length),
      own.aggregate,
    );
  });
}

/** Results of a run, compared with its prior. */
export function finalFigures(db: ReadableWorkspace, runId: number, weights?: readonly number[]): FinalFigures {
  return readTogether(db, () => {
    const { last } = get<{ last: number | null }>(
      db,
      sql`SELECT max(number) AS last FROM round WHERE run_id = ${runId}`,
    ) ?? { last: null };
    const sampled = (filter: SampleFilter) => noneIfEmpty(scoreFigures(db, runId, filter, weights));
    const trained = last !== null && last > 0;
    return {
      run: countFigures(db, runId, {}),
      prior: sampled({ round: 0 }),
      lastExperts: trained ? sampled({ round: last, source: 'expert' }) : null,
      lastMerged: trained ? sampled({ round: last, source: 'merge' }) : null,
    };
  });
}

const noneIfEmpty = (figures: ScoreFigures) => (figures.sampled === 0 ? null : figures);

function countWhere(db: ReadableWorkspace, where: Sql): Figures {
  const [{ sampled, valid, distinct }] = all<{ sampled: number; valid: number; distinct: number }>(
    db,
    sql`
    SELECT count(*) AS sampled, count(candidate_id) AS valid, count(DISTINCT candidate_id) AS "distinct"
    FROM rollout JOIN sample ON rollout_id = rollout.id WHERE ${where}`,
  );
  return {
    sampled,
    valid,
    unique: distinct,
    validity: sampled === 0 ? null : valid / sampled,
    uniqueness: valid === 0 ? null : distinct / valid,
  };
}

function scoreWhere(db: ReadableWorkspace, where: Sql, weights: readonly number[], aggregate: Aggregate): ScoreFigures {
  const total = new Accumulator();
  const objectives = weights.map(() => ({ transformed: new Accumulator(), raw: new Accumulator() }));
  for (const scores of scoresOfSamples(db, where, weights.length)) {
    total.add(
      totalOf(
        scores.map(({ transformed }) => transformed),
        weights,
        aggregate,
      ),
    );
    scores.forEach(({ transformed, raw }, i) => {
      objectives[i].transformed.add(transformed);
      objectives[i].raw.add(raw);
    });
  }
  const means = objectives.map(({ transformed, raw }) => ({ transformed: transformed.figure(), raw: raw.figure() }));
  return { ...countWhere(db, where), total: total.figure(), objectives: means };
}

interface ScorePair {
  raw: number | null;
  transformed: number | null;
}

/** The scores of each valid sample, in the order of objectives. */
function* scoresOfSamples(db: ReadableWorkspace, where: Sql, objectives: number): Generator<ScorePair[]> {
  const rows = each<ScorePair>(
    db,
    sql`SELECT raw, transformed FROM rollout
    JOIN sample ON rollout_id = rollout.id JOIN score ON score.candidate_id = sample.candidate_id
    WHERE ${where} ORDER BY rollout.id, slot, objective`,
  );
  let scores: ScorePair[] = [];
  for (const row of rows) {
    scores.push(row);
    if (scores.length < objectives) continue;
    yield scores;
    scores = [];
  }
}

/** Mean and deviation in one pass (Welford 1962). Missing values are skipped. */
class Accumulator {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number | null): void {
    if (value === null) return;
    this.#count++;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  figure(): MeanFigure {
    const n = this.#count;
    return {
      mean: n === 0 ? null : this.#mean,
      deviation: n < 2 ? null : Math.sqrt(this.#squares / (n - 1)),
      count: n,
    };
  }
}
