/** @file Designs: what the user asked for, as written and with all defaults filled in. */
import { deleteOrphans } from './blobs.ts';
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, get, run, type Sql, sql } from './sql.ts';
import { write } from './workspace.ts';

export interface NewDesign {
  readonly name: string;
  readonly modality: 'molecule' | 'dna';
  /** The TOML text. */
  readonly source: string;
  /** JSON of the complete design. */
  readonly resolved: unknown;
}

export interface Design extends NewDesign {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** When it was archived: ISO 8601, UTC; null if it is in use. */
  readonly archived: string | null;
}

type DesignRow = Omit<Design, 'resolved'> & { resolved: string };

/** All columns except the mark of deleted designs. */
const columns = sql`id, name, modality, source, resolved, created, archived`;

const parsed = (row: DesignRow): Design => ({ ...row, resolved: JSON.parse(row.resolved) });

export function createDesign(db: WritableWorkspace, { name, modality, source, resolved }: NewDesign): number {
  const insert = sql`INSERT INTO design (name, modality, source, resolved, created)
    VALUES (${name}, ${modality}, ${source}, ${JSON.stringify(resolved)}, ${new Date().toISOString()})`;
  return write(db, () => run(db, insert).id);
}

/** Newest first. */
export function listDesigns(db: ReadableWorkspace): Design[] {
  return all<DesignRow>(db, sql`SELECT ${columns} FROM design WHERE deleted IS NULL ORDER BY id DESC`).map(parsed);
}

/** @throws NotFoundError */
export function getDesign(db: ReadableWorkspace, id: number): Design {
  const row = get<DesignRow>(db, sql`SELECT ${columns} FROM design WHERE id = ${id} AND deleted IS NULL`);
  if (!row) throw new NotFoundError('design', id);
  return parsed(row);
}

/** Archives a design, or brings it back from the archive. @throws NotFoundError */
export function archiveDesign(db: WritableWorkspace, id: number, archived: boolean): void {
  const when = archived ? new Date().toISOString() : null;
  mark(db, id, sql`UPDATE design SET archived = ${when} WHERE id = ${id} AND deleted IS NULL`);
}

/**
 * Hides a design with its runs and candidates. `purgeDesigns` deletes it for good, `restoreDesign` brings it back.
 * @throws NotFoundError
 */
export function deleteDesign(db: WritableWorkspace, id: number): void {
  mark(db, id, sql`UPDATE design SET deleted = ${new Date().toISOString()} WHERE id = ${id} AND deleted IS NULL`);
}

/** Brings a deleted design back. @throws NotFoundError if it was purged or not deleted */
export function restoreDesign(db: WritableWorkspace, id: number): void {
  mark(db, id, sql`UPDATE design SET deleted = NULL WHERE id = ${id} AND deleted IS NOT NULL`);
}

function mark(db: WritableWorkspace, id: number, update: Sql): void {
  write(db, () => {
    if (run(db, update).changes === 0) throw new NotFoundError('design', id);
  });
}

/** Deletes hidden designs for good, with the bytes that only their runs used. */
export function purgeDesigns(db: WritableWorkspace): void {
  const runs = all<{ id: number }>(
    db,
    sql`SELECT run.id FROM run JOIN design ON design.id = design_id WHERE deleted IS NOT NULL`,
  );
  write(db, () => {
    if (run(db, sql`DELETE FROM design WHERE deleted IS NOT NULL`).changes === 0) return;
    deleteOrphans(db);
  });
  for (const run of runs) db.columns.delete(run.id);
}
