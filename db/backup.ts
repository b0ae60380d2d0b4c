/**
 * @file Copies a workspace while it is in use, by SQLite's online backup. The copy has the state of one moment,
 * whatever is written meanwhile. It is checked completely before it gets its final name, so that a file with that name
 * is whole.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { WorkspaceDamagedError, WorkspaceError } from './errors.ts';
import type { ReadableWorkspace } from './handle.ts';

/**
 * @param file the copy, which must not exist
 * @returns its size in bytes
 * @throws WorkspaceError if it exists or cannot be written; WorkspaceDamagedError if the copy fails SQLite's check
 */
export async function backUp(db: ReadableWorkspace, file: string): Promise<number> {
  if (existsSync(file)) throw new WorkspaceError(file, `${file} exists already; a backup never replaces a file.`);
  const beside = `${file}.part`;
  try {
    await db.connection.backup(beside);
    close(beside);
    renameSync(beside, file);
  } catch (error) {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${beside}${ending}`, { force: true });
    if (error instanceof WorkspaceError) throw error;
    throw new WorkspaceError(file, `The backup ${file} could not be written: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  return statSync(file).size;
}

/** Checks a copy and makes it a single file without a writer. */
function close(file: string): void {
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('quick_check', { simple: true });
    if (found !== 'ok') throw new WorkspaceDamagedError(file, new Error(String(found)));
    copy.prepare('UPDATE writer SET session = NULL, pid = NULL, since = NULL').run();
  } finally {
    copy.close();
  }
}
