/**
 * @file The best candidates of a run by one objective or by the weighted total, with weights given at query time: keys
 * come from the ranking columns, then the best are selected, then only their rows are read.
 */
import { normalisedWeights } from './aggregate.ts';
import { candidateRows, numbersOfIds } from './candidates.ts';
import { blockCandidates, candidateCount, feasibleBlocks, scaffoldBlocks, scaffoldCount } from './columns.ts';
import type { ReadableWorkspace } from './handle.ts';
import { objectiveRanking, totalRanking } from './ranking.ts';
import type { Aggregate, CandidateRow, RunObjective } from './records.ts';
import { runWeights } from './run-weights.ts';
import { bestOfGroups, type Pool, type Ranking, selectTop } from './select.ts';
import { starredNumbers } from './stars.ts';
import { readTogether } from './workspace.ts';

export interface TopRequest {
  /** The weighted total, or the index of one objective, ranked by its transformed score. */
  readonly by: 'total' | number;
  /** One per objective; the run's own by default. */
  readonly weights?: readonly number[];
  /** The run's own by default. */
  readonly aggregate?: Aggregate;
  readonly limit: number;
  readonly offset?: number;
  /** Only the best candidate of each scaffold. */
  readonly distinctScaffolds?: boolean;
  readonly starredOnly?: boolean;
  /** Only these candidates. */
  readonly ids?: readonly number[];
  /** Whether to include candidates that break a hard limit. */
  readonly includeInfeasible?: boolean;
}

export interface TopResult {
  /** Number of candidates that the request ranks, without the limit. */
  readonly count: number;
  /** Best first. Equal ones are in order of discovery, those with a missing score last. */
  readonly candidates: readonly CandidateRow[];
}

/** @throws NotFoundError for an unknown run; RangeError for invalid weights or an unknown objective */
export function topCandidates(db: ReadableWorkspace, runId: number, request: TopRequest): TopResult {
  return readTogether(db, () => {
    const own = runWeights(db, runId);
    const aggregate = request.aggregate ?? own.aggregate;
    const weights = normalisedWeights(request.weights ?? own.weights, own.weights.length);
    const n = candidateCount(db, runId);
    const ranking =
      request.by === 'total'
        ? totalRanking(db, runId, n, weights, aggregate)
        : objectiveRanking(db, runId, n, request.by, weights.length);
    const { limit, offset = 0 } = request;
    const pool = poolOf(db, runId, n, request, ranking);
    const count = sizeOf(db, runId, pool, request);
    const numbers = selectTop(ranking, Math.min(count, offset + limit), pool).slice(offset);
    return { count, candidates: candidateRows(db, runId, numbers, weights, aggregate) };
  });
}

/** Best total with the run's own weights among candidates that meet the hard limits; null if none is known. */
export function bestTotal(
  db: ReadableWorkspace,
  run: { id: number; objectives: readonly RunObjective[]; aggregate: Aggregate },
): number | null {
  const weights = normalisedWeights(
    run.objectives.map(({ weight }) => weight),
    run.objectives.length,
  );
  const count = candidateCount(db, run.id);
  const ranking = totalRanking(db, run.id, count, weights, run.aggregate);
  const numbers = selectTop(ranking, 1, { count, allowed: feasibility(db, run.id, count) });
  return candidateRows(db, run.id, numbers, weights, run.aggregate)[0]?.total ?? null;
}

function poolOf(db: ReadableWorkspace, runId: number, count: number, request: TopRequest, ranking: Ranking): Pool {
  const allowed = request.includeInfeasible ? () => true : feasibility(db, runId, count);
  const among = chosenNumbers(db, runId, request);
  const pool = { count, among, allowed };
  if (!request.distinctScaffolds) return pool;
  return { ...pool, among: bestOfGroups(ranking, scaffoldBlocks(db, runId, count), scaffoldCount(db, runId), pool) };
}

/** Numbers of the candidates to rank; undefined for all. */
function chosenNumbers(db: ReadableWorkspace, runId: number, { ids, starredOnly }: TopRequest): Int32Array | undefined {
  const starred = starredOnly ? starredNumbers(db, runId) : undefined;
  if (ids === undefined) return starred;
  const allowed = starred && new Set(starred);
  return numbersOfIds(db, runId, ids).filter((number) => allowed?.has(number) ?? true);
}

function feasibility(db: ReadableWorkspace, runId: number, count: number): (number: number) => boolean {
  const blocks = feasibleBlocks(db, runId, count);
  return (number) => blocks[Math.floor(number / blockCandidates)][number % blockCandidates] === 1;
}

/** How many of the pool may be chosen. */
function sizeOf(db: ReadableWorkspace, runId: number, { count, among, allowed }: Pool, request: TopRequest): number {
  if (among) return among.filter(allowed).length;
  return request.includeInfeasible
    ? count
    : feasibleBlocks(db, runId, count).reduce((size, flags) => size + sumOf(flags), 0);
}

function sumOf(flags: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < flags.length; i++) sum += flags[i];
  return sum;
}
