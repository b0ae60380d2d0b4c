/** What each run was expected to take when it was started. */
import type { Migration } from '../migrate.ts';

export const estimates: Migration = {
  version: 20,
  statements: `
    CREATE TABLE run_estimate (
      run_id INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      seconds REAL NOT NULL CHECK (seconds > 0)
    ) STRICT;
  `,
};
