/**
 * Two more ways to make one total of the scores. SQLite cannot change a CHECK, and
 * making the table anew would drop its rows' children with it; so the column is
 * made anew beside the old one. Its default is never used: a run names its own.
 */
import type { Migration } from '../migrate.ts';

export const moreAggregates: Migration = {
  version: 11,
  statements: `
    ALTER TABLE run RENAME COLUMN aggregate TO former_aggregate;
    ALTER TABLE run ADD COLUMN aggregate TEXT NOT NULL DEFAULT 'arithmetic'
      CHECK (aggregate IN ('arithmetic', 'geometric', 'product', 'worst'));
    UPDATE run SET aggregate = former_aggregate;
    ALTER TABLE run DROP COLUMN former_aggregate;
  `,
};
