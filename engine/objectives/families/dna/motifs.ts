/** Objectives of transcription factor motifs. */
import type { DnaObjective } from '../../dna.ts';

export const motifObjectives: readonly DnaObjective[] = [];
