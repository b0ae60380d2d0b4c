/**
 * @file A digest of everything that a run found and learnt. It tests that a run that was killed and resumed ends like
 * one that was never interrupted. Wall-clock times and row ids, which depend on the rest of the workspace, are
 * excluded; everything else counts to the last bit.
 */
import { createHash } from 'node:crypto';
import { blobKey } from './blobs.ts';
import type { ReadableWorkspace } from './handle.ts';
import { runShape } from './rounds.ts';
import { each, type Sql, sql } from './sql.ts';
import { readTogether } from './workspace.ts';

interface TableDigest {
  readonly rows: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

export interface RunDump {
  /** SHA-256 over the tables' digests. */
  readonly digest: string;
  /** Digests by table, so that a difference can be located. */
  readonly tables: Readonly<Record<string, TableDigest>>;
}

/** @throws NotFoundError */
export function dumpForComparison(db: ReadableWorkspace, runId: number): RunDump {
  return readTogether(db, () => {
    runShape(db, runId);
    const entries = Object.entries(queries(runId)).map(([table, query]) => [table, digestOf(db, query)] as const);
    const digest = createHash('sha256');
    for (const [table, { digest: own }] of entries) digest.update(`${table} ${own}\n`);
    return { digest: digest.digest('hex'), tables: Object.fromEntries(entries) };
  });
}

/** Identifies a rollout by its place, a candidate by its number, a blend by its rank in the run. */
function queries(runId: number): Record<string, Sql> {
  const blendRank = sql`(SELECT count(*) FROM blend AS b WHERE b.run_id = ${runId} AND b.id <= rollout.blend_id)`;
  const place = sql`rollout.round, step, source, draw, expert, ${blendRank} AS blend`;
  return {
    run: sql`SELECT seed, method, settings, objectives, constraints, aggregate, prior, prior_key FROM run WHERE id = ${runId}`,
    round: sql`SELECT number, merge_weights, merged_key, metrics FROM round WHERE run_id = ${runId} ORDER BY number`,
    expert: sql`SELECT round, objective, weights_key, metrics FROM expert WHERE run_id = ${runId} ORDER BY round, objective`,
    blob: sql`SELECT round, kind, name, bytes FROM round_blob JOIN blob ON key = blob_key
      WHERE run_id = ${runId} ORDER BY round, kind, name`,
    blend: sql`SELECT round, weights, reach, merged_key, seed FROM blend WHERE run_id = ${runId} ORDER BY id`,
    rollout: sql`SELECT ${place}, sampler, sampled, valid, discovered FROM rollout WHERE run_id = ${runId} ORDER BY id`,
    sample: sql`SELECT ${place}, slot, text, candidate.number, parents, log_likelihood, prior_log_likelihood, reward
      FROM rollout JOIN sample ON rollout_id = rollout.id LEFT JOIN candidate ON candidate.id = candidate_id
      WHERE rollout.run_id = ${runId} ORDER BY rollout.id, slot`,
    scaffold: sql`SELECT number, key FROM scaffold WHERE run_id = ${runId} ORDER BY number`,
    candidate: sql`SELECT number, sequence, scaffold, feasible FROM candidate WHERE run_id = ${runId} ORDER BY number`,
    score: sql`SELECT number, objective, raw, transformed FROM candidate JOIN score ON candidate_id = id
      WHERE run_id = ${runId} ORDER BY number, objective`,
    constraint_value: sql`SELECT number, position, value FROM candidate JOIN constraint_value ON candidate_id = id
      WHERE run_id = ${runId} ORDER BY number, position`,
    ranking_block: sql`SELECT ranking_column, block, bytes FROM ranking_block WHERE run_id = ${runId} ORDER BY ranking_column, block`,
  };
}

function digestOf(db: ReadableWorkspace, query: Sql): TableDigest {
  const hash = createHash('sha256');
  let rows = 0;
  for (const row of each<Record<string, unknown>>(db, query)) {
    hash.update(`${JSON.stringify(Object.entries(row).map(([name, value]) => comparable(name, value)))}\n`);
    rows++;
  }
  return { rows, digest: hash.digest('hex') };
}

/** JSON writes a double so that it reads back the same. Bytes are given by their hash, freshly computed. */
function comparable(column: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return blobKey(value);
  if (column === 'metrics') return JSON.parse(String(value), withoutSeconds);
  // JSON has no negative zero.
  return Object.is(value, -0) ? '-0' : value;
}

function withoutSeconds(key: string, value: unknown): unknown {
  return key.startsWith('seconds') ? undefined : value;
}
