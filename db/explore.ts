/**
 * @file Candidates of a run as columns, for a range of their numbers. An interface can filter, sort and plot all of
 * them without their sequences. Raw values have single precision here; the rows of `score` are exact.
 */
import { blockCandidates, candidateCount, feasibleBlocks, scaffoldBlocks, scoreBlocks } from './columns.ts';
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace } from './handle.ts';
import type { Aggregate } from './records.ts';
import { runWeights } from './run-weights.ts';
import { prepare } from './sql.ts';
import { readTogether } from './workspace.ts';

/** Origin of a candidate that no expert made; smaller than the numbers of experts. */
export const sourceCodes = { merge: -1, search: -2, blend: -3, prior: -4 } as const;

/** Values of the candidates `from` to `from + ids.length - 1`, one array per column. */
export interface CandidateColumns {
  /** Number of candidates of the run. */
  readonly count: number;
  readonly from: number;
  readonly aggregate: Aggregate;
  readonly ids: Int32Array;
  /** Round of the first sample; for a blend, the round of its experts. */
  readonly round: Int32Array;
  /** -1 for samples of a blend. */
  readonly step: Int32Array;
  /** Objective of the expert that made it, or one of `sourceCodes`. */
  readonly source: Int32Array;
  /** -1 without one. */
  readonly scaffold: Int32Array;
  /** Number of characters of the sequence. */
  readonly length: Int32Array;
  readonly feasible: Uint8Array;
  /** One array per objective; NaN if missing. */
  readonly raw: readonly Float32Array[];
  readonly scores: readonly Float32Array[];
  /** One array per constraint; NaN if missing. */
  readonly limits: readonly Float32Array[];
}

/**
 * @param from number of the first candidate; at most `limit` are read
 * @throws NotFoundError for an unknown run
 */
export function candidateColumns(
  db: ReadableWorkspace,
  runId: number,
  from: number,
  limit: number,
  constraints: number,
): CandidateColumns {
  return readTogether(db, () => {
    const { weights, aggregate } = runWeights(db, runId);
    const count = candidateCount(db, runId);
    const to = Math.max(from, Math.min(count, from + limit));
    const stretch: Stretch = { db, runId, from, to };
    return {
      ...{ count, from, aggregate },
      ...originColumns(stretch),
      scaffold: cut(scaffoldBlocks(db, runId, count), new Int32Array(to - from), stretch),
      feasible: cut(feasibleBlocks(db, runId, count), new Uint8Array(to - from), stretch),
      raw: valueColumns(stretch, rawValues, weights.length),
      scores: weights.map((_, objective) =>
        cut(scoreBlocks(db, runId, objective, count), new Float32Array(to - from), stretch),
      ),
      limits: valueColumns(stretch, limitValues, constraints),
    };
  });
}

/** Numbers of the run's candidates whose sequence contains the text, ascending. Case matters, as it does in SMILES. */
export function numbersWithText(db: ReadableWorkspace, runId: number, text: string): Int32Array {
  const rows = prepare(
    db,
    'SELECT number FROM candidate WHERE run_id = ? AND instr(sequence, ?) > 0 ORDER BY number',
  ).all(runId, text) as { number: number }[];
  return Int32Array.from(rows, ({ number }) => number);
}

/** Sequences of the candidates `from` to `to - 1`, in order. */
export function sequencesBetween(db: ReadableWorkspace, runId: number, from: number, to: number): string[] {
  const rows = prepare(
    db,
    'SELECT sequence FROM candidate WHERE run_id = ? AND number >= ? AND number < ? ORDER BY number',
  ).all(runId, from, to) as { sequence: string }[];
  return rows.map(({ sequence }) => sequence);
}

/**
 * Sequences of the candidates with these numbers, in the given order.
 * @throws NotFoundError, which names one that the run does not have
 */
export function sequencesAt(db: ReadableWorkspace, runId: number, numbers: readonly number[]): string[] {
  const read = prepare(db, 'SELECT sequence FROM candidate WHERE run_id = ? AND number = ?');
  return numbers.map((number) => {
    const row = read.get(runId, number) as { sequence: string } | undefined;
    if (row === undefined) throw new NotFoundError(`candidate of run ${runId} with the number`, number);
    return row.sequence;
  });
}

interface Stretch {
  readonly db: ReadableWorkspace;
  readonly runId: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Copies the range out of its blocks. */
function cut<T extends Float32Array | Int32Array | Uint8Array>(
  blocks: readonly T[],
  into: T,
  { from, to }: Stretch,
): T {
  for (let at = from; at < to; at += blockCandidates - (at % blockCandidates)) {
    const start = at % blockCandidates;
    const end = Math.min(blockCandidates, start + to - at);
    into.set(blocks[Math.floor(at / blockCandidates)].subarray(start, end), at - from);
  }
  return into;
}

interface OriginRow {
  id: number;
  length: number;
  source: 'expert' | 'merge' | 'search';
  expert: number | null;
  step: number | null;
  round: number;
  blend: number | null;
}

const origins = `
  SELECT candidate.id, length(candidate.sequence) AS length, rollout.source, rollout.expert, rollout.step,
    coalesce(rollout.round, blend.round) AS round, rollout.blend_id AS blend
  FROM candidate
  JOIN rollout ON rollout.id = (SELECT min(rollout_id) FROM sample WHERE candidate_id = candidate.id)
  LEFT JOIN blend ON blend.id = rollout.blend_id
  WHERE candidate.run_id = ? AND candidate.number >= ? AND candidate.number < ?
  ORDER BY candidate.number`;

type Origins = Pick<CandidateColumns, 'ids' | 'round' | 'step' | 'source' | 'length'>;

function originColumns({ db, runId, from, to }: Stretch): Origins {
  const rows = prepare(db, origins).all(runId, from, to) as OriginRow[];
  return {
    ids: Int32Array.from(rows, ({ id }) => id),
    round: Int32Array.from(rows, ({ round }) => round),
    step: Int32Array.from(rows, ({ step }) => step ?? -1),
    source: Int32Array.from(rows, sourceOf),
    length: Int32Array.from(rows, ({ length }) => length),
  };
}

function sourceOf({ source, expert, round, blend }: OriginRow): number {
  if (blend !== null) return sourceCodes.blend;
  if (round === 0) return sourceCodes.prior;
  if (source === 'search') return sourceCodes.search;
  return source === 'expert' && expert !== null ? expert : sourceCodes.merge;
}

/** Column, number and value of each row, as arrays, which better-sqlite3 returns fastest. */
const rawValues = `
  SELECT objective, number, raw FROM candidate JOIN score ON candidate_id = candidate.id
  WHERE run_id = ? AND number >= ? AND number < ?`;
const limitValues = `
  SELECT position, number, value FROM candidate JOIN constraint_value ON candidate_id = candidate.id
  WHERE run_id = ? AND number >= ? AND number < ?`;

function valueColumns({ db, runId, from, to }: Stretch, query: string, columns: number): Float32Array[] {
  const values = Array.from({ length: columns }, () => new Float32Array(to - from).fill(NaN));
  // A separate statement: `raw` would change one that others share.
  const rows = db.connection.prepare(query).raw().all(runId, from, to) as [number, number, number | null][];
  for (const [column, number, value] of rows) values[column][number - from] = value ?? NaN;
  return values;
}
