/**
 * @file Transformed scores of a run as columns of 32-bit floats, in blocks of 16,384 candidates by number. A ranking
 * reads only the columns that it needs, once per handle; later rounds append to them. The rows of `score` remain
 * authoritative: this is an index, and its single precision only decides the order.
 */
import { endianness } from 'node:os';
import type { CachedColumn, ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, each, get, run, sql } from './sql.ts';

/** Candidates per block: 64 KiB of scores, few enough to rewrite the last block at each commit. */
export const blockCandidates = 16_384;

/** Columns beside those of the objectives, which are 0, 1, ... */
const scaffoldColumn = -1;
const feasibleColumn = -2;

const widthOf = (column: number) => (column === feasibleColumn ? 1 : 4);

/** What the index stores of one candidate. */
export interface RankingEntry {
  readonly scores: readonly (number | null)[];
  /** Number of the scaffold in the run; -1 without one. */
  readonly scaffold: number;
  readonly feasible: boolean;
}

/** Transformed scores of one objective, block by block; NaN if missing. */
export function scoreBlocks(db: ReadableWorkspace, runId: number, objective: number, count: number): Float32Array[] {
  return loaded(db, runId, objective, count).map(
    (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  );
}

/** Scaffold numbers, block by block; -1 without one. */
export function scaffoldBlocks(db: ReadableWorkspace, runId: number, count: number): Int32Array[] {
  return loaded(db, runId, scaffoldColumn, count).map(
    (bytes) => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  );
}

/** 1 if a candidate meets the hard limits, otherwise 0, block by block. */
export function feasibleBlocks(db: ReadableWorkspace, runId: number, count: number): readonly Uint8Array[] {
  return loaded(db, runId, feasibleColumn, count);
}

/** Number of candidates of a run. They are numbered without gaps. */
export function candidateCount(db: ReadableWorkspace, runId: number): number {
  const row = get<{ last: number | null }>(db, sql`SELECT max(number) AS last FROM candidate WHERE run_id = ${runId}`);
  return row?.last == null ? 0 : row.last + 1;
}

/** Number of scaffolds of a run. They are numbered without gaps. */
export function scaffoldCount(db: ReadableWorkspace, runId: number): number {
  const row = get<{ last: number | null }>(db, sql`SELECT max(number) AS last FROM scaffold WHERE run_id = ${runId}`);
  return row?.last == null ? 0 : row.last + 1;
}

/** Appends the candidates from number `first` on to the index, within the caller's transaction. */
export function appendRanking(
  db: WritableWorkspace,
  runId: number,
  first: number,
  entries: readonly RankingEntry[],
  objectives: number,
): void {
  if (entries.length === 0) return;
  for (let i = 0; i < objectives; i++) {
    append(db, runId, i, first, bytesOf(Float32Array.from(entries, (entry) => entry.scores[i] ?? NaN)));
  }
  append(db, runId, scaffoldColumn, first, bytesOf(Int32Array.from(entries, (entry) => entry.scaffold)));
  append(
    db,
    runId,
    feasibleColumn,
    first,
    Uint8Array.from(entries, (entry) => Number(entry.feasible)),
  );
}

function bytesOf(values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // All machines that Node 20 supports except IBM's are little-endian. The file must mean the same on all of them.
  if (endianness() !== 'LE')
    throw new Error('Amalgam does not run on big-endian machines: its workspaces are little-endian.');
  return new Uint8Array(values.buffer);
}

/** Fills the last block, then starts new ones. */
function append(
  db: WritableWorkspace,
  runId: number,
  column: number,
  first: number,
  bytes: Uint8Array<ArrayBuffer>,
): void {
  const width = widthOf(column);
  const blockBytes = blockCandidates * width;
  const firstBlock = Math.floor(first / blockCandidates);
  const kept = (first % blockCandidates) * width;
  const tail = kept === 0 ? new Uint8Array() : storedBlock(db, runId, column, firstBlock).subarray(0, kept);
  const joined = Buffer.concat([tail, bytes]);
  for (let at = 0; at < joined.length; at += blockBytes) {
    const block = firstBlock + at / blockBytes;
    run(
      db,
      sql`INSERT INTO ranking_block (run_id, ranking_column, block, bytes)
      VALUES (${runId}, ${column}, ${block}, ${joined.subarray(at, at + blockBytes)})
      ON CONFLICT (run_id, ranking_column, block) DO UPDATE SET bytes = excluded.bytes`,
    );
  }
}

function storedBlock(db: ReadableWorkspace, runId: number, column: number, block: number): Uint8Array {
  const [row] = all<{ bytes: Uint8Array }>(
    db,
    sql`SELECT bytes FROM ranking_block
    WHERE run_id = ${runId} AND ranking_column = ${column} AND block = ${block}`,
  );
  return row.bytes;
}

/** The blocks of a column with at least `count` values. Reads only blocks that are new or have grown. */
function loaded(
  db: ReadableWorkspace,
  runId: number,
  column: number,
  count: number,
): readonly Uint8Array<ArrayBuffer>[] {
  const cached = cachedColumn(db, runId, column);
  if (cached.count < count) extend(db, runId, column, cached, count);
  return cached.blocks;
}

function cachedColumn(db: ReadableWorkspace, runId: number, column: number): CachedColumn {
  let columns = db.columns.get(runId);
  if (!columns) db.columns.set(runId, (columns = new Map()));
  let cached = columns.get(column);
  if (!cached) columns.set(column, (cached = { blocks: [], count: 0 }));
  return cached;
}

function extend(db: ReadableWorkspace, runId: number, column: number, cached: CachedColumn, count: number): void {
  const rows = each<{ block: number; bytes: Uint8Array<ArrayBuffer> }>(
    db,
    sql`SELECT block, bytes FROM ranking_block
    WHERE run_id = ${runId} AND ranking_column = ${column}
      AND block >= ${Math.floor(cached.count / blockCandidates)} ORDER BY block`,
  );
  for (const { block, bytes } of rows) cached.blocks[block] = aligned(bytes);
  cached.count = count;
}

/** A typed array with 4 bytes per value must start at a multiple of 4. */
function aligned(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
}
