/** Objectives that compare whole molecules by fingerprints: references, series, novelty, natural-product likeness. */
import type { MoleculeObjective } from '../molecules.ts';

export const fingerprintObjectives: readonly MoleculeObjective[] = [];
