/** One more method. SQLite cannot change a CHECK, so the column is made anew beside the old one, as in migration 11. */
import type { Migration } from '../migrate.ts';

export const rewardsInContext: Migration = {
  version: 25,
  statements: `
    ALTER TABLE run RENAME COLUMN method TO former_method;
    ALTER TABLE run ADD COLUMN method TEXT NOT NULL DEFAULT 'iterative'
      CHECK (method IN ('iterative', 'morlhf', 'soups', 'ric'));
    UPDATE run SET method = former_method;
    ALTER TABLE run DROP COLUMN former_method;
  `,
};
