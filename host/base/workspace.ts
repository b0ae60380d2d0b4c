/**
 * Opens workspaces for the host and turns the database's errors into those of
 * the contract.
 */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ContractError } from '../../contract/api.ts';
import {
  close,
  NotAWorkspaceError,
  NotFoundError,
  openForReading,
  openForWriting,
  purgeDesigns,
  type ReadableWorkspace,
  WorkspaceError,
  WorkspaceFromNewerVersionError,
  WorkspaceInUseError,
  WorkspaceNotFoundError,
  WorkspaceOutdatedError,
  type WritableWorkspace,
} from '../../db/index.ts';
import { InputError } from './errors.ts';
import { dataFolder } from './paths.ts';

/** Errors that a user solves by naming another file. */
const WRONG_FILE = [NotAWorkspaceError, WorkspaceFromNewerVersionError, WorkspaceNotFoundError] as const;

/** A database error with its code; other errors are unchanged. */
export function translated(error: unknown): unknown {
  if (error instanceof NotFoundError) return new ContractError('not-found', error.message);
  if (error instanceof WorkspaceInUseError) return new ContractError('conflict', error.message);
  if (WRONG_FILE.some((wrong) => error instanceof wrong)) return new InputError((error as Error).message);
  if (error instanceof WorkspaceError) return new ContractError('workspace', error.message);
  return error;
}

/** Runs `work` and turns the database's errors into the contract's. */
export function translating<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** The same for asynchronous work. */
export async function translatingAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

/**
 * Opens a workspace for writing, and permanently removes what was deleted in its last session. Makes the user's data
 * folder if the file belongs there.
 */
export function openWorkspace(path: string): WritableWorkspace {
  const file = resolve(path);
  if (file.startsWith(dataFolder())) mkdirSync(dirname(file), { recursive: true });
  return translating(() => {
    const db = openForWriting(file);
    purgeDesigns(db);
    return db;
  });
}

/** Migrates a file of an older format first, as the app does when it opens one. */
export function readWorkspace(path: string): ReadableWorkspace {
  return translating(() => {
    try {
      return openForReading(path);
    } catch (error) {
      if (!(error instanceof WorkspaceOutdatedError)) throw error;
      close(openForWriting(path));
      return openForReading(path);
    }
  });
}
