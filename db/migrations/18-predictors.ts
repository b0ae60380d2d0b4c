/**
 * The files of predictors that a run's goals and limits ask, each with its SHA-256; null for runs from before they
 * were kept.
 */
import type { Migration } from '../migrate.ts';

export const predictors: Migration = {
  version: 18,
  statements: `
    ALTER TABLE run ADD COLUMN predictors TEXT CHECK (predictors IS NULL OR json_type(predictors) = 'array');
  `,
};
