/**
 * @file Handles of an open workspace. A function that writes takes a WritableWorkspace, so that the compiler keeps
 * writes away from readers. Only workspace.ts makes handles. The branded handles follow Signal Desktop's ts/sql.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { WriterLock } from './lock.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** Blocks of one ranking column of a run, as read when it had `count` candidates. */
export interface CachedColumn {
  readonly blocks: Uint8Array<ArrayBuffer>[];
  count: number;
}

export interface ReadableWorkspace {
  readonly [readable]: true;
  /** Absolute path with links resolved. */
  readonly path: string;
  readonly connection: Database;
  /** Prepared statements by their text. */
  readonly statements: Map<string, Statement>;
  /** Ranking columns by run, then by column. */
  readonly columns: Map<number, Map<number, CachedColumn>>;
}

export interface WritableWorkspace extends ReadableWorkspace {
  readonly [writable]: true;
  /** Identifies this session of the workspace. A running run belongs to a session. */
  readonly session: string;
  readonly lock: WriterLock;
  /** Keys of prewritten blobs. A round refers to them once it is committed; until then nothing else protects them. */
  readonly prewritten: Set<string>;
}

export function isWritable(db: ReadableWorkspace): db is WritableWorkspace {
  return 'lock' in db;
}
