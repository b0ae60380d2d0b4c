/** @file Samples as drawn, in order. */
import type { ReadableWorkspace } from './handle.ts';
import type { RolloutSource } from './records.ts';
import { all, type Sql, sql } from './sql.ts';

export interface SampleRow {
  /** Null if it belongs to a blend. */
  readonly round: number | null;
  readonly step: number | null;
  readonly expert: number | null;
  readonly blendId: number | null;
  readonly slot: number;
  readonly text: string;
  /** Null if it is invalid. */
  readonly candidateId: number | null;
  readonly logLikelihood: number | null;
  readonly priorLogLikelihood: number | null;
  readonly reward: number | null;
}

/** Which samples of a run: training samples that match the given keys, or those of one blend. */
export type SampleFilter =
  | {
      readonly round?: number;
      readonly step?: number;
      readonly source?: RolloutSource;
      readonly expert?: number | null;
    }
  | { readonly blendId: number };

export interface Page {
  readonly limit: number;
  readonly offset?: number;
}

export function samplesOf(
  db: ReadableWorkspace,
  runId: number,
  filter: SampleFilter,
  { limit, offset = 0 }: Page,
): SampleRow[] {
  return all<SampleRow>(
    db,
    sql`
    SELECT round, step, expert, blend_id AS blendId, slot, text, candidate_id AS candidateId,
      log_likelihood AS logLikelihood, prior_log_likelihood AS priorLogLikelihood, reward
    FROM rollout JOIN sample ON rollout_id = rollout.id
    WHERE ${whereSamples(runId, filter)} ORDER BY rollout.id, slot LIMIT ${limit} OFFSET ${offset}`,
  );
}

/** SQL condition on rollout for the samples of a filter. */
export function whereSamples(runId: number, filter: SampleFilter): Sql {
  if ('blendId' in filter) return sql`run_id = ${runId} AND blend_id = ${filter.blendId}`;
  const parts = [sql`run_id = ${runId} AND blend_id IS NULL`];
  if (filter.round !== undefined) parts.push(sql`round = ${filter.round}`);
  if (filter.step !== undefined) parts.push(sql`step = ${filter.step}`);
  if (filter.source !== undefined) parts.push(sql`source = ${filter.source}`);
  if (filter.expert !== undefined) parts.push(sql`expert IS ${filter.expert}`);
  return parts.reduce((whole, part) => sql`${whole} AND ${part}`);
}
