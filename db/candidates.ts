/** @file Candidates: rows of a table, one candidate with its full provenance, and all scores of a run. */
import { normalisedWeights, totalOf } from './aggregate.ts';
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace } from './handle.ts';
import type { Aggregate, CandidateRow, Method, RolloutSource, Scores } from './records.ts';
import { runWeights } from './run-weights.ts';
import { all, get, type Sql, sql } from './sql.ts';
import { readTogether } from './workspace.ts';

/** A candidate with its full provenance. */
export interface CandidateDetail extends CandidateRow {
  readonly design: string;
  readonly seed: number;
  readonly method: Method;
  readonly prior: string;
  readonly priorKey: string;
  readonly settings: unknown;
  /** Step of its first sample; null if a blend made it. */
  readonly step: number | null;
  readonly source: RolloutSource;
  /** Index of the draw of a search; 0 otherwise. */
  readonly draw: number;
  /** Objective of the expert that generated it first; null if no expert did. */
  readonly expert: number | null;
  readonly slot: number;
  /** The text as generated. */
  readonly text: string;
  /** The sequences of which it is a child; null if a generator wrote it. */
  readonly parents: readonly string[] | null;
  readonly sampler: unknown;
  /** Log-likelihood under the policy that generated it and under the prior, nats. */
  readonly logLikelihood: number | null;
  readonly priorLogLikelihood: number | null;
  readonly reward: number | null;
  /** Weights of the merge that its policy was or started from; null for the prior. */
  readonly mergeWeights: readonly number[] | null;
  /** SHA-256 of those weights. */
  readonly mergedKey: string | null;
  /** Seed of its blend. */
  readonly blendSeed: number | null;
  /** Extrapolation factor of its blend; null if it is not of a blend. */
  readonly reach: number | null;
  /** Number of samples that were this candidate. */
  readonly times: number;
  readonly note: string;
}

/** Rows of candidates by their numbers, in the given order. @param weights sum to 1 */
export function candidateRows(
  db: ReadableWorkspace,
  runId: number,
  numbers: readonly number[],
  weights: readonly number[],
  aggregate: Aggregate,
): CandidateRow[] {
  return numbers.map((number) =>
    toRow(
      db,
      mustGet(db, sql`candidate.run_id = ${runId} AND candidate.number = ${number}`, number),
      weights,
      aggregate,
    ),
  );
}

/** Rows of candidates by their ids, in the given order, with totals by the run's own weights by default. */
export function candidatesById(
  db: ReadableWorkspace,
  ids: readonly number[],
  given?: readonly number[],
): CandidateRow[] {
  return readTogether(db, () =>
    ids.map((id) => {
      const base = mustGet(db, sql`candidate.id = ${id}`, id);
      const own = runWeights(db, base.run_id);
      return toRow(db, base, normalisedWeights(given ?? own.weights, own.weights.length), own.aggregate);
    }),
  );
}

/**
 * Numbers of candidates by their ids, ascending.
 * @throws NotFoundError if the run does not have one of them
 */
export function numbersOfIds(db: ReadableWorkspace, runId: number, ids: readonly number[]): Int32Array<ArrayBuffer> {
  const numbers = ids.map((id) => {
    const row = get<{ number: number }>(db, sql`SELECT number FROM candidate WHERE id = ${id} AND run_id = ${runId}`);
    if (!row) throw new NotFoundError('candidate', id);
    return row.number;
  });
  return Int32Array.from(new Set(numbers)).sort();
}

/** @throws NotFoundError */
export function candidateDetail(db: ReadableWorkspace, id: number): CandidateDetail {
  return readTogether(db, () => {
    const [row] = candidatesById(db, [id]);
    const first = firstSample(db, id);
    const { note, times, settings, ...run } = context(db, id, row.runId);
    return {
      ...row,
      ...first,
      ...run,
      settings: JSON.parse(settings),
      note: note ?? '',
      times,
      ...mergeBehind(db, row, first.source),
    };
  });
}

/** Which of the sequences the run has already found. */
export function knownSequences(db: ReadableWorkspace, runId: number, sequences: readonly string[]): Set<string> {
  const known = sequences.filter(
    (sequence) =>
      get(db, sql`SELECT 1 FROM candidate WHERE run_id = ${runId} AND sequence = ${sequence}`) !== undefined,
  );
  return new Set(known);
}

interface BaseRow {
  id: number;
  run_id: number;
  number: number;
  sequence: string;
  scaffold: string | null;
  feasible: number;
  starred: number;
  round: number;
  blend_id: number | null;
}

function mustGet(db: ReadableWorkspace, where: Sql, id: number): BaseRow {
  const row = get<BaseRow>(
    db,
    sql`
    SELECT candidate.id, candidate.run_id, candidate.number, candidate.sequence, candidate.feasible, scaffold.key AS scaffold,
      EXISTS (SELECT 1 FROM star WHERE candidate_id = candidate.id) AS starred,
      coalesce(rollout.round, blend.round) AS round, rollout.blend_id
    FROM candidate
    JOIN rollout ON rollout.id = (SELECT min(rollout_id) FROM sample WHERE candidate_id = candidate.id)
    LEFT JOIN blend ON blend.id = rollout.blend_id
    LEFT JOIN scaffold ON scaffold.run_id = candidate.run_id AND scaffold.number = candidate.scaffold
    WHERE ${where}`,
  );
  if (!row) throw new NotFoundError('candidate', id);
  return row;
}

function toRow(db: ReadableWorkspace, base: BaseRow, weights: readonly number[], aggregate: Aggregate): CandidateRow {
  const { run_id: runId, blend_id: blendId, feasible, starred, ...rest } = base;
  const known = scoresOf(db, base.id);
  const total = totalOf(known.scores, weights, aggregate);
  return { ...rest, runId, blendId, ...known, total, feasible: feasible === 1, starred: starred === 1 };
}

function scoresOf(db: ReadableWorkspace, id: number): { raw: Scores; scores: Scores; constraints: Scores } {
  const scores = all<{ raw: number | null; transformed: number | null }>(
    db,
    sql`
    SELECT raw, transformed FROM score WHERE candidate_id = ${id} ORDER BY objective`,
  );
  const constraints = all<{ value: number | null }>(
    db,
    sql`
    SELECT value FROM constraint_value WHERE candidate_id = ${id} ORDER BY position`,
  );
  return {
    raw: scores.map(({ raw }) => raw),
    scores: scores.map(({ transformed }) => transformed),
    constraints: constraints.map(({ value }) => value),
  };
}

type FirstSample = Pick<
  CandidateDetail,
  | 'step'
  | 'source'
  | 'draw'
  | 'expert'
  | 'slot'
  | 'text'
  | 'parents'
  | 'sampler'
  | 'logLikelihood'
  | 'priorLogLikelihood'
  | 'reward'
>;

function firstSample(db: ReadableWorkspace, id: number): FirstSample {
  const [row] = all<Omit<FirstSample, 'parents'> & { sampler: string; parents: string | null }>(
    db,
    sql`
    SELECT step, source, draw, expert, slot, text, parents, sampler, log_likelihood AS logLikelihood, prior_log_likelihood AS priorLogLikelihood, reward
    FROM sample JOIN rollout ON rollout.id = rollout_id WHERE candidate_id = ${id} ORDER BY rollout_id, slot LIMIT 1`,
  );
  const { sampler, parents, ...rest } = row;
  return { ...rest, sampler: JSON.parse(sampler), parents: parents === null ? null : JSON.parse(parents) };
}

type ContextRow = Pick<CandidateDetail, 'design' | 'seed' | 'method' | 'prior' | 'priorKey' | 'times'> & {
  settings: string;
  note: string | null;
};

function context(db: ReadableWorkspace, id: number, runId: number): ContextRow {
  const [row] = all<ContextRow>(
    db,
    sql`
    SELECT design.name AS design, seed, method, prior, prior_key AS priorKey, settings,
      (SELECT note FROM star WHERE candidate_id = ${id}) AS note,
      (SELECT count(*) FROM sample WHERE candidate_id = ${id}) AS times
    FROM run JOIN design ON design.id = design_id WHERE run.id = ${runId}`,
  );
  return row;
}

type Merge = Pick<CandidateDetail, 'mergeWeights' | 'mergedKey' | 'blendSeed' | 'reach'>;
type MergeRow = { weights: string; mergedKey: string; blendSeed: number | null; reach: number | null };

/**
 * An expert starts from the merge of the previous round. Merged weights are sampled after the merge of their own round.
 */
function mergeBehind(db: ReadableWorkspace, { runId, round, blendId }: CandidateRow, source: RolloutSource): Merge {
  const row =
    blendId === null
      ? get<MergeRow>(
          db,
          sql`SELECT merge_weights AS weights, merged_key AS mergedKey, NULL AS blendSeed, NULL AS reach
          FROM round WHERE run_id = ${runId} AND number = ${source === 'merge' ? round : round - 1} AND number > 0`,
        )
      : get<MergeRow>(
          db,
          sql`SELECT weights, merged_key AS mergedKey, seed AS blendSeed, reach FROM blend WHERE id = ${blendId}`,
        );
  if (!row) return { mergeWeights: null, mergedKey: null, blendSeed: null, reach: null };
  const { weights, ...rest } = row;
  return { mergeWeights: JSON.parse(weights), ...rest };
}
