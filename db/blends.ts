/** Blends: the experts of a round merged with other weights, and what was sampled from that. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import type { NewBlend } from './records.ts';
import { insertRollouts } from './rollouts.ts';
import { runShape } from './rounds.ts';
import { all, run, sql } from './sql.ts';
import { write } from './workspace.ts';

export interface BlendOutcome {
  readonly blendId: number;
  readonly sampled: number;
  readonly valid: number;
  /** Distinct candidates among the valid ones. */
  readonly unique: number;
  /** Those of them that the run had before. */
  readonly known: number;
  /** Distinct candidates in the order in which they were sampled. */
  readonly candidateIds: readonly number[];
}

export interface Blend {
  readonly id: number;
  readonly round: number;
  readonly weights: readonly number[];
  readonly mergedKey: string;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** Stores a blend with its samples and new candidates, all or nothing. */
export function commitBlend(db: WritableWorkspace, blend: NewBlend): BlendOutcome {
  return write(db, () => {
    const shape = runShape(db, blend.runId);
    if (blend.weights.length !== shape.objectives) {
      throw new RangeError(`${blend.weights.length} weights for the ${shape.objectives} objectives of run ${blend.runId}.`);
    }
    const blendId = insertBlend(db, blend);
    const rollout = { step: null, expert: null, sampler: blend.sampler, samples: blend.samples };
    const { discovered, candidateIds } = insertRollouts(db, shape, { blendId }, [rollout], blend.candidates);
    const distinct = [...new Set(candidateIds)];
    const counts = { sampled: blend.samples.length, valid: candidateIds.length, unique: distinct.length };
    return { blendId, ...counts, known: distinct.length - discovered, candidateIds: distinct };
  });
}

/** Newest first. */
export function listBlends(db: ReadableWorkspace, runId: number): Blend[] {
  const rows = all<Omit<Blend, 'weights'> & { weights: string }>(db, sql`
    SELECT id, round, weights, merged_key AS mergedKey, seed, created FROM blend WHERE run_id = ${runId} ORDER BY id DESC`);
  return rows.map((row) => ({ ...row, weights: JSON.parse(row.weights) }));
}

function insertBlend(db: WritableWorkspace, { runId, round, weights, mergedKey, seed }: NewBlend): number {
  return run(db, sql`INSERT INTO blend (run_id, round, weights, merged_key, seed, created)
    VALUES (${runId}, ${round}, ${JSON.stringify(weights)}, ${mergedKey}, ${seed}, ${new Date().toISOString()})`).id;
}
