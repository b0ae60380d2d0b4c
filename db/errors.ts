/**
 * What can go wrong with a workspace file, each as a class of its own so that
 * the host can map it to a stable code. Messages are for the user.
 */

export class WorkspaceError extends Error {
  readonly path: string;
  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.path = path;
  }
}

export class WorkspaceNotFoundError extends WorkspaceError {
  constructor(path: string) {
    super(path, `There is no workspace at ${path}.`);
  }
}

export class NotAWorkspaceError extends WorkspaceError {
  /** @param found what the path holds instead, as the end of "it is ..." */
  constructor(path: string, found: string) {
    super(path, `${path} is not an Amalgam workspace: it is ${found}. It was left as it is; choose another file.`);
  }
}

export class WorkspaceFromNewerVersionError extends WorkspaceError {
  constructor(path: string, found: number, known: number) {
    super(
      path,
      `${path} was written by a newer Amalgam (format ${found}; this one knows formats up to ${known}). It was left as it is; update Amalgam to open it.`,
    );
  }
}

/** A reader cannot migrate. */
export class WorkspaceOutdatedError extends WorkspaceError {
  constructor(path: string, found: number, needed: number) {
    super(path, `${path} has the older format ${found}. Open it once for writing to bring it to format ${needed}.`);
  }
}

export class WorkspaceInUseError extends WorkspaceError {
  /** Process that writes to the workspace; null where it has not yet said who it is. */
  readonly pid: number | null;
  constructor(path: string, pid: number | null) {
    const holder = pid === null ? 'another process' : `process ${pid}`;
    super(path, `${path} is in use by ${holder}. Close that Amalgam first, or open the workspace for reading only.`);
    this.pid = pid;
  }
}

export class WorkspaceFullError extends WorkspaceError {
  constructor(path: string, cause: unknown) {
    super(
      path,
      `The disk that holds ${path} is full. Nothing of the last step was written and all that was saved before is kept; free some space and resume.`,
      { cause },
    );
  }
}

export class WorkspaceDamagedError extends WorkspaceError {
  constructor(path: string, cause: unknown) {
    super(path, `${path} is damaged and cannot be read. Restore it from a copy; nothing was changed in it.`, { cause });
  }
}

/** A row that was asked for is not there. */
export class NotFoundError extends Error {
  constructor(what: string, id: number | string) {
    super(`There is no ${what} ${id} in this workspace.`);
    this.name = 'NotFoundError';
  }
}

/** A round that does not follow the last one that was committed. */
export class RoundOrderError extends Error {
  constructor(runId: number, given: number, last: number | null) {
    const expected = last === null ? '0 or 1 comes first' : `${last + 1} comes next`;
    const what = last !== null && given <= last ? 'is committed already' : 'cannot be committed yet';
    super(`Round ${given} of run ${runId} ${what}: ${expected}.`);
    this.name = 'RoundOrderError';
  }
}
