/**
 * Bytes under their SHA-256: equal weights are stored once, and a key names
 * them for ever, also after the bytes were let go.
 */
import { createHash } from 'node:crypto';
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import type { BlobSource } from './records.ts';
import { get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** SHA-256 in hexadecimal, 64 characters. */
export function blobKey(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Stores bytes that are not there yet, within the caller's transaction.
 * @throws NotFoundError where a key is given whose bytes are not there
 */
export function putBlob(db: WritableWorkspace, source: BlobSource): string {
  if (!(source instanceof Uint8Array)) return stored(db, source.key);
  const key = blobKey(source);
  if (!hasBlob(db, key)) run(db, sql`INSERT INTO blob (key, bytes) VALUES (${key}, ${source})`);
  return key;
}

function stored(db: ReadableWorkspace, key: string): string {
  if (!hasBlob(db, key)) throw new NotFoundError('stored blob', key);
  return key;
}

/**
 * Stores bytes of a round that is not over yet, so that its commit has little left to
 * write. They are no part of the run before that: `discardPrewrittenBlobs` lets them go, and so
 * does whoever opens the workspace after a kill and commits or drops anything.
 */
export function prewriteBlob(db: WritableWorkspace, bytes: Uint8Array): string {
  const key = write(db, () => putBlob(db, bytes));
  db.prewritten.add(key);
  return key;
}

/** discards what was prewritten for a round that does not come. */
export function discardPrewrittenBlobs(db: WritableWorkspace): void {
  db.prewritten.clear();
  dropUnreferencedBlobs(db);
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

/** Deletes blobs that no round holds, within the caller's transaction. @returns how many */
export function deleteOrphans(db: WritableWorkspace): number {
  return run(
    db,
    sql`DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM round_blob WHERE blob_key = blob.key)
    AND key NOT IN (SELECT value FROM json_each(${JSON.stringify([...db.prewritten])}))`,
  ).changes;
}

export function dropUnreferencedBlobs(db: WritableWorkspace): number {
  return write(db, () => deleteOrphans(db));
}
