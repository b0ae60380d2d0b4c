/** @file Blends: the experts of a round merged with other weights, and the samples of that merge. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import type { NewBlend } from './records.ts';
import { insertRollouts } from './rollouts.ts';
import { runShape } from './rounds.ts';
import { all, get, run, type Sql, sql } from './sql.ts';
import { write } from './workspace.ts';

export interface BlendOutcome {
  readonly sampled: number;
  readonly valid: number;
  /** Distinct candidates among the valid samples. */
  readonly unique: number;
  /** The number of them that the run had before. */
  readonly known: number;
  /** Distinct candidates in the order in which they were sampled. */
  readonly candidateIds: readonly number[];
}

export interface Blend {
  readonly id: number;
  readonly runId: number;
  /** Null if the blend is not kept under a name. */
  readonly name: string | null;
  readonly round: number;
  readonly weights: readonly number[];
  readonly reach: number;
  readonly mergedKey: string;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** Stores a blend with its samples and new candidates, all or nothing. @returns its id */
export function commitBlend(db: WritableWorkspace, blend: NewBlend): number {
  return write(db, () => {
    const shape = runShape(db, blend.runId);
    if (blend.weights.length !== shape.objectives) {
      throw new RangeError(
        `${blend.weights.length} weights for the ${shape.objectives} objectives of run ${blend.runId}.`,
      );
    }
    const blendId = insertBlend(db, blend);
    insertRollouts(
      db,
      shape,
      { blendId },
      [{ step: null, expert: null, sampler: blend.sampler, samples: blend.samples }],
      blend.candidates,
    );
    return blendId;
  });
}

/** Counts of a blend's samples at the time it was made. */
export function blendOutcome(db: ReadableWorkspace, blendId: number): BlendOutcome {
  const counts = get<{ sampled: number; valid: number; discovered: number }>(
    db,
    sql`SELECT sampled, valid, discovered FROM rollout WHERE blend_id = ${blendId}`,
  );
  if (!counts) throw new NotFoundError('blend', blendId);
  const { discovered, ...rest } = counts;
  const rows = all<{ id: number }>(
    db,
    sql`SELECT candidate_id AS id FROM rollout JOIN sample ON rollout_id = rollout.id
    WHERE blend_id = ${blendId} AND candidate_id IS NOT NULL GROUP BY candidate_id ORDER BY min(slot)`,
  );
  return { ...rest, unique: rows.length, known: rows.length - discovered, candidateIds: rows.map(({ id }) => id) };
}

/** Number of blends of a run, with or without names. */
export function countBlends(db: ReadableWorkspace, runId: number): number {
  return get<{ count: number }>(db, sql`SELECT count(*) AS count FROM blend WHERE run_id = ${runId}`)!.count;
}

/** @throws NotFoundError */
export function getBlend(db: ReadableWorkspace, blendId: number): Blend {
  const [blend] = blendsWhere(db, sql`id = ${blendId}`);
  if (blend === undefined) throw new NotFoundError('blend', blendId);
  return blend;
}

/** Blends of a run that are kept under a name, newest first. */
export function namedBlends(db: ReadableWorkspace, runId: number): Blend[] {
  return blendsWhere(db, sql`run_id = ${runId} AND name IS NOT NULL`);
}

/**
 * Keeps a blend under a name, or under none if the name is null.
 * @returns false if another blend of the run has the name
 */
export function nameBlend(db: WritableWorkspace, blendId: number, name: string | null): boolean {
  return write(db, () => {
    const { runId } = getBlend(db, blendId);
    if (get(db, sql`SELECT 1 FROM blend WHERE run_id = ${runId} AND name = ${name} AND id <> ${blendId}`)) return false;
    run(db, sql`UPDATE blend SET name = ${name} WHERE id = ${blendId}`);
    return true;
  });
}

function blendsWhere(db: ReadableWorkspace, where: Sql): Blend[] {
  const rows = all<Omit<Blend, 'weights'> & { weights: string }>(
    db,
    sql`
    SELECT id, run_id AS runId, name, round, weights, reach, merged_key AS mergedKey, seed, created FROM blend WHERE ${where} ORDER BY id DESC`,
  );
  return rows.map((row) => ({ ...row, weights: JSON.parse(row.weights) }));
}

function insertBlend(db: WritableWorkspace, { runId, round, weights, reach, mergedKey, seed }: NewBlend): number {
  return run(
    db,
    sql`INSERT INTO blend (run_id, round, weights, reach, merged_key, seed, created)
    VALUES (${runId}, ${round}, ${JSON.stringify(weights)}, ${reach}, ${mergedKey}, ${seed}, ${new Date().toISOString()})`,
  ).id;
}
