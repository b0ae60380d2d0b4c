/** Runs that went on for further rounds: since which round, for how many, and the settings of before. */
import type { Migration } from '../migrate.ts';

export const extensions: Migration = {
  version: 19,
  statements: `
    CREATE TABLE run_extension (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      after_round INTEGER NOT NULL CHECK (after_round >= 0),
      rounds INTEGER NOT NULL CHECK (rounds > 0),
      former_settings TEXT NOT NULL CHECK (json_valid(former_settings)),
      created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_extension_run ON run_extension (run_id);
  `,
};
