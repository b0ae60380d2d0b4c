/**
 * How far a blend goes beyond the experts. What was made before went as far as
 * they are: 1. Surfaces of two reaches are two, so their table is made anew with
 * that in its key.
 */
import type { Migration } from '../migrate.ts';

export const reach: Migration = {
  version: 21,
  statements: `
    ALTER TABLE blend ADD COLUMN reach REAL NOT NULL DEFAULT 1 CHECK (reach >= 0);

    CREATE TABLE surface_of_reach (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL,
      round INTEGER NOT NULL,
      settings INTEGER NOT NULL CHECK (settings > 0),
      samples INTEGER NOT NULL CHECK (samples > 0),
      seed INTEGER NOT NULL,
      reach REAL NOT NULL CHECK (reach >= 0),
      created TEXT NOT NULL,
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE,
      UNIQUE (run_id, round, settings, samples, seed, reach)
    ) STRICT;
    INSERT INTO surface_of_reach SELECT id, run_id, round, settings, samples, seed, 1, created FROM surface;

    CREATE TABLE setting_of_reach (
      surface_id INTEGER NOT NULL REFERENCES surface_of_reach ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 0),
      weights TEXT NOT NULL CHECK (json_type(weights) = 'array'),
      merged_key TEXT NOT NULL CHECK (length(merged_key) = 64),
      figures TEXT NOT NULL CHECK (json_valid(figures)),
      PRIMARY KEY (surface_id, number)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO setting_of_reach SELECT * FROM surface_setting;

    DROP TABLE surface_setting;
    DROP TABLE surface;
    ALTER TABLE surface_of_reach RENAME TO surface;
    ALTER TABLE setting_of_reach RENAME TO surface_setting;
  `,
};
