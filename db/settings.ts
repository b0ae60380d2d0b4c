/** @file Settings of a workspace by key, each a JSON value. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** @returns undefined if it was never set */
export function readSetting(db: ReadableWorkspace, key: string): unknown {
  const row = get<{ value: string }>(db, sql`SELECT value FROM setting WHERE key = ${key}`);
  return row && JSON.parse(row.value);
}

export function writeSetting(db: WritableWorkspace, key: string, value: unknown): void {
  const upsert = sql`INSERT INTO setting (key, value) VALUES (${key}, ${JSON.stringify(value)})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
  write(db, () => run(db, upsert));
}
