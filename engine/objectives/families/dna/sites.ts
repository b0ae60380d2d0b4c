/** Objectives of restriction sites and of rules for synthesis. */
import type { DnaObjective } from '../../dna.ts';

export const siteObjectives: readonly DnaObjective[] = [];
