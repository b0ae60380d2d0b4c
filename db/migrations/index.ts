/**
 * Every migration, oldest first. Append only: a file that was shipped is never
 * edited, because workspaces in the field have run it. A new one is named after
 * its version (20-what-it-does.ts), speaks plain SQL, imports no query of the
 * day, and comes with a test that moves real rows across it.
 */
import type { Migration } from '../migrate.ts';
import { initial } from './10-initial.ts';
import { moreAggregates } from './11-aggregates.ts';
import { programScores } from './12-program-scores.ts';
import { remarks } from './13-shortlist.ts';
import { shortlistOrder } from './14-shortlist-order.ts';
import { designShelf } from './15-design-shelf.ts';
import { steering } from './16-steering.ts';
import { predictors } from './18-predictors.ts';
import { extensions } from './19-extensions.ts';
import { estimates } from './20-estimates.ts';
import { reach } from './21-reach.ts';
import { modality } from './22-modality.ts';
import { expertSpread } from './23-expert-spread.ts';
import { parents } from './24-parents.ts';
import { rewardsInContext } from './25-rewards-in-context.ts';

export const migrations: readonly Migration[] = [
  initial,
  moreAggregates,
  programScores,
  remarks,
  shortlistOrder,
  designShelf,
  steering,
  predictors,
  extensions,
  estimates,
  reach,
  modality,
  expertSpread,
  parents,
  rewardsInContext,
];
