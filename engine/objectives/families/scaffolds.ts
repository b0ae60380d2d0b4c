/** Objectives of structure that the user draws: counted patterns, a scaffold to keep. */
import type { MoleculeObjective } from '../molecules.ts';

export const scaffoldObjectives: readonly MoleculeObjective[] = [];
