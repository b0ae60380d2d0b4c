/** A sample that was made by editing others says from which: a list of their sequences. */
import type { Migration } from '../migrate.ts';

export const parents: Migration = {
  version: 24,
  statements: `
    ALTER TABLE sample ADD COLUMN parents TEXT CHECK (parents IS NULL OR json_type(parents) = 'array');
  `,
};
