/** What runs were expected to take when they were started, beside what they took. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** @param seconds of computing over the whole run, as estimated before it */
export function keepEstimate(db: WritableWorkspace, runId: number, seconds: number): void {
  write(db, () => run(db, sql`INSERT INTO run_estimate (run_id, seconds) VALUES (${runId}, ${seconds})`));
}

export interface EstimatedRun {
  readonly runId: number;
  /** Seconds as estimated before the run. */
  readonly expected: number;
}

/** Finished runs that were estimated and not extended since, newest first. */
export function estimatedRuns(db: ReadableWorkspace, most: number): EstimatedRun[] {
  return all<EstimatedRun>(
    db,
    sql`SELECT run_id AS runId, seconds AS expected FROM run_estimate JOIN run ON run.id = run_id
    WHERE state = 'finished' AND NOT EXISTS (SELECT 1 FROM run_extension WHERE run_extension.run_id = run.id)
    ORDER BY run.id DESC LIMIT ${most}`,
  );
}
