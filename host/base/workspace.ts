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

/** Errors that a user mends by naming another file. */
const WRONG_FILE = [NotAWorkspaceError, WorkspaceFromNewerVersionError, WorkspaceNotFoundError] as const;

/** A database error with its code; anything else as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof NotFoundError) return new ContractError('not-found', error.message);
  if (error instanceof WorkspaceInUseError) return new ContractError('conflict', error.message);
  if (WRONG_FILE.some((wrong) => error instanceof wrong)) return new InputError((error as Error).message);
  if (error instanceof WorkspaceError) return new ContractError('workspace', error.message);
  return error;
}

/** Runs `work` with the database's errors turned into the contract's. */
export function translating<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** The same for work that takes its time. */
export async function translatingAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

/**
 * Opens a workspace for writing, and deletes for good what was deleted when it was open last; makes the user's data
 * folder where the file belongs there.
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

/** A file of an older format is first brought up to date, as it is when it is opened in the app. */
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
