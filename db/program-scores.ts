/** @file Answers of external scorers, kept for all runs of a workspace. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/**
 * @param key SHA-256 of the program with its content, hexadecimal
 * @returns scores of sequences that were scored before; null if the program gave none
 */
export function knownProgramScores(
  db: ReadableWorkspace,
  key: string,
  sequences: readonly string[],
): Map<string, number | null> {
  const known = new Map<string, number | null>();
  const program = get<{ id: number }>(db, sql`SELECT id FROM program WHERE key = ${key}`);
  if (!program) return known;
  for (const sequence of sequences) {
    const row = get<{ value: number | null }>(
      db,
      sql`SELECT value FROM program_score WHERE program_id = ${program.id} AND sequence = ${sequence}`,
    );
    if (row) known.set(sequence, row.value);
  }
  return known;
}

/** Keeps answers, all or none. A known sequence keeps its first score. */
export function keepProgramScores(
  db: WritableWorkspace,
  key: string,
  scores: ReadonlyMap<string, number | null>,
): void {
  write(db, () => {
    run(db, sql`INSERT INTO program (key) VALUES (${key}) ON CONFLICT DO NOTHING`);
    const { id } = get<{ id: number }>(db, sql`SELECT id FROM program WHERE key = ${key}`)!;
    for (const [sequence, value] of scores) {
      run(
        db,
        sql`INSERT INTO program_score (program_id, sequence, value) VALUES (${id}, ${sequence}, ${value}) ON CONFLICT DO NOTHING`,
      );
    }
  });
}
