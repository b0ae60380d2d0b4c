/** @file The shortlist: candidates that the user starred, each with a note. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** Stars a candidate. */
export function star(db: WritableWorkspace, candidateId: number, note = ''): void {
  write(db, () => insert(db, { candidateId, note, rating: null, tags: [], place: null }));
}

/** If it is already starred, only its note changes. @throws NotFoundError */
function insert(db: WritableWorkspace, { candidateId, note, rating, tags, place }: Star): void {
  if (!get(db, sql`SELECT 1 FROM candidate WHERE id = ${candidateId}`))
    throw new NotFoundError('candidate', candidateId);
  run(
    db,
    sql`INSERT INTO star (candidate_id, note, rating, tags, place, created) VALUES (${candidateId}, ${note}, ${rating}, ${JSON.stringify(tags)}, ${place}, ${new Date().toISOString()})
    ON CONFLICT (candidate_id) DO UPDATE SET note = excluded.note`,
  );
}

export function unstar(db: WritableWorkspace, candidateId: number): void {
  write(db, () => run(db, sql`DELETE FROM star WHERE candidate_id = ${candidateId}`));
}

/** The user's remarks on a starred candidate. */
export interface Remarks {
  readonly note: string;
  /** 1 to 5; null without a rating. */
  readonly rating: number | null;
  readonly tags: readonly string[];
}

export interface Star extends Remarks {
  readonly candidateId: number;
  /** Place in the user's own order, from 0; null without one. */
  readonly place: number | null;
}

/** A candidate to star. Omitted remarks are empty. */
export type NewStar = Pick<Star, 'candidateId'> & Partial<Star>;

/** A star with its candidate. */
export interface ShortlistRow extends Star {
  readonly runId: number;
  readonly design: string;
  readonly modality: 'molecule' | 'dna';
  readonly sequence: string;
  /** When it was starred: ISO 8601, UTC. */
  readonly created: string;
}

/**
 * Stars many candidates at once, all or none. Already starred ones keep their note.
 * @returns ids of those that were new
 */
export function starAll(db: WritableWorkspace, stars: readonly NewStar[]): number[] {
  return write(db, () => {
    const added = stars.filter(
      ({ candidateId }) => !get(db, sql`SELECT 1 FROM star WHERE candidate_id = ${candidateId}`),
    );
    for (const { candidateId, note = '', rating = null, tags = [], place = null } of added)
      insert(db, { candidateId, note, rating, tags, place });
    return added.map(({ candidateId }) => candidateId);
  });
}

/** Removes many stars at once. @returns the removed stars, so that they can be restored */
export function unstarAll(db: WritableWorkspace, candidateIds: readonly number[]): Star[] {
  return write(db, () => {
    const removed = candidateIds.flatMap((id) => starOf(db, id) ?? []);
    for (const { candidateId } of removed) unstar(db, candidateId);
    return removed;
  });
}

/** Changes the remarks on starred candidates, all or none. @throws NotFoundError if one is not starred */
export function remarkAll(db: WritableWorkspace, candidateIds: readonly number[], change: Partial<Remarks>): void {
  write(db, () => {
    for (const id of candidateIds) {
      const known = starOf(db, id);
      if (!known) throw new NotFoundError('starred candidate', id);
      const { note, rating, tags } = { ...known, ...change };
      run(
        db,
        sql`UPDATE star SET note = ${note}, rating = ${rating}, tags = ${JSON.stringify(tags)} WHERE candidate_id = ${id}`,
      );
    }
  });
}

/**
 * Puts starred candidates into the user's own order, all or none. Others keep their places.
 * @throws NotFoundError if one is not starred
 */
export function arrangeStars(db: WritableWorkspace, candidateIds: readonly number[]): void {
  write(db, () => {
    for (const [place, id] of candidateIds.entries()) {
      const { changes } = run(db, sql`UPDATE star SET place = ${place} WHERE candidate_id = ${id}`);
      if (changes === 0) throw new NotFoundError('starred candidate', id);
    }
  });
}

function starOf(db: ReadableWorkspace, candidateId: number): Star | undefined {
  const row = get<Stored<Star>>(
    db,
    sql`SELECT candidate_id AS candidateId, note, rating, tags, place FROM star WHERE candidate_id = ${candidateId}`,
  );
  return row && withTags(row);
}

/** A stored row, with tags as JSON. */
type Stored<Row extends Star> = Omit<Row, 'tags'> & { readonly tags: string };

function withTags<Row extends Star>(row: Stored<Row>): Row {
  return { ...row, tags: JSON.parse(row.tags) as string[] } as unknown as Row;
}

/** Starred candidates of all runs, newest first. */
export function shortlist(db: ReadableWorkspace): ShortlistRow[] {
  const rows = all<Stored<ShortlistRow>>(
    db,
    sql`SELECT candidate_id AS candidateId, note, rating, tags, place, star.created AS created, run.id AS runId,
      design.name AS design, modality, sequence
    FROM star JOIN candidate ON candidate.id = candidate_id JOIN run ON run.id = candidate.run_id JOIN design ON design.id = design_id
    WHERE deleted IS NULL ORDER BY star.created DESC, candidate_id DESC`,
  );
  return rows.map(withTags);
}

/** Numbers of a run's starred candidates, ascending. */
export function starredNumbers(db: ReadableWorkspace, runId: number): Int32Array {
  const rows = all<{ number: number }>(
    db,
    sql`SELECT number FROM star JOIN candidate ON candidate.id = candidate_id
    WHERE run_id = ${runId} ORDER BY number`,
  );
  return Int32Array.from(rows, (row) => row.number);
}
