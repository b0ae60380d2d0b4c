/**
 * @file Rounds: each is committed whole in one transaction. They are read as the history of a run or as the state to
 * resume from.
 */
import { deleteOrphans, putBlob, readBlob } from './blobs.ts';
import { candidateCount } from './columns.ts';
import { NotFoundError, RoundOrderError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import type { BlobSource, NewRound, Superseded } from './records.ts';
import { type Inserted, insertRollouts, type RunShape } from './rollouts.ts';
import { all, get, run, sql } from './sql.ts';
import { readTogether, write } from './workspace.ts';

interface ExpertRecord {
  readonly objective: number;
  readonly weightsKey: string;
  readonly metrics: unknown;
}

interface RoundRecord {
  readonly number: number;
  readonly mergeWeights: readonly number[];
  readonly mergedKey: string;
  readonly metrics: unknown;
  readonly experts: readonly ExpertRecord[];
}

/** Everything from which the round after `round` starts. */
export interface ResumePoint extends RoundRecord {
  readonly merged: Uint8Array;
  /** By objective: the experts of the round that took part in it. */
  readonly expertWeights: ReadonlyMap<number, Uint8Array>;
  readonly states: Readonly<Record<string, Uint8Array>>;
  /** Number of candidates of the run so far. */
  readonly candidates: number;
}

/**
 * Commits a round: rollouts, samples, candidates, scores, weights, states and metrics, all or nothing.
 * @throws RoundOrderError if the round is already committed or leaves a gap; RangeError if its parts do not match;
 * WorkspaceFullError
 */
export function commitRound(db: WritableWorkspace, round: NewRound): Inserted {
  const committed = write(db, () => {
    const shape = runShape(db, round.runId);
    checkOrder(db, round);
    checkObjectives(round, shape);
    insertRound(db, round);
    const inserted = insertRollouts(db, shape, { round: round.number }, round.rollouts, round.candidates);
    run(db, sql`UPDATE run SET updated = ${new Date().toISOString()} WHERE id = ${round.runId}`);
    return inserted;
  });
  for (const source of sourcesOf(round)) if (!(source instanceof Uint8Array)) db.prewritten.delete(source.key);
  return committed;
}

const sourcesOf = ({ merged, experts, states }: NewRound): BlobSource[] => [
  merged,
  ...experts.map(({ weights }) => weights),
  ...Object.values(states),
];

/** Discards what neither a resume nor a blend needs once the run's last round is committed. */
export function dropSuperseded(db: WritableWorkspace, runId: number, kinds: readonly Superseded[]): void {
  write(db, () => {
    for (const kind of kinds) {
      run(
        db,
        sql`DELETE FROM round_blob AS old WHERE run_id = ${runId} AND kind = ${kind}
        AND round < (SELECT max(number) FROM round WHERE run_id = ${runId})
        AND (kind <> 'expert' OR EXISTS (SELECT 1 FROM round_blob AS later WHERE later.run_id = old.run_id
          AND later.kind = 'expert' AND later.name = old.name AND later.round > old.round))`,
      );
    }
    deleteOrphans(db);
  });
}

/** Metrics of the committed rounds in order, without experts and weights, for an overview of a long run. */
export function roundMetricsOf(db: ReadableWorkspace, runId: number): unknown[] {
  return all<{ metrics: string }>(db, sql`SELECT metrics FROM round WHERE run_id = ${runId} ORDER BY number`).map(
    ({ metrics }) => JSON.parse(metrics),
  );
}

/** Seconds of each committed round, in order. */
export function roundSecondsOf(db: ReadableWorkspace, runId: number): number[] {
  return all<{ seconds: number }>(
    db,
    sql`SELECT json_extract(metrics, '$.seconds') AS seconds FROM round WHERE run_id = ${runId} ORDER BY number`,
  ).map(({ seconds }) => seconds);
}

/** The state to resume from: the last committed round; null if there is none. */
export function loadResumePoint(db: ReadableWorkspace, runId: number): ResumePoint | null {
  return readTogether(db, () => {
    runShape(db, runId);
    const row = get<RoundRow>(db, sql`SELECT * FROM round WHERE run_id = ${runId} ORDER BY number DESC LIMIT 1`);
    if (!row) return null;
    const round = withExperts(db, row);
    const experts = round.experts.map(({ objective, weightsKey }) => [objective, readBlob(db, weightsKey)] as const);
    return {
      ...round,
      merged: readBlob(db, round.mergedKey),
      expertWeights: new Map(experts),
      states: heldStates(db, runId, round.number),
      candidates: candidateCount(db, runId),
    };
  });
}

/** The newest weights of each expert, for new merges: key and bytes by objective. */
export function latestExperts(
  db: ReadableWorkspace,
  runId: number,
): Map<number, { round: number; weightsKey: string; weights: Uint8Array }> {
  const rows = all<{ objective: number; round: number; weights_key: string }>(
    db,
    sql`SELECT objective, max(round) AS round, weights_key
    FROM expert WHERE run_id = ${runId} GROUP BY objective ORDER BY objective`,
  );
  return new Map(
    rows.map(({ objective, round, weights_key: weightsKey }) => [
      objective,
      { round, weightsKey, weights: readBlob(db, weightsKey) },
    ]),
  );
}

/** Numbers of scores and constraint values of a candidate of the run. @throws NotFoundError */
export function runShape(db: ReadableWorkspace, runId: number): RunShape {
  const row = get<Omit<RunShape, 'runId'>>(
    db,
    sql`SELECT json_array_length(objectives) AS objectives,
    json_array_length(constraints) AS constraints FROM run WHERE id = ${runId}`,
  );
  if (!row) throw new NotFoundError('run', runId);
  return { runId, ...row };
}

interface RoundRow {
  run_id: number;
  number: number;
  merge_weights: string;
  merged_key: string;
  metrics: string;
}

function withExperts(db: ReadableWorkspace, row: RoundRow): RoundRecord {
  const experts = all<{ objective: number; weightsKey: string; metrics: string }>(
    db,
    sql`
    SELECT objective, weights_key AS weightsKey, metrics FROM expert
    WHERE run_id = ${row.run_id} AND round = ${row.number} ORDER BY objective`,
  );
  return {
    number: row.number,
    mergeWeights: JSON.parse(row.merge_weights),
    mergedKey: row.merged_key,
    metrics: JSON.parse(row.metrics),
    experts: experts.map((expert) => ({ ...expert, metrics: JSON.parse(expert.metrics) })),
  };
}

function heldStates(db: ReadableWorkspace, runId: number, round: number): Record<string, Uint8Array> {
  const rows = all<{ name: string; bytes: Uint8Array }>(
    db,
    sql`SELECT name, bytes FROM round_blob
    JOIN blob ON blob.key = blob_key WHERE run_id = ${runId} AND round = ${round} AND kind = 'state' ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}

function checkOrder(db: ReadableWorkspace, { runId, number }: NewRound): void {
  const last =
    get<{ last: number | null }>(db, sql`SELECT max(number) AS last FROM round WHERE run_id = ${runId}`)?.last ?? null;
  const follows = last === null ? number === 0 || number === 1 : number === last + 1;
  if (!follows) throw new RoundOrderError(runId, number, last);
}

function checkObjectives({ mergeWeights, experts, rollouts }: NewRound, { runId, objectives }: RunShape): void {
  if (mergeWeights.length !== objectives) {
    throw new RangeError(`${mergeWeights.length} merge weights for the ${objectives} objectives of run ${runId}.`);
  }
  const named = [...experts.map(({ objective }) => objective), ...rollouts.flatMap(({ expert }) => expert ?? [])];
  const unknown = named.find((objective) => objective >= objectives);
  if (unknown !== undefined)
    throw new RangeError(`Run ${runId} has objectives 0 to ${objectives - 1}; there is no expert ${unknown}.`);
}

function insertRound(
  db: WritableWorkspace,
  { runId, number, mergeWeights, merged, metrics, experts, states }: NewRound,
): void {
  const mergedKey = putBlob(db, merged);
  run(
    db,
    sql`INSERT INTO round (run_id, number, merge_weights, merged_key, metrics)
    VALUES (${runId}, ${number}, ${JSON.stringify(mergeWeights)}, ${mergedKey}, ${JSON.stringify(metrics)})`,
  );
  const hold = (kind: Superseded, name: string, key: string) =>
    run(
      db,
      sql`INSERT INTO round_blob (run_id, round, kind, name, blob_key) VALUES (${runId}, ${number}, ${kind}, ${name}, ${key})`,
    );
  hold('merged', '', mergedKey);
  for (const { objective, weights, metrics: own } of experts) {
    const key = putBlob(db, weights);
    run(
      db,
      sql`INSERT INTO expert (run_id, round, objective, weights_key, metrics)
      VALUES (${runId}, ${number}, ${objective}, ${key}, ${JSON.stringify(own)})`,
    );
    hold('expert', String(objective), key);
  }
  for (const [name, bytes] of Object.entries(states)) hold('state', name, putBlob(db, bytes));
}
