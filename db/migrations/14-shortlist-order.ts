/** The user's own order of starred candidates; those without a place come after the others. */
import type { Migration } from '../migrate.ts';

export const shortlistOrder: Migration = {
  version: 14,
  statements: 'ALTER TABLE star ADD COLUMN place INTEGER CHECK (place >= 0);',
};
