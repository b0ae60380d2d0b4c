/** @file Extensions: changed settings of a run for further rounds, with the former settings. */
import { NotFoundError } from './errors.ts';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, run, sql } from './sql.ts';
import { write } from './workspace.ts';

export interface Extension {
  /** Last committed round when it was requested. */
  readonly afterRound: number;
  readonly rounds: number;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** @param settings JSON, complete, with the longer budget @throws NotFoundError */
export function extendRun(
  db: WritableWorkspace,
  runId: number,
  { afterRound, rounds }: Omit<Extension, 'created'>,
  settings: unknown,
): void {
  write(db, () => {
    const kept = sql`INSERT INTO run_extension (run_id, after_round, rounds, former_settings, created)
      SELECT id, ${afterRound}, ${rounds}, settings, ${new Date().toISOString()} FROM run WHERE id = ${runId}`;
    if (run(db, kept).changes === 0) throw new NotFoundError('run', runId);
    run(db, sql`UPDATE run SET settings = ${JSON.stringify(settings)} WHERE id = ${runId}`);
  });
}

/** In the order of the requests. */
export function extensionsOf(db: ReadableWorkspace, runId: number): Extension[] {
  return all<Extension>(
    db,
    sql`SELECT after_round AS afterRound, rounds, created FROM run_extension WHERE run_id = ${runId} ORDER BY id`,
  );
}

/**
 * The settings that a round was made with if a later extension changed them; null if they are the run's own.
 * `continued` tells whether an extension came before the round.
 */
export function settingsOfRound(
  db: ReadableWorkspace,
  runId: number,
  round: number,
): { readonly settings: unknown; readonly continued: boolean } {
  const rows = all<{ afterRound: number; settings: string }>(
    db,
    sql`SELECT after_round AS afterRound, former_settings AS settings FROM run_extension WHERE run_id = ${runId} ORDER BY id`,
  );
  const next = rows.find(({ afterRound }) => afterRound >= round);
  return {
    settings: next === undefined ? null : JSON.parse(next.settings),
    continued: rows.some(({ afterRound }) => afterRound < round),
  };
}
