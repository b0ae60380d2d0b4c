/** Objectives of predicted regulatory activity. */
import type { DnaObjective } from '../../dna.ts';

export const activityObjectives: readonly DnaObjective[] = [];
