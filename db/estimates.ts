/** @file Estimated durations of runs, beside the durations that they had. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** @param seconds estimated computing time of the whole run */
export function keepEstimate(db: WritableWorkspace, runId: number, seconds: number): void {
  write(db, () => run(db, sql`INSERT INTO run_estimate (run_id, seconds) VALUES (${runId}, ${seconds})`));
}

export interface EstimatedRun {
  readonly runId: number;
  /** Estimated before the run. */
  readonly expected: number;
}

/** Finished runs with an estimate that were not extended since, newest first. */
export function estimatedRuns(db: ReadableWorkspace, most: number): EstimatedRun[] {
  return all<EstimatedRun>(
    db,
    sql`SELECT run_id AS runId, seconds AS expected FROM run_estimate JOIN run ON run.id = run_id
    WHERE state = 'finished' AND NOT EXISTS (SELECT 1 FROM run_extension WHERE run_extension.run_id = run.id)
    ORDER BY run.id DESC LIMIT ${most}`,
  );
}
