/**
 * @file Errors of a workspace file. Each has its own class so that the host can map it to a stable code. Messages are
 * for users.
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
  /** @param found what the file is instead, to complete "it is ..." */
  constructor(path: string, found: string) {
    super(path, `${path} is not an Amalgam workspace: it is ${found}. The file was not changed; choose another one.`);
  }
}

export class WorkspaceFromNewerVersionError extends WorkspaceError {
  constructor(path: string, found: number, known: number) {
    super(
      path,
      `${path} was written by a newer version of Amalgam (format ${found}; this version supports formats up to ${known}). The file was not changed; update Amalgam to open it.`,
    );
  }
}

/** A reader cannot migrate. */
export class WorkspaceOutdatedError extends WorkspaceError {
  constructor(path: string, found: number, needed: number) {
    super(path, `${path} has the older format ${found}. Open it once for writing to update it to format ${needed}.`);
  }
}

export class WorkspaceInUseError extends WorkspaceError {
  /** Process that writes to the workspace; null if it has not recorded itself yet. */
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
      `The disk of ${path} is full. Nothing of the last step was written, and everything saved before is kept. Free some space and resume.`,
      { cause },
    );
  }
}

export class WorkspaceDamagedError extends WorkspaceError {
  constructor(path: string, cause: unknown) {
    super(path, `${path} is damaged and cannot be read. Nothing was changed in it; restore it from a copy.`, { cause });
  }
}

/** A requested row does not exist. */
export class NotFoundError extends Error {
  constructor(what: string, id: number | string) {
    super(`There is no ${what} ${id} in this workspace.`);
    this.name = 'NotFoundError';
  }
}

/** A round that does not follow the last committed one. */
export class RoundOrderError extends Error {
  constructor(runId: number, given: number, last: number | null) {
    const expected = last === null ? '0 or 1 comes first' : `${last + 1} comes next`;
    const what = last !== null && given <= last ? 'is already committed' : 'cannot be committed yet';
    super(`Round ${given} of run ${runId} ${what}: ${expected}.`);
    this.name = 'RoundOrderError';
  }
}
