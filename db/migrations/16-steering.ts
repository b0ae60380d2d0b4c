/**
 * What steering leaves to come back to: a name for a blend that is kept, and the
 * surface of mean scores over merge weights. Of a measured setting only figures
 * are kept, not its sequences. A surface is measured setting by setting, and goes
 * on where it was left.
 */
import type { Migration } from '../migrate.ts';

export const steering: Migration = {
  version: 16,
  statements: `
    ALTER TABLE blend ADD COLUMN name TEXT CHECK (length(name) > 0);
    CREATE UNIQUE INDEX blend_name ON blend (run_id, name);

    CREATE TABLE surface (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL,
      round INTEGER NOT NULL,
      settings INTEGER NOT NULL CHECK (settings > 0),
      samples INTEGER NOT NULL CHECK (samples > 0),
      seed INTEGER NOT NULL,
      created TEXT NOT NULL,
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE,
      UNIQUE (run_id, round, settings, samples, seed)
    ) STRICT;

    CREATE TABLE surface_setting (
      surface_id INTEGER NOT NULL REFERENCES surface ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 0),
      weights TEXT NOT NULL CHECK (json_type(weights) = 'array'),
      merged_key TEXT NOT NULL CHECK (length(merged_key) = 64),
      figures TEXT NOT NULL CHECK (json_valid(figures)),
      PRIMARY KEY (surface_id, number)
    ) STRICT, WITHOUT ROWID;
  `,
};
