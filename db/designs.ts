/** Designs: what the user asked for, as written and with everything filled in. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

export interface NewDesign {
  readonly name: string;
  readonly domain: 'molecule' | 'dna';
  /** The TOML text. */
  readonly source: string;
  /** JSON of the complete design. */
  readonly resolved: unknown;
}

export interface Design extends NewDesign {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly created: string;
}

type DesignRow = Omit<Design, 'resolved'> & { resolved: string };

const parsed = (row: DesignRow): Design => ({ ...row, resolved: JSON.parse(row.resolved) });

export function createDesign(db: WritableWorkspace, { name, domain, source, resolved }: NewDesign): number {
  const insert = sql`INSERT INTO design (name, domain, source, resolved, created)
    VALUES (${name}, ${domain}, ${source}, ${JSON.stringify(resolved)}, ${new Date().toISOString()})`;
  return write(db, () => run(db, insert).id);
}

/** Newest first. */
export function listDesigns(db: ReadableWorkspace): Design[] {
  return all<DesignRow>(db, sql`SELECT * FROM design ORDER BY id DESC`).map(parsed);
}

/** @throws NotFoundError */
export function getDesign(db: ReadableWorkspace, id: number): Design {
  const row = get<DesignRow>(db, sql`SELECT * FROM design WHERE id = ${id}`);
  if (!row) throw new NotFoundError('design', id);
  return parsed(row);
}

/** Deletes a design with its runs and all that they found, and the bytes that only they held. */
export function deleteDesign(db: WritableWorkspace, id: number): void {
  const runs = all<{ id: number }>(db, sql`SELECT id FROM run WHERE design_id = ${id}`);
  write(db, () => {
    if (run(db, sql`DELETE FROM design WHERE id = ${id}`).changes === 0) throw new NotFoundError('design', id);
    run(db, sql`DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM round_blob WHERE blob_key = blob.key)`);
  });
  for (const run of runs) db.columns.delete(run.id);
}
