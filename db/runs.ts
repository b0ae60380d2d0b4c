/** @file Runs: one execution of a design with one seed, and its summary in lists. */
import { NotFoundError } from './errors.ts';
import { isWritable, type ReadableWorkspace, type WritableWorkspace } from './handle.ts';
import type {
  Aggregate,
  Method,
  PinnedFile,
  RunConstraint,
  RunObjective,
  RunState,
  StoredRunState,
} from './records.ts';
import { all, get, run, sql } from './sql.ts';
import { bestTotal } from './top.ts';
import { liveSession, readTogether, write } from './workspace.ts';

export interface NewRun {
  readonly designId: number;
  readonly seed: number;
  readonly method: Method;
  /** JSON, complete: every default filled in. */
  readonly settings: unknown;
  readonly objectives: readonly RunObjective[];
  readonly constraints: readonly RunConstraint[];
  readonly aggregate: Aggregate;
  /** Name of the prior. */
  readonly prior: string;
  /** SHA-256 of the prior's file. */
  readonly priorKey: string;
  /** Files of the predictors that its goals and limits use; omitted if they are not known. */
  readonly predictors?: readonly PinnedFile[];
  readonly device: string;
  readonly threads: number;
  /** Version of Amalgam. */
  readonly software: string;
}

export interface Run extends Omit<NewRun, 'predictors'> {
  readonly id: number;
  /** Null for a run that was made before they were kept. */
  readonly predictors: readonly PinnedFile[] | null;
  readonly state: RunState;
  readonly error: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly updated: string;
  /** When it finished, stopped or failed. */
  readonly finished: string | null;
}

/** Counts of training samples, without those of blends. */
interface RunCounts {
  /** Last committed round; null before the first. */
  readonly round: number | null;
  /** Sequences generated and scored, valid or not. */
  readonly scored: number;
  readonly valid: number;
  /** Distinct candidates first found in them. */
  readonly unique: number;
  /** Best weighted total with the run's own weights; null if none is known. */
  readonly best: number | null;
}

export interface RunWithCounts extends Run, RunCounts {
  readonly designName: string;
}

interface RunRow {
  id: number;
  design_id: number;
  seed: number;
  method: Method;
  state: StoredRunState;
  settings: string;
  objectives: string;
  constraints: string;
  aggregate: Aggregate;
  prior: string;
  prior_key: string;
  predictors: string | null;
  device: string;
  threads: number;
  software: string;
  session: string | null;
  error: string | null;
  created: string;
  updated: string;
  finished: string | null;
}

/** Creates a run that is running in this process. @returns its id */
export function createRun(db: WritableWorkspace, given: NewRun): number {
  const now = new Date().toISOString();
  const insert = sql`INSERT INTO run (design_id, seed, method, state, settings, objectives, constraints, aggregate,
      prior, prior_key, predictors, device, threads, software, session, created, updated)
    VALUES (${given.designId}, ${given.seed}, ${given.method}, 'running', ${JSON.stringify(given.settings)},
      ${JSON.stringify(given.objectives)}, ${JSON.stringify(given.constraints)}, ${given.aggregate}, ${given.prior},
      ${given.priorKey}, ${given.predictors === undefined ? null : JSON.stringify(given.predictors)}, ${given.device}, ${given.threads}, ${given.software}, ${db.session}, ${now}, ${now})`;
  return write(db, () => {
    if (!get(db, sql`SELECT 1 FROM design WHERE id = ${given.designId} AND deleted IS NULL`))
      throw new NotFoundError('design', given.designId);
    return run(db, insert).id;
  });
}

/** @param error what went wrong in a run that failed; by default the last error is cleared */
export function updateRunState(
  db: WritableWorkspace,
  runId: number,
  state: StoredRunState,
  error: string | null = null,
): void {
  const now = new Date().toISOString();
  const ended = state === 'finished' || state === 'stopped' || state === 'failed';
  const update = sql`UPDATE run SET state = ${state}, session = ${state === 'running' ? db.session : null}, error = ${error},
    updated = ${now}, finished = ${ended ? now : null} WHERE id = ${runId}`;
  write(db, () => {
    if (run(db, update).changes === 0) throw new NotFoundError('run', runId);
  });
}

/** Its design is not deleted. */
const isShown = sql`NOT EXISTS (SELECT 1 FROM design WHERE design.id = design_id AND deleted IS NOT NULL)`;

/** @throws NotFoundError */
export function getRun(db: ReadableWorkspace, runId: number): Run {
  const row = get<RunRow>(db, sql`SELECT * FROM run WHERE id = ${runId} AND ${isShown}`);
  if (!row) throw new NotFoundError('run', runId);
  return parsed(row, liveSession(db));
}

/** A run with its counts. @throws NotFoundError */
export function getRunWithCounts(db: ReadableWorkspace, runId: number): RunWithCounts {
  return consistently(db, () => withCounts(db, getRun(db, runId)));
}

/** Newest first. */
export function listRuns(db: ReadableWorkspace): RunWithCounts[] {
  const live = liveSession(db);
  return consistently(db, () =>
    all<RunRow>(db, sql`SELECT * FROM run WHERE ${isShown} ORDER BY id DESC`).map((row) =>
      withCounts(db, parsed(row, live)),
    ),
  );
}

/** The writer is alone. A reader sees one state of the file, whatever is committed meanwhile. */
function consistently<T>(db: ReadableWorkspace, work: () => T): T {
  return isWritable(db) ? work() : readTogether(db, work);
}

function parsed(row: RunRow, live: string | null): Run {
  const { design_id: designId, prior_key: priorKey, session, state, ...rest } = row;
  return {
    ...rest,
    designId,
    priorKey,
    state: state === 'running' && session !== live ? 'interrupted' : state,
    settings: JSON.parse(row.settings),
    objectives: JSON.parse(row.objectives),
    constraints: JSON.parse(row.constraints),
    predictors: row.predictors === null ? null : JSON.parse(row.predictors),
  };
}

type CountRow = Omit<RunCounts, 'best'> & { designName: string };

function withCounts(db: ReadableWorkspace, of: Run): RunWithCounts {
  const [counts] = all<CountRow>(
    db,
    sql`SELECT
      (SELECT name FROM design WHERE id = ${of.designId}) AS designName,
      (SELECT max(number) FROM round WHERE run_id = ${of.id}) AS round,
      coalesce(sum(sampled), 0) AS scored, coalesce(sum(valid), 0) AS valid, coalesce(sum(discovered), 0) AS "unique"
    FROM rollout WHERE run_id = ${of.id} AND blend_id IS NULL`,
  );
  return { ...of, ...counts, best: bestTotal(db, of) };
}
