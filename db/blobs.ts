/**
 * @file Bytes under their SHA-256. Equal weights are stored once. A key remains valid as provenance after its bytes are
 * discarded.
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
 * @throws NotFoundError if a key is given whose bytes are missing
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
 * Stores bytes of a round before the round is committed, so that the commit has little to write. Until then they do not
 * belong to the run. `discardPrewrittenBlobs` deletes them. After a kill they are deleted when the workspace is opened
 * again and commits or deletes anything.
 */
export function prewriteBlob(db: WritableWorkspace, bytes: Uint8Array): string {
  const key = write(db, () => putBlob(db, bytes));
  db.prewritten.add(key);
  return key;
}

/** Deletes the prewritten bytes of a round that will not be committed. */
export function discardPrewrittenBlobs(db: WritableWorkspace): void {
  db.prewritten.clear();
  dropUnreferencedBlobs(db);
}

export function hasBlob(db: ReadableWorkspace, key: string): boolean {
  return get(db, sql`SELECT 1 FROM blob WHERE key = ${key}`) !== undefined;
}

/** @throws NotFoundError if the bytes were never stored or have been discarded */
export function readBlob(db: ReadableWorkspace, key: string): Uint8Array {
  const row = get<{ bytes: Uint8Array }>(db, sql`SELECT bytes FROM blob WHERE key = ${key}`);
  if (!row) throw new NotFoundError('stored blob', key);
  return row.bytes;
}

/** Deletes blobs that no round refers to, within the caller's transaction. @returns their number */
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
