/**
 * Handles of an open workspace. A function that writes asks for a
 * WritableWorkspace, so that the compiler keeps writes away from readers; only
 * workspace.ts makes handles. Idea: branded handles of Signal Desktop's ts/sql.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { WriterLock } from './lock.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** Blocks of one ranking column of a run, as they were when it had `count` candidates. */
export interface CachedColumn {
  readonly blocks: Uint8Array<ArrayBuffer>[];
  count: number;
}

export interface ReadableWorkspace {
  readonly [readable]: true;
  /** Absolute, links resolved. */
  readonly path: string;
  readonly connection: Database;
  /** Prepared statements by their text. */
  readonly statements: Map<string, Statement>;
  /** Ranking columns by run, then column. */
  readonly columns: Map<number, Map<number, CachedColumn>>;
}

export interface WritableWorkspace extends ReadableWorkspace {
  readonly [writable]: true;
  /** Names this opening of the workspace; what a run that is running belongs to. */
  readonly session: string;
  readonly lock: WriterLock;
  /** Keys of blobs that a round holds as soon as it is committed; until then nothing else keeps them. */
  readonly prewritten: Set<string>;
}

export function isWritable(db: ReadableWorkspace): db is WritableWorkspace {
  return 'lock' in db;
}
