/**
 * @file Ensures one writer per workspace. The lock is a write transaction that stays open on an empty SQLite file
 * beside the workspace (`NAME-lock`). It is an operating-system lock, so it ends with its process however that ends,
 * and no process ids are needed. It is a separate file because an open transaction on the workspace itself would
 * prevent its holder from committing. The file is never deleted: otherwise two processes could hold the lock on two
 * different files.
 */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Long enough for the probe of a reader below to end. */
const patienceMs = 500;

export interface WriterLock {
  release(): void;
}

const lockPath = (path: string) => `${path}-lock`;

export function isSqliteError(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Database.SqliteError &&
    codes.some((code) => error.code === code || error.code.startsWith(`${code}_`))
  );
}

/** @returns null if another handle, of this process or another, has the lock */
export function acquireWriterLock(path: string): WriterLock | null {
  const guard = new Database(lockPath(path), { timeout: patienceMs });
  try {
    beginWriting(guard);
  } catch (error) {
    guard.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => void guard.close() };
}

/** Whether a process holds the lock. If the lock file cannot be probed (read-only folder), it counts as held. */
export function writerLockIsHeld(path: string): boolean {
  if (!existsSync(lockPath(path))) return false;
  const probe = new Database(lockPath(path), { timeout: 0 });
  try {
    beginWriting(probe);
    return false;
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_BUSY', 'SQLITE_READONLY')) return true;
    throw error;
  } finally {
    probe.close();
  }
}

/** Nothing is ever written, so the journal stays in memory and leaves no second file. */
function beginWriting(connection: Database.Database): void {
  connection.pragma('journal_mode = MEMORY');
  connection.exec('BEGIN IMMEDIATE');
}
