/** Designs that the user put away: archived ones, and deleted ones until the workspace is opened again. */
import type { Migration } from '../migrate.ts';

export const designShelf: Migration = {
  version: 15,
  statements: `
    ALTER TABLE design ADD COLUMN archived TEXT;
    ALTER TABLE design ADD COLUMN deleted TEXT;
  `,
};
