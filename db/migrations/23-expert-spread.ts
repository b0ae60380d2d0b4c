/**
 * The distance between a round's experts is its expert spread; "divergence" stays for the distance of a policy from
 * the prior. The key is replaced as text, so that no number changes its digits; no other text of a round holds it.
 */
import type { Migration } from '../migrate.ts';

export const expertSpread: Migration = {
  version: 23,
  statements: `
    UPDATE round SET metrics = replace(metrics, '"divergence":', '"expertSpread":');
  `,
};
