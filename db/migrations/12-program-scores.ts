/**
 * Scores that a program of the user's own gave, by the program with its content
 * and by the sequence: a run that is repeated or resumed asks only for what is
 * new. A missing value is one that the program said there is none of.
 */
import type { Migration } from '../migrate.ts';

export const programScores: Migration = {
  version: 12,
  statements: `
    CREATE TABLE program (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE CHECK (length(key) = 64)
    ) STRICT;

    CREATE TABLE program_score (
      program_id INTEGER NOT NULL REFERENCES program (id) ON DELETE CASCADE,
      sequence TEXT NOT NULL,
      value REAL,
      PRIMARY KEY (program_id, sequence)
    ) STRICT, WITHOUT ROWID;
  `,
};
