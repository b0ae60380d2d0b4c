/** What a user says of a starred candidate beside the note: a rating and tags. */
import type { Migration } from '../migrate.ts';

export const remarks: Migration = {
  version: 13,
  statements: `
    ALTER TABLE star ADD COLUMN rating INTEGER CHECK (rating BETWEEN 1 AND 5);
    ALTER TABLE star ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(tags) = 'array');
  `,
};
