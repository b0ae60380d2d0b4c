/**
 * Bytes under their SHA-256: equal weights are stored once, and a key names
 * them for ever, also after the bytes were let go.
 */
import { createHash } from 'node:crypto';
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** SHA-256 in hexadecimal, 64 characters. */
export function blobKey(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Stores bytes that are not there yet, within the caller's transaction. */
export function putBlob(db: WritableWorkspace, bytes: Uint8Array): string {
  const key = blobKey(bytes);
  if (!hasBlob(db, key)) run(db, sql`INSERT INTO blob (key, bytes) VALUES (${key}, ${bytes})`);
  return key;
}

export function hasBlob(db: ReadableWorkspace, key: string): boolean {
  return get(db, sql`SELECT 1 FROM blob WHERE key = ${key}`) !== undefined;
}

/** @throws NotFoundError where the bytes were never stored or were let go */
export function readBlob(db: ReadableWorkspace, key: string): Uint8Array {
  const row = get<{ bytes: Uint8Array }>(db, sql`SELECT bytes FROM blob WHERE key = ${key}`);
  if (!row) throw new NotFoundError('stored blob', key);
  return row.bytes;
}

/** Deletes blobs that no round holds. @returns how many */
export function dropUnreferencedBlobs(db: WritableWorkspace): number {
  const orphans = sql`DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM round_blob WHERE blob_key = blob.key)`;
  return write(db, () => run(db, orphans).changes);
}
