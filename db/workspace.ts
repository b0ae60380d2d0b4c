/**
 * @file Opens and closes a workspace and runs its write transactions. There can be any number of readers and one
 * writer. The lock (lock.ts) keeps a second writer out. Each transaction also checks that the workspace still belongs
 * to its session, so that even a lost lock (a deleted lock file, a network disk) cannot mix the writes of two
 * processes.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  NotAWorkspaceError,
  WorkspaceDamagedError,
  WorkspaceError,
  WorkspaceFromNewerVersionError,
  WorkspaceFullError,
  WorkspaceInUseError,
  WorkspaceNotFoundError,
  WorkspaceOutdatedError,
} from './errors.ts';
import { isWritable, type ReadableWorkspace, type WritableWorkspace } from './handle.ts';
import { acquireWriterLock, isSqliteError, type WriterLock, writerLockIsHeld } from './lock.ts';
import { applicationId, formatOf, migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { get, run, sql } from './sql.ts';

const busyTimeoutMs = 5_000;
/** The write-ahead log is truncated to this size after a large round. */
const logBytes = 64 * 2 ** 20;

/**
 * Opens a workspace for writing. A missing or empty file becomes a new workspace, and an older format is updated.
 * @throws WorkspaceInUseError, NotAWorkspaceError, WorkspaceFromNewerVersionError, WorkspaceFullError,
 * WorkspaceDamagedError, WorkspaceError
 */
export function openForWriting(path: string): WritableWorkspace {
  const file = locate(path);
  return translated(file, () => {
    if (existsSync(file)) identify(file);
    const lock = acquireWriterLock(file);
    if (!lock) throw new WorkspaceInUseError(file, holderOf(file));
    try {
      return openLocked(file, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/** Opens a workspace for reading, also while another process writes to it. */
export function openForReading(path: string): ReadableWorkspace {
  const file = locate(path);
  if (!existsSync(file)) throw new WorkspaceNotFoundError(file);
  return translated(file, () => {
    const version = identify(file);
    const needed = newestVersion(migrations);
    if (version < needed) throw new WorkspaceOutdatedError(file, version, needed);
    return handle(file, openReadonly(file));
  });
}

export function close(db: ReadableWorkspace): void {
  if (!db.connection.open) return;
  try {
    if (isWritable(db)) leave(db);
  } finally {
    db.connection.close();
    if (isWritable(db)) db.lock.release();
  }
}

/** Closes a workspace that is complete. Afterwards readers need its one file only, unless one reads at this moment. */
export function closeForReaders(db: WritableWorkspace): void {
  try {
    db.connection.pragma('journal_mode = DELETE');
  } catch (error) {
    if (!isSqliteError(error, 'SQLITE_BUSY')) throw error;
  }
  close(db);
}

/**
 * Runs `work` in one transaction, all or nothing.
 * @throws WorkspaceFullError if the disk is full; WorkspaceInUseError if another process has taken over the workspace
 */
export function write<T>(db: WritableWorkspace, work: () => T): T {
  return translated(db.path, () =>
    db.connection
      .transaction(() => {
        const holder = writerRow(db);
        if (holder?.session !== db.session) throw new WorkspaceInUseError(db.path, holder?.pid ?? null);
        return work();
      })
      .immediate(),
  );
}

/** Runs several reads on one state of the workspace, whatever is written meanwhile. */
export function readTogether<T>(db: ReadableWorkspace, work: () => T): T {
  return db.connection.transaction(work).deferred();
}

/** Session that writes now; null if none is alive. */
export function liveSession(db: ReadableWorkspace): string | null {
  if (isWritable(db)) return db.session;
  const session = writerRow(db)?.session ?? null;
  return session !== null && writerLockIsHeld(db.path) ? session : null;
}

interface WriterRow {
  session: string | null;
  pid: number | null;
}

const writerRow = (db: ReadableWorkspace) => get<WriterRow>(db, sql`SELECT session, pid FROM writer`);

function openLocked(file: string, lock: WriterLock): WritableWorkspace {
  const connection = harden(new Database(file, { timeout: busyTimeoutMs }));
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`journal_size_limit = ${logBytes}`);
    migrate(connection, migrations);
    const db = { ...handle(file, connection), session: randomUUID(), lock, prewritten: new Set() } as WritableWorkspace;
    run(db, sql`UPDATE writer SET session = ${db.session}, pid = ${process.pid}, since = ${new Date().toISOString()}`);
    return db;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function handle(path: string, connection: Database.Database): ReadableWorkspace {
  connection.pragma('foreign_keys = ON');
  return { path, connection, statements: new Map(), columns: new Map() } as unknown as ReadableWorkspace;
}

const openReadonly = (file: string): Database.Database =>
  harden(new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }));

/**
 * A workspace may come from someone else, so its schema must not run functions, and damaged pages must be noticed where
 * they are read (https://sqlite.org/security.html). better-sqlite3 opens in defensive mode by itself.
 */
function harden(connection: Database.Database): Database.Database {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  return connection;
}

/** Releases the workspace. A full disk must not prevent this: then the lock alone shows that nobody writes. */
function leave(db: WritableWorkspace): void {
  try {
    run(db, sql`UPDATE writer SET session = NULL, pid = NULL, since = NULL WHERE session = ${db.session}`);
  } catch (error) {
    if (!isSqliteError(error, 'SQLITE_FULL', 'SQLITE_IOERR')) throw error;
  }
}

/** Resolves links, so that every name of a file leads to the same lock. */
function locate(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const folder = dirname(absolute);
  if (!existsSync(folder))
    throw new WorkspaceError(absolute, `The folder ${folder} does not exist, so no workspace can be created in it.`);
  return join(realpathSync(folder), basename(absolute));
}

/**
 * Format of an existing file, 0 for an empty one. Does not change the file.
 * @throws NotAWorkspaceError, WorkspaceFromNewerVersionError
 */
function identify(file: string): number {
  const { size, isFile } = describe(file);
  if (!isFile) throw new NotAWorkspaceError(file, 'a folder or a device');
  if (size === 0) return 0;
  const connection = openReadonly(file);
  try {
    return checkedFormat(file, connection);
  } finally {
    connection.close();
  }
}

function describe(file: string): { size: number; isFile: boolean } {
  const stat = statSync(file);
  return { size: stat.size, isFile: stat.isFile() };
}

function checkedFormat(file: string, connection: Database.Database): number {
  const id = connection.pragma('application_id', { simple: true });
  const objects = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  // A process that was killed while it created the workspace leaves an empty SQLite file.
  if (id === 0 && objects === 0 && formatOf(connection) === 0) return 0;
  if (id !== applicationId) throw new NotAWorkspaceError(file, 'the SQLite database of another program');
  refuseForeignParts(file, connection);
  const version = formatOf(connection);
  const known = newestVersion(migrations);
  if (version > known) throw new WorkspaceFromNewerVersionError(file, version, known);
  return version;
}

/** No format has a trigger, a view or a virtual table, which could change what is read and written. */
function refuseForeignParts(file: string, connection: Database.Database): void {
  const foreign = connection
    .prepare<[], { type: string; name: string }>(
      `SELECT CASE WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table' ELSE type END AS type, name FROM sqlite_schema
      WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'`,
    )
    .get();
  if (foreign === undefined) return;
  throw new NotAWorkspaceError(file, `one with the ${foreign.type} "${foreign.name}", which Amalgam never makes`);
}

/** Process that holds the lock, as recorded in the workspace. */
function holderOf(file: string): number | null {
  if (!existsSync(file) || identify(file) === 0) return null;
  const connection = openReadonly(file);
  try {
    return connection.prepare<[], number | null>('SELECT pid FROM writer').pluck().get() ?? null;
  } finally {
    connection.close();
  }
}

/** Turns SQLite's codes into errors that name the file and what to do. */
function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_NOTADB')) throw new NotAWorkspaceError(file, 'not a SQLite file, or encrypted');
    if (isSqliteError(error, 'SQLITE_CORRUPT')) throw new WorkspaceDamagedError(file, error);
    // The shared-memory file beside the log also grows, and has its own code for a full disk.
    if (isSqliteError(error, 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE')) throw new WorkspaceFullError(file, error);
    if (isSqliteError(error, 'SQLITE_CANTOPEN', 'SQLITE_READONLY')) {
      throw new WorkspaceError(
        file,
        `${file} cannot be opened: check that you may read and write the file and its folder.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}
