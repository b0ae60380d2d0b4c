/** @file Scaffolds, or DNA sequences, that several runs have found in common. */
import type { ReadableWorkspace } from './handle.ts';
import { all, sql } from './sql.ts';

/** How many were found by exactly these runs. */
export interface SharedFinds {
  readonly runIds: readonly number[];
  readonly count: number;
}

/** Scaffolds of candidates that meet the hard limits. Molecules without rings share none. */
export function sharedScaffolds(db: ReadableWorkspace, runIds: readonly number[]): SharedFinds[] {
  return counted(runIds, (id) =>
    all<{ key: string }>(
      db,
      sql`SELECT DISTINCT key FROM candidate JOIN scaffold ON scaffold.run_id = candidate.run_id AND scaffold.number = candidate.scaffold
    WHERE candidate.run_id = ${id} AND feasible = 1 AND key <> ''`,
    ),
  );
}

/** Sequences that meet the hard limits. */
export function sharedSequences(db: ReadableWorkspace, runIds: readonly number[]): SharedFinds[] {
  return counted(runIds, (id) =>
    all<{ key: string }>(db, sql`SELECT sequence AS key FROM candidate WHERE run_id = ${id} AND feasible = 1`),
  );
}

function counted(runIds: readonly number[], keysOf: (id: number) => readonly { key: string }[]): SharedFinds[] {
  const finders = new Map<string, number>();
  runIds.forEach((id, i) => {
    for (const { key } of keysOf(id)) finders.set(key, (finders.get(key) ?? 0) | (1 << i));
  });
  const counts = new Map<number, number>();
  for (const mask of finders.values()) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  return [...counts]
    .map(([mask, count]) => ({ runIds: runIds.filter((_, i) => (mask & (1 << i)) !== 0), count }))
    .sort((a, b) => b.count - a.count);
}
