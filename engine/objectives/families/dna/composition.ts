/** Objectives of composition: GC content, CpG, repeats, complexity, reading frames, melting temperature. */
import type { DnaObjective } from '../../dna.ts';

export const compositionObjectives: readonly DnaObjective[] = [];
