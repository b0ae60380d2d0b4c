/** @file The weights and the aggregate with which a run was started. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace } from './handle.ts';
import type { Aggregate, RunObjective } from './records.ts';
import { get, sql } from './sql.ts';

export interface RunWeights {
  /** One per objective, as given. */
  readonly weights: readonly number[];
  readonly aggregate: Aggregate;
}

/** @throws NotFoundError */
export function runWeights(db: ReadableWorkspace, runId: number): RunWeights {
  const row = get<{ objectives: string; aggregate: Aggregate }>(
    db,
    sql`SELECT objectives, aggregate FROM run WHERE id = ${runId}`,
  );
  if (!row) throw new NotFoundError('run', runId);
  const objectives = JSON.parse(row.objectives) as RunObjective[];
  return { weights: objectives.map(({ weight }) => weight), aggregate: row.aggregate };
}
