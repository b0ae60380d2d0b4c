/** @file Surfaces: a run's experts measured over a grid of merge weights, setting by setting. */
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
import { all, get, run, sql } from './sql.ts';
import { write } from './workspace.ts';

/** Identifies a measurement. The same one is never made twice. */
export interface SurfacePlan {
  readonly runId: number;
  /** Round whose experts are merged. */
  readonly round: number;
  /** Number of settings, and of sequences per setting. */
  readonly settings: number;
  readonly samples: number;
  readonly seed: number;
  /** Extrapolation factor; 1 is the plain blend. */
  readonly reach: number;
}

export interface NewSurfaceSetting {
  /** From 0, in the order of the plan. */
  readonly number: number;
  readonly weights: readonly number[];
  /** SHA-256 of the merged weights. */
  readonly mergedKey: string;
  /** JSON. */
  readonly figures: unknown;
}

export interface StoredSurface extends SurfacePlan {
  readonly id: number;
  /** When it was started or last became the latest: ISO 8601, UTC. */
  readonly created: string;
  /** By number; settings that are not measured yet are missing. */
  readonly measured: readonly NewSurfaceSetting[];
}

/** The surface of this plan with what has been measured, created if it is new. It becomes the latest one. */
export function openSurface(
  db: WritableWorkspace,
  { runId, round, settings, samples, seed, reach }: SurfacePlan,
): StoredSurface {
  const now = new Date().toISOString();
  return write(db, () => {
    const known = get<{ id: number }>(
      db,
      sql`SELECT id FROM surface WHERE run_id = ${runId} AND round = ${round} AND settings = ${settings} AND samples = ${samples} AND seed = ${seed} AND reach = ${reach}`,
    );
    if (known && known.id !== latestId(db, runId))
      run(db, sql`UPDATE surface SET created = ${now} WHERE id = ${known.id}`);
    const id =
      known?.id ??
      run(
        db,
        sql`INSERT INTO surface (run_id, round, settings, samples, seed, reach, created) VALUES (${runId}, ${round}, ${settings}, ${samples}, ${seed}, ${reach}, ${now})`,
      ).id;
    return surfaceWhere(db, id);
  });
}

/** Keeps a measured setting whole. */
export function addSurfaceSetting(
  db: WritableWorkspace,
  surfaceId: number,
  { number, weights, mergedKey, figures }: NewSurfaceSetting,
): void {
  write(db, () =>
    run(
      db,
      sql`INSERT INTO surface_setting (surface_id, number, weights, merged_key, figures)
    VALUES (${surfaceId}, ${number}, ${JSON.stringify(weights)}, ${mergedKey}, ${JSON.stringify(figures)})`,
    ),
  );
}

/** The surface of the run that was started or continued last; null without one. */
export function latestSurface(db: ReadableWorkspace, runId: number): StoredSurface | null {
  const id = latestId(db, runId);
  return id === undefined ? null : surfaceWhere(db, id);
}

const latestId = (db: ReadableWorkspace, runId: number): number | undefined =>
  get<{ id: number }>(db, sql`SELECT id FROM surface WHERE run_id = ${runId} ORDER BY created DESC, id DESC LIMIT 1`)
    ?.id;

function surfaceWhere(db: ReadableWorkspace, id: number): StoredSurface {
  const surface = get<Omit<StoredSurface, 'measured'>>(
    db,
    sql`SELECT id, run_id AS runId, round, settings, samples, seed, reach, created FROM surface WHERE id = ${id}`,
  )!;
  const rows = all<{ number: number; weights: string; mergedKey: string; figures: string }>(
    db,
    sql`
    SELECT number, weights, merged_key AS mergedKey, figures FROM surface_setting WHERE surface_id = ${id} ORDER BY number`,
  );
  return {
    ...surface,
    measured: rows.map((row) => ({ ...row, weights: JSON.parse(row.weights), figures: JSON.parse(row.figures) })),
  };
}
