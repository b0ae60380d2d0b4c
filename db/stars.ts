/** The shortlist: candidates that the user starred, each with a note. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** Stars a candidate; one that is starred already gets the new note. */
export function star(db: WritableWorkspace, candidateId: number, note = ''): void {
  write(db, () => {
    if (!get(db, sql`SELECT 1 FROM candidate WHERE id = ${candidateId}`)) throw new NotFoundError('candidate', candidateId);
    run(db, sql`INSERT INTO star (candidate_id, note, created) VALUES (${candidateId}, ${note}, ${new Date().toISOString()})
      ON CONFLICT (candidate_id) DO UPDATE SET note = excluded.note`);
  });
}

export function unstar(db: WritableWorkspace, candidateId: number): void {
  write(db, () => run(db, sql`DELETE FROM star WHERE candidate_id = ${candidateId}`));
}

/** A star with its note. */
export interface Star {
  readonly candidateId: number;
  readonly note: string;
}

/** Stars many at once, all or none; those that are starred already keep their note. @returns ids of those that were not */
export function starAll(db: WritableWorkspace, stars: readonly Star[]): number[] {
  return write(db, () => {
    const added = stars.filter(({ candidateId }) => !get(db, sql`SELECT 1 FROM star WHERE candidate_id = ${candidateId}`));
    for (const { candidateId, note } of added) star(db, candidateId, note);
    return added.map(({ candidateId }) => candidateId);
  });
}

/** Takes many stars away at once. @returns those that were there, so that they can be given back */
export function unstarAll(db: WritableWorkspace, candidateIds: readonly number[]): Star[] {
  return write(db, () => {
    const removed = candidateIds.flatMap((id) => get<Star>(db, sql`SELECT candidate_id AS candidateId, note FROM star WHERE candidate_id = ${id}`) ?? []);
    for (const { candidateId } of removed) unstar(db, candidateId);
    return removed;
  });
}

/** Numbers of a run's starred candidates, ascending. */
export function starredNumbers(db: ReadableWorkspace, runId: number): Int32Array {
  const rows = all<{ number: number }>(db, sql`SELECT number FROM star JOIN candidate ON candidate.id = candidate_id
    WHERE run_id = ${runId} ORDER BY number`);
  return Int32Array.from(rows, (row) => row.number);
}
