/**
 * @file Migrates a workspace file to a format. Each migration runs in one transaction with its version, so that a file
 * is always at a version and never between two.
 */
import type { Database } from 'better-sqlite3';

/** Marks a SQLite file as a workspace: the letters "Amlg" (https://sqlite.org/pragma.html#pragma_application_id). */
export const applicationId = 0x416d6c67;

export interface Migration {
  /** Value of user_version after the migration. Gaps leave room for a release branch. */
  readonly version: number;
  readonly statements: string;
}

/** Format of a file; 0 for a new one. */
export function formatOf(connection: Database): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.reduce((newest, { version }) => Math.max(newest, version), 0);
}

/** Runs every pending migration up to and including version `upTo`. */
export function migrate(
  connection: Database,
  migrations: readonly Migration[],
  upTo = newestVersion(migrations),
): void {
  for (const migration of migrations) {
    if (migration.version > formatOf(connection) && migration.version <= upTo) apply(connection, migration);
  }
}

function apply(connection: Database, { version, statements }: Migration): void {
  connection
    .transaction(() => {
      connection.exec(statements);
      connection.pragma(`application_id = ${applicationId}`);
      connection.pragma(`user_version = ${version}`);
    })
    .immediate();
}
