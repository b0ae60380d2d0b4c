/** Objectives that compare a sequence with references. */
import type { DnaObjective } from '../../dna.ts';

export const referenceObjectives: readonly DnaObjective[] = [];
